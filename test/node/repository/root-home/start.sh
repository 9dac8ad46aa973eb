#!/bin/sh
set -e
mkdir -p "$HOME/.config/app"
exec app serve listen=:8080 data="$HOME/.config/app"
