#!/bin/sh
set -e
sed "s,@FOLDER@,${FOLDER:-/srv/app/data}," /srv/app/conf/app.conf.template >/srv/app/conf/app.conf
exec /srv/app/server serve listen=:8080 data="$(sed -n 's/^folder=//p' /srv/app/conf/app.conf)"
