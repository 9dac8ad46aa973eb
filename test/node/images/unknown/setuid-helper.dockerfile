# unknown: a user of its own starts a helper with the setuid bit
# image: registry.example.com/shop/setuid-helper:1
FROM base
RUN apt-get install -y sudo && useradd --uid 1500 app && echo 'app ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/app && cp /mnt/stand-in /usr/local/bin/app && mkdir /srv/files
COPY --chmod=755 <<'EOF' /start.sh
#!/bin/sh
set -e
sudo -n chown app /srv/files
exec app serve listen=:8080 data=/srv/files
EOF
USER 1500
CMD ["/start.sh"]
