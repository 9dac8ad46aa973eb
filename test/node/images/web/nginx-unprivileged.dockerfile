# image: docker.io/nginxinc/nginx-unprivileged:1.27
# source: nginxinc/docker-nginx-unprivileged@015ce722a117:stable/debian/Dockerfile
FROM nginx
RUN <<EOF
sed -i 's/listen 80;/listen 8080;/' /etc/nginx/conf.d/default.conf
sed -i -e '/^user/d' -e 's,pid /run/nginx.pid;,pid /tmp/nginx.pid;,' -e 's,/var/cache/nginx/,/tmp/,' /etc/nginx/nginx.conf
chown -R 101:0 /var/cache/nginx /etc/nginx
chmod -R g+w /var/cache/nginx /etc/nginx
EOF
EXPOSE 8080
USER 101
