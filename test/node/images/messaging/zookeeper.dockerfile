# image: docker.io/library/zookeeper:3.8
# source: 31z4/zookeeper-docker@52a83649bc33:3.9.4/Dockerfile#L4-21,75-84
# source: 31z4/zookeeper-docker@52a83649bc33:3.9.4/docker-entrypoint.sh#L5-50
FROM base
RUN <<EOF
groupadd -r zookeeper --gid=1000
useradd -r -g zookeeper --uid=1000 zookeeper
mkdir -p /usr/share/man/man1
apt-get install -y zookeeper openjdk-17-jre-headless gosu
mkdir -p /data /datalog /logs /conf
rm -rf /etc/zookeeper
chown zookeeper:zookeeper /data /datalog /logs /conf
EOF
COPY --chmod=755 <<'EOF' /docker-entrypoint.sh
#!/bin/bash
set -e
if [[ "$1" = zkServer.sh && "$(id -u)" = 0 ]]; then
  chown -R zookeeper /data /datalog /logs /conf
  exec gosu zookeeper "$0" "$@"
fi
if [[ ! -f /conf/zoo.cfg ]]; then
  printf 'dataDir=/data\ndataLogDir=/datalog\ntickTime=2000\nclientPort=2181\n4lw.commands.whitelist=ruok,srvr\nadmin.enableServer=false\n' >/conf/zoo.cfg
fi
if [[ ! -f /data/myid ]]; then echo "${ZOO_MY_ID:-1}" >/data/myid; fi
exec "$@"
EOF
COPY --chmod=755 <<'EOF' /usr/local/bin/zkServer.sh
#!/bin/sh
exec java -Xmx1000m -cp '/usr/share/java/*' org.apache.zookeeper.server.quorum.QuorumPeerMain /conf/zoo.cfg
EOF
VOLUME ["/data", "/datalog", "/logs"]
EXPOSE 2181
ENTRYPOINT ["/docker-entrypoint.sh"]
CMD ["zkServer.sh", "start-foreground"]
