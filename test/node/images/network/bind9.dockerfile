# image: docker.io/internetsystemsconsortium/bind9:9.18
# source: isc-projects/bind9-docker@00287db8f3ec:Dockerfile
FROM base
RUN <<EOF
addgroup --system --gid 53 bind
adduser --system --uid 53 --no-create-home --home /var/cache/bind --ingroup bind bind
apt-get install -y bind9
rm -rf /etc/bind /var/cache/bind /var/lib/bind /run/named
mkdir -p /etc/bind /var/cache/bind /var/lib/bind /var/log/bind /run/named
chown root:bind /etc/bind
chown bind:bind /var/cache/bind /var/lib/bind /var/log/bind /run/named
printf 'options {\n  directory "/var/cache/bind";\n  dnssec-validation auto;\n};\n' >/etc/bind/named.conf
EOF
VOLUME ["/etc/bind", "/var/cache/bind", "/var/lib/bind", "/var/log"]
EXPOSE 53 953 853 443
ENTRYPOINT ["/usr/sbin/named", "-u", "bind"]
CMD ["-f", "-c", "/etc/bind/named.conf", "-L", "/var/log/bind/default.log"]
