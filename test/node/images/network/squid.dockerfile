# image: docker.io/sameersbn/squid:3.5.27-2
# source: sameersbn/docker-squid@052e13773753:Dockerfile
# source: sameersbn/docker-squid@60c64722aaad:entrypoint.sh
FROM base
RUN apt-get install -y squid
COPY --chmod=755 <<'EOF' /sbin/entrypoint.sh
#!/bin/bash
set -e
mkdir -p "$SQUID_LOG_DIR" "$SQUID_CACHE_DIR"
chmod -R 755 "$SQUID_LOG_DIR"
chown -R "$SQUID_USER:$SQUID_USER" "$SQUID_LOG_DIR" "$SQUID_CACHE_DIR"
if [ "${1:0:1}" = '-' ] || [ $# = 0 ]; then
  squid=$(command -v squid)
  [ -d "$SQUID_CACHE_DIR/00" ] || "$squid" -N -f /etc/squid/squid.conf -z
  exec "$squid" -f /etc/squid/squid.conf -NYCd 1 "$@"
fi
exec "$@"
EOF
ENV SQUID_CACHE_DIR=/var/spool/squid
ENV SQUID_LOG_DIR=/var/log/squid
ENV SQUID_USER=proxy
EXPOSE 3128
VOLUME ["/var/spool/squid"]
ENTRYPOINT ["/sbin/entrypoint.sh"]
