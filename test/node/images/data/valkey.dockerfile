# image: docker.io/valkey/valkey:8
# source: valkey-io/valkey-container@07970d2ccb27:Dockerfile.template
# source: valkey-io/valkey-container@2150a749132c:8.0/debian/docker-entrypoint.sh
# Debian 12 has no valkey: redis 7.0, from which valkey was forked, stands for it.
FROM redis
RUN <<EOF
usermod -l valkey redis
groupmod -n valkey redis
printf '#!/bin/sh\nexec /usr/bin/redis-server "$@" --protected-mode no\n' >/usr/local/bin/valkey-server
chmod +x /usr/local/bin/valkey-server
EOF
COPY --chmod=755 <<'EOF' /usr/local/bin/docker-entrypoint.sh
#!/bin/sh
set -e
if [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; then set -- valkey-server "$@"; fi
if [ "$1" = valkey-server ]; then
  if [ "$(id -u)" = 0 ]; then
    find . \! -user valkey -exec chown valkey '{}' +
    exec setpriv --reuid=valkey --regid=valkey --clear-groups -- "$0" "$@"
  elif [ ! -w . ]; then
    echo "error: directory '$(pwd)' is not writable by current user ($(id -u))" >&2
    exit 1
  fi
fi
um="$(umask)"
if [ "$um" = 0022 ]; then umask 0077; fi
exec "$@" $VALKEY_EXTRA_FLAGS
EOF
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["valkey-server"]
