#!/bin/sh
set -e
echo $$ >/run/app.pid
exec app serve fork=yes listen=:8080 data=/run/app log=/run/app.log
