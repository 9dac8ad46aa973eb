# image: docker.io/library/node:20
# source: nodejs/docker-node@009449f78734:20/bookworm/Dockerfile
FROM base
RUN <<EOF
groupadd --gid 1000 node
useradd --uid 1000 --gid node --shell /bin/bash --create-home node
apt-get install -y nodejs
ln -s /usr/bin/node /usr/local/bin/node
EOF
COPY --chmod=755 <<'EOF' /usr/local/bin/docker-entrypoint.sh
#!/bin/sh
set -e
if [ "${1#-}" != "${1}" ] || [ -z "$(command -v "${1}")" ] || { [ -f "${1}" ] && ! [ -x "${1}" ]; }; then set -- node "$@"; fi
exec "$@"
EOF
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["node"]
