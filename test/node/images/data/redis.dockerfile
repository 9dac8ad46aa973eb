# image: docker.io/library/redis:7.2
# image: docker.io/library/redis:7.4
# source: redis/docker-library-redis@a706f58d1eda:7.2/debian/docker-entrypoint.sh
# knowledge: docker-library/redis@e92049967d6b:7.2/debian/Dockerfile#L10-12,142-150
# The official image turns protected mode off in the sources.
FROM base
RUN <<EOF
groupadd -r -g 999 redis
useradd -r -g redis -u 999 redis
apt-get install -y redis-server gosu
rm -rf /etc/redis /var/lib/redis /var/log/redis
mkdir /data
chown redis:redis /data
EOF
COPY --chmod=755 <<'EOF' /usr/local/bin/redis-server
#!/bin/sh
exec /usr/bin/redis-server "$@" --protected-mode no
EOF
COPY --chmod=755 <<'EOF' /usr/local/bin/docker-entrypoint.sh
#!/bin/sh
set -e
if [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; then set -- redis-server "$@"; fi
if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
  find . \! -user redis -exec chown redis '{}' +
  exec gosu redis "$0" "$@"
fi
um="$(umask)"
if [ "$um" = 0022 ]; then umask 0077; fi
exec "$@"
EOF
VOLUME ["/data"]
WORKDIR /data
EXPOSE 6379
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["redis-server"]
