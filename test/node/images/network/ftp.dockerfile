# image: docker.io/delfer/alpine-ftp-server:latest-1
# source: delfer/docker-alpine-ftp-server@01d80d8ec5bf:Dockerfile
# source: delfer/docker-alpine-ftp-server@01d80d8ec5bf:start_vsftpd.sh
# The official image starts vsftpd in the background and waits for it; here it stays in the foreground.
FROM base
RUN <<EOF
apt-get install -y vsftpd tini
ln -s /usr/bin/tini /sbin/tini
mkdir -p /ftp/ftp /etc/vsftpd
sed -i '/pam_shells/d' /etc/pam.d/vsftpd
printf 'anonymous_enable=NO\nlocal_enable=YES\nwrite_enable=YES\nlocal_umask=022\nxferlog_enable=YES\nconnect_from_port_20=YES\nlisten=YES\nlisten_ipv6=NO\npasv_enable=YES\nseccomp_sandbox=NO\nbackground=NO\nsecure_chroot_dir=/var/run/vsftpd/empty\npam_service_name=vsftpd\n' >/etc/vsftpd/vsftpd.conf
EOF
COPY --chmod=755 <<'EOF' /bin/start_vsftpd.sh
#!/bin/sh
for entry in ${USERS:-alpineftp|alpineftp}; do
  name=$(echo "$entry" | cut -d'|' -f1)
  folder=$(echo "$entry" | cut -d'|' -f3)
  : "${folder:=/ftp/$name}"
  useradd --home-dir "$folder" --shell /usr/sbin/nologin "$name"
  echo "$name:$(echo "$entry" | cut -d'|' -f2)" | chpasswd
  mkdir -p "$folder"
  chown "$name:$name" "$folder"
  folder=
done
mkdir -p /var/run/vsftpd/empty
exec vsftpd -opasv_min_port="${MIN_PORT:-21000}" -opasv_max_port="${MAX_PORT:-21010}" /etc/vsftpd/vsftpd.conf
EOF
EXPOSE 21
VOLUME ["/ftp/ftp"]
ENTRYPOINT ["/sbin/tini", "--", "/bin/start_vsftpd.sh"]
