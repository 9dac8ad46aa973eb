# image: docker.io/library/influxdb:1.8
# source: influxdata/influxdata-docker@032b0c1480b8:influxdb/1.8/Dockerfile
# knowledge: influxdata/influxdata-docker@d457cb936353:influxdb/1.8/Dockerfile#L1-35
FROM base
RUN <<EOF
apt-get install -y influxdb influxdb-client
rm -rf /var/lib/influxdb /etc/influxdb
mkdir -p /var/lib/influxdb /etc/influxdb
printf '[meta]\n  dir = "/var/lib/influxdb/meta"\n[data]\n  dir = "/var/lib/influxdb/data"\n  engine = "tsm1"\n  wal-dir = "/var/lib/influxdb/wal"\n' >/etc/influxdb/influxdb.conf
EOF
COPY --chmod=755 <<'EOF' /entrypoint.sh
#!/bin/bash
set -e
if [ "${1:0:1}" = '-' ]; then set -- influxd "$@"; fi
exec "$@"
EOF
EXPOSE 8086
VOLUME ["/var/lib/influxdb"]
ENTRYPOINT ["/entrypoint.sh"]
CMD ["influxd"]
