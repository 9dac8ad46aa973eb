# image: docker.io/library/php:8.2-fpm
# source: docker-library/php@445bf414f1d5:8.3/bookworm/fpm/Dockerfile#L230-278
FROM base
RUN <<EOF
mkdir -p /var/www/html
chown www-data:www-data /var/www/html
chmod 1777 /var/www/html
apt-get install -y php8.2-fpm libfcgi-bin
printf '[global]\nerror_log = /proc/self/fd/2\ndaemonize = no\n[www]\nuser = www-data\ngroup = www-data\nlisten = 9000\naccess.log = /proc/self/fd/2\nclear_env = no\ncatch_workers_output = yes\npm = dynamic\npm.max_children = 5\npm.start_servers = 2\npm.min_spare_servers = 1\npm.max_spare_servers = 3\n' >/etc/php/8.2/fpm/php-fpm.conf
ln -s /usr/sbin/php-fpm8.2 /usr/local/sbin/php-fpm
EOF
WORKDIR /var/www/html
EXPOSE 9000
CMD ["php-fpm"]
