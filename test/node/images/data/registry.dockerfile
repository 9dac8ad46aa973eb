# image: docker.io/library/registry:2
# source: distribution/distribution-library-image@057436d4dd74:Dockerfile
# source: distribution/distribution-library-image@578da7e03cc0:docker-entrypoint.sh
FROM base
RUN <<EOF
apt-get download docker-registry
dpkg -x docker-registry_*.deb /tmp/package
cp /tmp/package/usr/bin/docker-registry /bin/registry
rm -rf /tmp/package docker-registry_*.deb
mkdir -p /etc/docker/registry
printf 'version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: /var/lib/registry\nhttp:\n  addr: :5000\n' >/etc/docker/registry/config.yml
EOF
COPY --chmod=755 <<'EOF' /entrypoint.sh
#!/bin/sh
set -e
case "$1" in
  *.yaml | *.yml) set -- registry serve "$@" ;;
  serve | garbage-collect | help | -*) set -- registry "$@" ;;
esac
exec "$@"
EOF
VOLUME ["/var/lib/registry"]
EXPOSE 5000
ENTRYPOINT ["/entrypoint.sh"]
CMD ["/etc/docker/registry/config.yml"]
