# unknown: s6 as init, which keeps its services below /run
# image: registry.example.com/shop/s6:1
FROM base
RUN apt-get install -y s6 execline && useradd --uid 1500 app && cp /mnt/stand-in /usr/local/bin/app && mkdir -p /etc/services/web
COPY --chmod=755 <<'EOF' /etc/services/web/run
#!/bin/sh
exec s6-setuidgid app app serve listen=:8080 data=/tmp/web
EOF
COPY --chmod=755 <<'EOF' /init
#!/bin/sh
set -e
mkdir -p /run/s6
cp -r /etc/services /run/s6/services
exec s6-svscan /run/s6/services
EOF
ENTRYPOINT ["/init"]
