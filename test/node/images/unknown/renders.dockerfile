# unknown: renders its configuration beside its program at start, as root
# image: registry.example.com/shop/renders:1
FROM base
RUN mkdir -p /srv/app/conf && cp /mnt/stand-in /srv/app/server && echo 'folder=@FOLDER@' >/srv/app/conf/app.conf.template && mkdir /srv/app/data
COPY --chmod=755 <<'EOF' /srv/app/start.sh
#!/bin/sh
set -e
sed "s,@FOLDER@,${FOLDER:-/srv/app/data}," /srv/app/conf/app.conf.template >/srv/app/conf/app.conf
exec /srv/app/server serve listen=:8080 data="$(sed -n 's/^folder=//p' /srv/app/conf/app.conf)"
EOF
WORKDIR /srv/app
ENTRYPOINT ["/srv/app/start.sh"]
