# image: docker.io/library/traefik:v3.6
# source: traefik/traefik-library-image@00f17bdb165d:v3.6/alpine/Dockerfile
# knowledge: traefik/traefik-library-image@697393828fd8:v3.0/alpine/entrypoint.sh
FROM base
RUN install -m 755 /mnt/traefik /usr/local/bin/traefik
COPY --chmod=755 <<'EOF' /entrypoint.sh
#!/bin/sh
set -e
if [ "${1#-}" != "$1" ]; then set -- traefik "$@"; fi
if traefik "$1" --help >/dev/null 2>&1; then
  set -- traefik "$@"
else
  echo "= '$1' is not a Traefik command: assuming shell execution." >&2
fi
exec "$@"
EOF
EXPOSE 80
ENTRYPOINT ["/entrypoint.sh"]
CMD ["traefik"]
