# image: quay.io/prometheus/node-exporter:v1.5.0
# source: prometheus/node_exporter@0c561fa1c9f1:Dockerfile
FROM base
RUN <<EOF
apt-get download prometheus-node-exporter
dpkg -x prometheus-node-exporter_*.deb /tmp/exporter
cp /tmp/exporter/usr/bin/prometheus-node-exporter /bin/node_exporter
rm -rf /tmp/exporter prometheus-node-exporter_*.deb
EOF
EXPOSE 9100
USER nobody
ENTRYPOINT ["/bin/node_exporter"]
