# image: docker.io/library/busybox:1.36
# source: docker-library/busybox@0436ae6a521e:latest-1/glibc/Dockerfile.builder
FROM scratch
RUN <<EOF
apt-get install -y busybox-static
mkdir -p /image/bin /image/etc /image/tmp /image/root /image/var/spool /image/home
chmod 1777 /image/tmp
chmod 700 /image/root
cp /bin/busybox /image/bin/busybox
chroot /image /bin/busybox --install -s /bin
printf 'root:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33:www-data:/var/www:/bin/false\nnobody:x:65534:65534:nobody:/home:/bin/false\n' >/image/etc/passwd
printf 'root:x:0:\nwww-data:x:33:\nnogroup:x:65534:\n' >/image/etc/group
EOF
CMD ["sh"]
