#!/bin/sh
set -e
sudo -n chown app /srv/files
exec app serve listen=:8080 data=/srv/files
