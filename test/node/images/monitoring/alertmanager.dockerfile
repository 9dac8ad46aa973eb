# image: quay.io/prometheus/alertmanager:v0.25.0
# source: prometheus/alertmanager@02a50dd3c158:Dockerfile
FROM base
RUN <<EOF
apt-get download prometheus-alertmanager
dpkg -x prometheus-alertmanager_*.deb /tmp/package
cp /tmp/package/usr/bin/prometheus-alertmanager /bin/alertmanager
cp -r /tmp/package/usr/share/prometheus /usr/share/prometheus
rm -rf /tmp/package prometheus-alertmanager_*.deb
mkdir -p /alertmanager /etc/alertmanager
printf 'route:\n  receiver: none\nreceivers:\n  - name: none\n' >/etc/alertmanager/alertmanager.yml
chown -R nobody:nogroup /etc/alertmanager /alertmanager
EOF
USER nobody
EXPOSE 9093
VOLUME ["/alertmanager"]
WORKDIR /alertmanager
ENTRYPOINT ["/bin/alertmanager"]
CMD ["--config.file=/etc/alertmanager/alertmanager.yml", "--storage.path=/alertmanager"]
