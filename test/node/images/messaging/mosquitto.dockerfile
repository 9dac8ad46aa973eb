# image: docker.io/library/eclipse-mosquitto:2
# source: eclipse/mosquitto@192b7d88f3b4:docker/2.0/Dockerfile
FROM base
RUN <<EOF
groupadd --system --gid 1883 mosquitto
useradd --system --uid 1883 --gid mosquitto --home-dir /var/empty --shell /sbin/nologin mosquitto
apt-get install -y mosquitto mosquitto-clients
rm -rf /etc/mosquitto /var/lib/mosquitto /var/log/mosquitto
mkdir -p /mosquitto/config /mosquitto/data /mosquitto/log
printf 'listener 1883\nallow_anonymous true\n' >/mosquitto/config/mosquitto.conf
chown -R mosquitto:mosquitto /mosquitto
EOF
COPY --chmod=755 <<'EOF' /docker-entrypoint.sh
#!/bin/sh
set -e
if [ "$(id -u)" = 0 ] && [ -d /mosquitto ]; then chown -R mosquitto:mosquitto /mosquitto || true; fi
exec "$@"
EOF
VOLUME ["/mosquitto/data", "/mosquitto/log"]
EXPOSE 1883
ENTRYPOINT ["/docker-entrypoint.sh"]
CMD ["/usr/sbin/mosquitto", "-c", "/mosquitto/config/mosquitto.conf"]
