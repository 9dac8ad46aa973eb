# unknown: starts as root, gives its data to a user and becomes that user
# image: registry.example.com/shop/steps-down:1
FROM base
RUN useradd --uid 1600 app && cp /mnt/stand-in /usr/local/bin/app && mkdir /data
COPY --chmod=755 <<'EOF' /start.sh
#!/bin/sh
set -e
if [ "$(id -u)" = 0 ]; then
  chown -R app /data
  exec setpriv --reuid app --regid app --clear-groups "$0"
fi
exec app serve listen=:8080 data=/data
EOF
VOLUME ["/data"]
CMD ["/start.sh"]
