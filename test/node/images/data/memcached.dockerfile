# image: docker.io/library/memcached:1.6
# source: docker-library/memcached@0215dbaa543d:1/debian/Dockerfile
FROM base
RUN <<EOF
groupadd --system --gid 11211 memcache
useradd --system --gid memcache --uid 11211 memcache
apt-get install -y memcached
EOF
COPY --chmod=755 <<'EOF' /usr/local/bin/docker-entrypoint.sh
#!/bin/sh
set -e
if [ "${1#-}" != "$1" ]; then set -- memcached "$@"; fi
exec "$@"
EOF
ENTRYPOINT ["docker-entrypoint.sh"]
USER memcache
EXPOSE 11211
CMD ["memcached"]
