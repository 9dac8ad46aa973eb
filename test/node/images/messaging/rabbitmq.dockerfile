# image: docker.io/library/rabbitmq:3.10
# source: docker-library/rabbitmq@0192a912d656:3.10/ubuntu/Dockerfile
# knowledge: docker-library/rabbitmq@9193c1de6d32:4.0/ubuntu/docker-entrypoint.sh#L4-11
FROM base
RUN <<EOF
groupadd --gid 999 --system rabbitmq
useradd --uid 999 --system --home-dir /var/lib/rabbitmq --gid rabbitmq rabbitmq
apt-get install -y rabbitmq-server gosu
rm -rf /var/lib/rabbitmq /var/log/rabbitmq /etc/rabbitmq
mkdir -p /var/lib/rabbitmq /etc/rabbitmq/conf.d /tmp/rabbitmq-ssl /var/log/rabbitmq
chown -fR rabbitmq:rabbitmq /var/lib/rabbitmq /etc/rabbitmq /tmp/rabbitmq-ssl /var/log/rabbitmq
chmod 1777 /var/lib/rabbitmq /etc/rabbitmq /etc/rabbitmq/conf.d /tmp/rabbitmq-ssl /var/log/rabbitmq
ln -sf /var/lib/rabbitmq/.erlang.cookie /root/.erlang.cookie
printf 'loopback_users.guest = false\nlog.console = true\n' >/etc/rabbitmq/conf.d/10-defaults.conf
echo '[rabbitmq_prometheus].' >/etc/rabbitmq/enabled_plugins
chown -R rabbitmq:rabbitmq /etc/rabbitmq
for program in rabbitmq-server rabbitmqctl rabbitmq-diagnostics rabbitmq-plugins; do
  printf '#!/bin/sh\nexec /usr/lib/rabbitmq/bin/%s "$@"\n' "$program" >"/usr/local/bin/$program"
  chmod +x "/usr/local/bin/$program"
done
EOF
COPY --chmod=755 <<'EOF' /usr/local/bin/docker-entrypoint.sh
#!/bin/bash
set -euo pipefail
if [[ "$1" == rabbitmq* ]] && [ "$(id -u)" = '0' ]; then
  if [ "$1" = 'rabbitmq-server' ]; then
    find /var/lib/rabbitmq \! -user rabbitmq -exec chown rabbitmq '{}' +
  fi
  exec gosu rabbitmq "$BASH_SOURCE" "$@"
fi
exec "$@"
EOF
ENV HOME=/var/lib/rabbitmq
ENV RABBITMQ_DATA_DIR=/var/lib/rabbitmq
ENV LANG=C.UTF-8
VOLUME ["/var/lib/rabbitmq"]
EXPOSE 4369 5671 5672 15691 15692 25672
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["rabbitmq-server"]
