# image: docker.io/library/zookeeper:3.8
# source: 31z4/zookeeper-docker@15eeba37ffa4:3.8.3/Dockerfile
# source: 31z4/zookeeper-docker@15eeba37ffa4:3.8.3/docker-entrypoint.sh
FROM base
RUN <<EOF
groupadd -r zookeeper --gid=1000
useradd -r -g zookeeper --uid=1000 zookeeper
mkdir -p /usr/share/man/man1
apt-get install -y zookeeper openjdk-17-jre-headless gosu
mkdir -p /data /datalog /logs /conf /apache-zookeeper-3.8.3-bin
rm -rf /etc/zookeeper
chown zookeeper:zookeeper /data /datalog /logs /conf /apache-zookeeper-3.8.3-bin
EOF
COPY --chmod=755 <<'EOF' /docker-entrypoint.sh
#!/bin/bash
set -e
if [[ "$1" = zkServer.sh && "$(id -u)" = 0 ]]; then
  chown -R zookeeper "$ZOO_DATA_DIR" "$ZOO_DATA_LOG_DIR" "$ZOO_LOG_DIR"
  exec gosu zookeeper "$0" "$@"
fi
if [[ ! -f "$ZOO_CONF_DIR/zoo.cfg" ]]; then
  printf 'dataDir=%s\ndataLogDir=%s\ntickTime=2000\ninitLimit=5\nsyncLimit=2\nstandaloneEnabled=true\nadmin.enableServer=%s\n%s\n' \
    "$ZOO_DATA_DIR" "$ZOO_DATA_LOG_DIR" "$ZOO_ADMINSERVER_ENABLED" "${ZOO_SERVERS:-server.1=localhost:2888:3888;2181}" >>"$ZOO_CONF_DIR/zoo.cfg"
  if [[ -n $ZOO_4LW_COMMANDS_WHITELIST ]]; then echo "4lw.commands.whitelist=$ZOO_4LW_COMMANDS_WHITELIST" >>"$ZOO_CONF_DIR/zoo.cfg"; fi
fi
if [[ ! -f "$ZOO_DATA_DIR/myid" ]]; then echo "${ZOO_MY_ID:-1}" >"$ZOO_DATA_DIR/myid"; fi
exec "$@"
EOF
COPY --chmod=755 <<'EOF' /usr/local/bin/zkServer.sh
#!/bin/sh
exec java -Xmx1000m -cp '/usr/share/java/*' org.apache.zookeeper.server.quorum.QuorumPeerMain "$ZOO_CONF_DIR/zoo.cfg"
EOF
ENV ZOO_CONF_DIR=/conf
ENV ZOO_DATA_DIR=/data
ENV ZOO_DATA_LOG_DIR=/datalog
ENV ZOO_LOG_DIR=/logs
ENV ZOO_ADMINSERVER_ENABLED=true
WORKDIR /apache-zookeeper-3.8.3-bin
VOLUME ["/data", "/datalog", "/logs"]
EXPOSE 2181 2888 3888 8080
ENTRYPOINT ["/docker-entrypoint.sh"]
CMD ["zkServer.sh", "start-foreground"]
