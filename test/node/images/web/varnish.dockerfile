# image: docker.io/library/varnish:7
# source: varnish/docker-varnish@1e912d6cf591:stable/debian/scripts/docker-varnish-entrypoint
# knowledge: varnish/docker-varnish@eb60dff6f8f8:stable/debian/Dockerfile#L23-41
FROM base
RUN <<EOF
adduser --uid 1000 --quiet --system --no-create-home --home /nonexistent --group varnish
adduser --uid 1001 --quiet --system --no-create-home --home /nonexistent --ingroup varnish vcache
adduser --uid 1002 --quiet --system --no-create-home --home /nonexistent --ingroup varnish varnishlog
apt-get install -y varnish
mkdir -p /var/lib/varnish
chown varnish:varnish /var/lib/varnish
printf 'vcl 4.1;\nbackend default none;\nsub vcl_recv { return (synth(200, "varnish works")); }\n' >/etc/varnish/default.vcl
EOF
COPY --chmod=755 <<'EOF' /usr/local/bin/docker-varnish-entrypoint
#!/bin/sh
set -e
if [ "$#" -eq 0 ] || [ "${1#-}" != "$1" ]; then
  set -- varnishd -F -f /etc/varnish/default.vcl -a http=:"${VARNISH_HTTP_PORT:-80}",HTTP -a proxy=:"${VARNISH_PROXY_PORT:-8443}",PROXY -p feature=+http2 -s malloc,"${VARNISH_SIZE:-100M}" "$@"
fi
exec "$@"
EOF
WORKDIR /etc/varnish
EXPOSE 80 8443
ENTRYPOINT ["/usr/local/bin/docker-varnish-entrypoint"]
