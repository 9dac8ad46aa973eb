# image: registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.18.0
# source: k8s.io/kube-state-metrics/v2@v2.18.0:Dockerfile
FROM scratch
RUN <<EOF
mkdir -p /image/etc /image/tmp
chmod 1777 /image/tmp
printf 'root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n' >/image/etc/passwd
printf 'root:x:0:\nnobody:x:65534:\nnonroot:x:65532:\n' >/image/etc/group
cp /mnt/kube-state-metrics /image/kube-state-metrics
EOF
USER nobody
EXPOSE 8080 8081
ENTRYPOINT ["/kube-state-metrics", "--port=8080", "--telemetry-port=8081"]
