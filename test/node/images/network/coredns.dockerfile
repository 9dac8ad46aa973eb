# image: registry.k8s.io/coredns/coredns:v1.12.4
# source: coredns/coredns@4b26cced3271:Dockerfile#L9-24
FROM scratch
RUN <<EOF
mkdir -p /image/etc /image/tmp
chmod 1777 /image/tmp
printf 'root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n' >/image/etc/passwd
printf 'root:x:0:\nnobody:x:65534:\nnonroot:x:65532:\n' >/image/etc/group
cp /mnt/coredns /image/coredns
setcap cap_net_bind_service=+ep /image/coredns
EOF
USER nonroot:nonroot
WORKDIR /
EXPOSE 53
ENTRYPOINT ["/coredns"]
