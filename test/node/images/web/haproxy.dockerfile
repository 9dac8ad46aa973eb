# image: docker.io/library/haproxy:3.0
# source: docker-library/haproxy@024ece8e6734:3.0/Dockerfile
# knowledge: docker-library/haproxy@ec437dd2a365:3.0/docker-entrypoint.sh#L9-15
FROM base
RUN <<EOF
apt-get install -y haproxy
groupmod -g 99 haproxy
usermod -u 99 haproxy
rm -rf /etc/haproxy /var/lib/haproxy
mkdir -p /var/lib/haproxy /usr/local/etc/haproxy
chown haproxy:haproxy /var/lib/haproxy
EOF
COPY --chmod=755 <<'EOF' /usr/local/bin/docker-entrypoint.sh
#!/bin/sh
set -e
if [ "${1#-}" != "$1" ]; then set -- haproxy "$@"; fi
if [ "$1" = haproxy ]; then
  shift
  set -- haproxy -W -db "$@"
fi
exec "$@"
EOF
USER haproxy
WORKDIR /var/lib/haproxy
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["haproxy", "-f", "/usr/local/etc/haproxy/haproxy.cfg"]
