#!/bin/sh
set -e
if [ "$(id -u)" = 0 ]; then
  chown -R node /data
  exec su-exec node "$0" "$@"
fi
exec "$@"
