# image: docker.io/library/php:8.2-fpm
# source: docker-library/php@092d7bdebba2:8.3/bookworm/fpm/Dockerfile
FROM base
RUN <<EOF
mkdir -p /var/www/html
chown www-data:www-data /var/www/html
chmod 1777 /var/www/html
apt-get install -y php8.2-fpm libfcgi-bin
mkdir -p /usr/local/etc/php-fpm.d /usr/local/etc/php/conf.d
echo 'include=/usr/local/etc/php-fpm.d/*.conf' >/usr/local/etc/php-fpm.conf
ln -sf /usr/local/etc/php-fpm.conf /etc/php/8.2/fpm/php-fpm.conf
cd /usr/local/etc/php-fpm.d
printf '[www]\nuser = www-data\ngroup = www-data\nlisten = 127.0.0.1:9000\npm = dynamic\npm.max_children = 5\npm.start_servers = 2\npm.min_spare_servers = 1\npm.max_spare_servers = 3\n' >www.conf
printf '[global]\nerror_log = /proc/self/fd/2\n[www]\naccess.log = /proc/self/fd/2\nclear_env = no\ncatch_workers_output = yes\n' >docker.conf
printf '[global]\ndaemonize = no\n[www]\nlisten = 9000\n' >zz-docker.conf
ln -s /usr/sbin/php-fpm8.2 /usr/local/sbin/php-fpm
EOF
COPY --chmod=755 <<'EOF' /usr/local/bin/docker-php-entrypoint
#!/bin/sh
set -e
if [ "${1#-}" != "$1" ]; then set -- php-fpm "$@"; fi
exec "$@"
EOF
ENTRYPOINT ["docker-php-entrypoint"]
WORKDIR /var/www/html
EXPOSE 9000
CMD ["php-fpm"]
