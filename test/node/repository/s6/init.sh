#!/bin/sh
set -e
mkdir -p /run/s6
cp -r /etc/services /run/s6/services
exec s6-svscan /run/s6/services
