# image: docker.io/library/caddy:2
# source: caddyserver/caddy-docker@0379cde26475:2.11/alpine/Dockerfile
FROM base
RUN <<EOF
apt-get install -y caddy
rm -rf /etc/caddy /usr/share/caddy /var/lib/caddy
mkdir -p /config/caddy /data/caddy /etc/caddy /usr/share/caddy /srv
chmod 1777 /config/caddy /data/caddy
echo '<h1>Caddy works</h1>' >/usr/share/caddy/index.html
printf ':80 {\n  root * /usr/share/caddy\n  file_server\n}\n' >/etc/caddy/Caddyfile
setcap cap_net_bind_service=+ep /usr/bin/caddy
EOF
ENV XDG_CONFIG_HOME=/config
ENV XDG_DATA_HOME=/data
EXPOSE 80 443 2019
WORKDIR /srv
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
