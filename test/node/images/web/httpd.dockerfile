# image: docker.io/library/httpd:2.4
# knowledge: docker-library/httpd@9b63b37c9be3:2.4/Dockerfile#L4-10,199-234
# knowledge: docker-library/httpd@9b63b37c9be3:2.4/httpd-foreground#L5-7
FROM base
RUN <<EOF
apt-get install -y apache2
rm -rf /var/www /var/log/apache2 /etc/apache2
mkdir -p /usr/local/apache2/conf /usr/local/apache2/logs /usr/local/apache2/htdocs
chown www-data:www-data /usr/local/apache2
ln -s /usr/lib/apache2/modules /usr/local/apache2/modules
echo '<html><body><h1>It works!</h1></body></html>' >/usr/local/apache2/htdocs/index.html
EOF
COPY <<'EOF' /usr/local/apache2/conf/httpd.conf
ServerRoot "/usr/local/apache2"
Listen 80
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule dir_module modules/mod_dir.so
LoadModule mime_module modules/mod_mime.so
LoadModule alias_module modules/mod_alias.so
<IfModule unixd_module>
User www-data
Group www-data
</IfModule>
User www-data
Group www-data
TypesConfig /etc/mime.types
PidFile logs/httpd.pid
DefaultRuntimeDir logs
ServerName localhost
DocumentRoot "/usr/local/apache2/htdocs"
<Directory "/usr/local/apache2/htdocs">
  Require all granted
</Directory>
DirectoryIndex index.html
ErrorLog /proc/self/fd/2
LogFormat "%h %l %u %t \"%r\" %>s %b" common
CustomLog /proc/self/fd/1 common
EOF
COPY --chmod=755 <<'EOF' /usr/local/bin/httpd
#!/bin/sh
touch /etc/mime.types 2>/dev/null || true
exec apache2 -d /usr/local/apache2 -f conf/httpd.conf "$@"
EOF
COPY --chmod=755 <<'EOF' /usr/local/bin/httpd-foreground
#!/bin/sh
set -e
rm -f /usr/local/apache2/logs/httpd.pid
exec httpd -DFOREGROUND "$@"
EOF
RUN touch /etc/mime.types
WORKDIR /usr/local/apache2
EXPOSE 80
CMD ["httpd-foreground"]
