# image: quay.io/prometheus/blackbox-exporter:v0.23.0
# source: prometheus/blackbox_exporter@02c5a07513fa:Dockerfile
FROM base
RUN <<EOF
apt-get download prometheus-blackbox-exporter
dpkg -x prometheus-blackbox-exporter_*.deb /tmp/package
cp /tmp/package/usr/bin/prometheus-blackbox-exporter /bin/blackbox_exporter
rm -rf /tmp/package prometheus-blackbox-exporter_*.deb
mkdir /etc/blackbox_exporter
printf 'modules:\n  http_2xx:\n    prober: http\n  tcp_connect:\n    prober: tcp\n' >/etc/blackbox_exporter/config.yml
EOF
EXPOSE 9115
ENTRYPOINT ["/bin/blackbox_exporter"]
CMD ["--config.file=/etc/blackbox_exporter/config.yml"]
