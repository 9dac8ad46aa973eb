# unknown: makes a user from variables at start, as images for a NAS do
# image: registry.example.com/shop/makes-user:1
FROM base
RUN cp /mnt/stand-in /usr/local/bin/app && mkdir /config
COPY --chmod=755 <<'EOF' /start.sh
#!/bin/sh
set -e
groupadd --gid "${PGID:-1000}" app
useradd --uid "${PUID:-1000}" --gid app app
chown app:app /config
exec setpriv --reuid app --regid app --clear-groups app serve listen=:8080 data=/config
EOF
CMD ["/start.sh"]
