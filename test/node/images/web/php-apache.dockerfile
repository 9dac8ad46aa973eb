# image: docker.io/library/php:8.2-apache
# knowledge: docker-library/php@445bf414f1d5:8.3/bookworm/apache/Dockerfile#L52-93,290-294
# knowledge: docker-library/php@445bf414f1d5:8.3/bookworm/apache/apache2-foreground
FROM base
RUN <<EOF
mkdir -p /var/www/html
chown www-data:www-data /var/www/html
chmod 1777 /var/www/html
apt-get install -y apache2 libapache2-mod-php
sed -ri 's/^export ([^=]+)=(.*)$/: ${\1:=\2}\nexport \1/' /etc/apache2/envvars
APACHE_CONFDIR=/etc/apache2
. /etc/apache2/envvars
for dir in "$APACHE_LOCK_DIR" "$APACHE_RUN_DIR" "$APACHE_LOG_DIR"; do
  rm -rf "$dir"
  mkdir -p "$dir"
  chown www-data:www-data "$dir"
  chmod 1777 "$dir"
done
rm -f /var/www/html/index.html
ln -sfT /dev/stderr "$APACHE_LOG_DIR/error.log"
ln -sfT /dev/stdout "$APACHE_LOG_DIR/access.log"
ln -sfT /dev/stdout "$APACHE_LOG_DIR/other_vhosts_access.log"
EOF
COPY --chmod=755 <<'EOF' /usr/local/bin/apache2-foreground
#!/bin/bash
set -e
: "${APACHE_CONFDIR:=/etc/apache2}"
: "${APACHE_ENVVARS:=$APACHE_CONFDIR/envvars}"
. "$APACHE_ENVVARS"
: "${APACHE_RUN_DIR:=/var/run/apache2}"
: "${APACHE_PID_FILE:=$APACHE_RUN_DIR/apache2.pid}"
rm -f "$APACHE_PID_FILE"
for e in "${!APACHE_@}"; do
  if [[ "$e" == *_DIR ]] && [[ "${!e}" == /* ]]; then
    dir="${!e}"
    while [ "$dir" != "$(dirname "$dir")" ]; do
      dir="$(dirname "$dir")"
      if [ -d "$dir" ]; then break; fi
    done
    mkdir -p "${!e}"
  fi
done
exec apache2 -DFOREGROUND "$@"
EOF
COPY --chmod=755 <<'EOF' /usr/local/bin/docker-php-entrypoint
#!/bin/sh
set -e
if [ "${1#-}" != "$1" ]; then set -- apache2-foreground "$@"; fi
exec "$@"
EOF
WORKDIR /var/www/html
EXPOSE 80
ENTRYPOINT ["docker-php-entrypoint"]
CMD ["apache2-foreground"]
