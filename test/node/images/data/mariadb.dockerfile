# image: docker.io/library/mariadb:10.11
# source: MariaDB/mariadb-docker@0ce8670cc314:10.11/Dockerfile
# source: MariaDB/mariadb-docker@05e74b3f3334:10.11/docker-entrypoint.sh
FROM base
RUN <<EOF
groupadd -r mysql --gid=999
useradd -r -g mysql mysql --home-dir /var/lib/mysql --uid=999
apt-get install -y gosu mariadb-server
rm -rf /var/lib/mysql /etc/mysql/mariadb.conf.d/60-galera.cnf
mkdir -p /var/lib/mysql /run/mysqld /docker-entrypoint-initdb.d
chown -R mysql:mysql /var/lib/mysql /run/mysqld
chmod 1777 /run/mysqld
find /etc/mysql/ -name '*.cnf' -print0 | xargs -0 grep -lZE '^(bind-address|log|user\s)' | xargs -rt -0 sed -Ei 's/^(bind-address|log|user\s)/#&/'
printf '[mariadb]\nhost-cache-size=0\nskip-name-resolve\n' >/etc/mysql/mariadb.conf.d/05-skipcache.cnf
EOF
COPY --chmod=755 <<'EOF' /usr/local/bin/docker-entrypoint.sh
#!/bin/bash
set -eo pipefail
if [ "${1:0:1}" = '-' ]; then set -- mariadbd "$@"; fi
if [ "$1" = mariadbd ]; then
  if [ "$(id -u)" = 0 ]; then
    find /var/lib/mysql \! -user mysql -exec chown mysql: '{}' +
    find /run/mysqld -maxdepth 0 \! -user mysql -exec chown mysql: '{}' \;
    exec gosu mysql "$BASH_SOURCE" "$@"
  fi
  password=${MARIADB_ROOT_PASSWORD:-$MYSQL_ROOT_PASSWORD}
  database=${MARIADB_DATABASE:-$MYSQL_DATABASE}
  if [ ! -d /var/lib/mysql/mysql ]; then
    if [ -z "$password" ]; then
      echo 'Database is uninitialized and password option is not specified' >&2
      exit 1
    fi
    mariadb-install-db --skip-test-db --auth-root-authentication-method=normal --datadir=/var/lib/mysql
    mariadbd --skip-networking --socket=/run/mysqld/mysqld.sock &
    server=$!
    for try in $(seq 60); do mariadb-admin --socket=/run/mysqld/mysqld.sock -uroot ping 2>/dev/null && break || sleep 1; done
    mariadb --socket=/run/mysqld/mysqld.sock -uroot <<SQL
CREATE USER 'root'@'%' IDENTIFIED BY '$password';
GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;
ALTER USER 'root'@'localhost' IDENTIFIED BY '$password';
${database:+CREATE DATABASE $database;}
SQL
    kill "$server"
    wait "$server" || true
  fi
fi
exec "$@"
EOF
VOLUME ["/var/lib/mysql"]
EXPOSE 3306
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["mariadbd"]
