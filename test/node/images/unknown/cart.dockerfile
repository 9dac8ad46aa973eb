# unknown: a service that is also started to migrate its data base
# image: registry.example/shop/cart:2.3.1
FROM base
RUN cp /mnt/stand-in /usr/local/bin/server
COPY --chmod=755 <<'EOF' /usr/local/bin/cart
#!/bin/sh
set -e
if [ "$1" = migrate ]; then
  echo "migrated $DATABASE"
  exit 0
fi
exec server serve listen=:8080 data=/tmp/cart
EOF
ENTRYPOINT ["cart"]
