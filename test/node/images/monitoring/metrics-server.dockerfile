# image: registry.k8s.io/metrics-server/metrics-server:v0.8.0
# source: kubernetes-sigs/metrics-server@00ea53dcb25d:Dockerfile
FROM scratch
RUN <<EOF
mkdir -p /image/etc /image/tmp
chmod 1777 /image/tmp
printf 'root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\n' >/image/etc/passwd
cp /mnt/metrics-server /image/metrics-server
EOF
USER 65534
ENTRYPOINT ["/metrics-server"]
