# image: docker.io/library/nats:2.9
# source: nats-io/nats-docker@10fa08382cd4:2.9.x/scratch/Dockerfile
FROM scratch
RUN <<EOF
apt-get download nats-server
dpkg -x nats-server_*.deb /tmp/package
cp /tmp/package/usr/sbin/nats-server /image/nats-server
mkdir -p /image/lib64 /image/lib/x86_64-linux-gnu
cp -L /lib64/ld-linux-x86-64.so.2 /image/lib64/
cp -L /lib/x86_64-linux-gnu/libc.so.6 /lib/x86_64-linux-gnu/libresolv.so.2 /image/lib/x86_64-linux-gnu/
printf 'port: 4222\nmonitor_port: 8222\n' >/image/nats-server.conf
EOF
EXPOSE 4222 8222 6222
ENTRYPOINT ["/nats-server"]
CMD ["--config", "nats-server.conf"]
