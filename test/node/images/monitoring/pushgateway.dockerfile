# image: docker.io/prom/pushgateway:v1.5.1
# knowledge: prometheus/pushgateway@412bd22b1279:Dockerfile#L3-14
FROM base
RUN <<EOF
apt-get download prometheus-pushgateway
dpkg -x prometheus-pushgateway_*.deb /tmp/package
cp /tmp/package/usr/bin/prometheus-pushgateway /bin/pushgateway
rm -rf /tmp/package prometheus-pushgateway_*.deb
mkdir /pushgateway
chown nobody:nogroup /pushgateway
EOF
EXPOSE 9091
WORKDIR /pushgateway
USER 65534
ENTRYPOINT ["/bin/pushgateway"]
