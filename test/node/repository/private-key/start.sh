#!/bin/sh
set -e
key=$(cat /etc/app/key)
exec app serve listen=:8080 data=/tmp/"$key"
