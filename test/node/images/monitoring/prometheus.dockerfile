# image: docker.io/prom/prometheus:v2.42.0
# knowledge: prometheus/prometheus@d15adb9ad7e5:Dockerfile#L23-31
FROM base
RUN <<EOF
apt-get install -y prometheus
cp /usr/bin/prometheus /bin/prometheus 2>/dev/null || true
rm -rf /etc/prometheus /var/lib/prometheus
mkdir -p /etc/prometheus /prometheus
printf 'scrape_configs:\n  - job_name: prometheus\n    scrape_interval: 2s\n    static_configs:\n      - targets: ["localhost:9090"]\n' >/etc/prometheus/prometheus.yml
chown -R nobody:nogroup /etc/prometheus /prometheus
chmod g+w /prometheus
EOF
USER nobody
EXPOSE 9090
VOLUME ["/prometheus"]
WORKDIR /prometheus
ENTRYPOINT ["/bin/prometheus"]
CMD ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"]
