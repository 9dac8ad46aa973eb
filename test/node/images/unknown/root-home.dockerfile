# unknown: writes below the home folder of root
# image: registry.example.com/shop/root-home:1
FROM base
RUN cp /mnt/stand-in /usr/local/bin/app
COPY --chmod=755 <<'EOF' /start.sh
#!/bin/sh
set -e
mkdir -p "$HOME/.config/app"
exec app serve listen=:8080 data="$HOME/.config/app"
EOF
CMD ["/start.sh"]
