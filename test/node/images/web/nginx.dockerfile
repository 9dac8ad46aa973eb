# image: docker.io/library/nginx:1.27
# image: docker.io/library/nginx:1.27-alpine
# source: nginxinc/docker-nginx@08d37de30259:stable/debian/Dockerfile
# source: nginxinc/docker-nginx@441914e492d6:entrypoint/docker-entrypoint.sh
# source: nginxinc/docker-nginx@2f4acce0edfc:entrypoint/20-envsubst-on-templates.sh
# knowledge: nginxinc/docker-nginx@b430becb8f0f:entrypoint/10-listen-on-ipv6-by-default.sh
# Debian's nginx has other paths for temporary files built in; the configuration names those of the official image.
FROM base
RUN <<EOF
groupadd --system --gid 101 nginx
useradd --system --gid nginx --no-create-home --home /nonexistent --comment "nginx user" --shell /bin/false --uid 101 nginx
apt-get install -y nginx-light gettext-base
rm -rf /etc/nginx /var/log/nginx/* /var/lib/nginx /var/www
mkdir -p /var/cache/nginx /etc/nginx/conf.d /usr/share/nginx/html /docker-entrypoint.d
echo '<h1>Welcome to nginx!</h1>' >/usr/share/nginx/html/index.html
ln -sf /dev/stdout /var/log/nginx/access.log
ln -sf /dev/stderr /var/log/nginx/error.log
EOF
COPY <<'EOF' /etc/nginx/nginx.conf
user nginx;
worker_processes auto;
error_log /var/log/nginx/error.log notice;
pid /run/nginx.pid;
events { worker_connections 1024; }
http {
  default_type application/octet-stream;
  types { text/html html; text/plain txt; }
  access_log /var/log/nginx/access.log;
  client_body_temp_path /var/cache/nginx/client_temp;
  proxy_temp_path /var/cache/nginx/proxy_temp;
  fastcgi_temp_path /var/cache/nginx/fastcgi_temp;
  uwsgi_temp_path /var/cache/nginx/uwsgi_temp;
  scgi_temp_path /var/cache/nginx/scgi_temp;
  include /etc/nginx/conf.d/*.conf;
}
EOF
COPY <<'EOF' /etc/nginx/conf.d/default.conf
server {
  listen 80;
  server_name localhost;
  location / { root /usr/share/nginx/html; index index.html index.htm; }
}
EOF
COPY --chmod=755 <<'EOF' /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh
#!/bin/sh
set -e
[ -f /proc/net/if_inet6 ] || exit 0
if ! touch /etc/nginx/conf.d/default.conf 2>/dev/null; then
  echo 'info: can not modify /etc/nginx/conf.d/default.conf (read-only file system?)'
  exit 0
fi
sed -i -E 's,listen       80;,listen       80;\n    listen  [::]:80;,' /etc/nginx/conf.d/default.conf
EOF
COPY --chmod=755 <<'EOF' /docker-entrypoint.d/20-envsubst-on-templates.sh
#!/bin/sh
set -e
[ -d /etc/nginx/templates ] || exit 0
if [ ! -w /etc/nginx/conf.d ]; then
  echo 'ERROR: /etc/nginx/templates exists, but /etc/nginx/conf.d is not writable'
  exit 0
fi
names=$(printf '${%s} ' $(awk 'END { for (name in ENVIRON) print name }' </dev/null))
for template in /etc/nginx/templates/*.template; do
  envsubst "$names" <"$template" >"/etc/nginx/conf.d/$(basename "$template" .template)"
done
EOF
COPY --chmod=755 <<'EOF' /docker-entrypoint.sh
#!/bin/sh
set -e
if [ "$1" = nginx ]; then
  for script in /docker-entrypoint.d/*.sh; do "$script"; done
fi
exec "$@"
EOF
EXPOSE 80
ENTRYPOINT ["/docker-entrypoint.sh"]
CMD ["nginx", "-g", "daemon off;"]
