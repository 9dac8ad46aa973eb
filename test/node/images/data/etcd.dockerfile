# image: quay.io/coreos/etcd:v3.4.23
# source: etcd-io/etcd@1293f5d4b7ba:Dockerfile-release.amd64
FROM base
RUN <<EOF
apt-get download etcd-server etcd-client
for package in etcd-*.deb; do dpkg -x "$package" /tmp/package; done
cp /tmp/package/usr/bin/etcd /tmp/package/usr/bin/etcdctl /usr/local/bin/
rm -rf /tmp/package etcd-*.deb
mkdir -p /var/etcd /var/lib/etcd
EOF
ENV ETCDCTL_API=3
WORKDIR /var/lib/etcd/
EXPOSE 2379 2380
CMD ["/usr/local/bin/etcd"]
