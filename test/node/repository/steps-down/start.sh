#!/bin/sh
set -e
if [ "$(id -u)" = 0 ]; then
  chown -R app /data
  exec setpriv --reuid app --regid app --clear-groups "$0"
fi
exec app serve listen=:8080 data=/data
