# image: docker.io/oliver006/redis_exporter:v1.45.0
# source: oliver006/redis_exporter@038b87b8c22d:Dockerfile
FROM base
RUN <<EOF
apt-get download prometheus-redis-exporter
dpkg -x prometheus-redis-exporter_*.deb /tmp/package
cp /tmp/package/usr/bin/prometheus-redis-exporter /redis_exporter
rm -rf /tmp/package prometheus-redis-exporter_*.deb
EOF
USER 59000:59000
EXPOSE 9121
ENTRYPOINT ["/redis_exporter"]
