# unknown: reads a key that only root may read
# image: registry.example.com/shop/private-key:1
FROM base
RUN cp /mnt/stand-in /usr/local/bin/app && mkdir /etc/app && echo key >/etc/app/key && chmod 600 /etc/app/key
COPY --chmod=755 <<'EOF' /start.sh
#!/bin/sh
set -e
key=$(cat /etc/app/key)
exec app serve listen=:8080 data=/tmp/"$key"
EOF
CMD ["/start.sh"]
