#!/bin/sh
set -e
groupadd --gid "${PGID:-1000}" app
useradd --uid "${PUID:-1000}" --gid app app
chown app:app /config
exec setpriv --reuid app --regid app --clear-groups app serve listen=:8080 data=/config
