# unknown: a master that starts a worker, with a pid file and a log in /run
# image: registry.example.com/shop/forks:1
FROM base
RUN cp /mnt/stand-in /usr/local/bin/app
COPY --chmod=755 <<'EOF' /usr/local/bin/start
#!/bin/sh
set -e
echo $$ >/run/app.pid
exec app serve fork=yes listen=:8080 data=/run/app log=/run/app.log
EOF
CMD ["start"]
