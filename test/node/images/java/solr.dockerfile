# image: docker.io/library/solr:9
# source: apache/solr-docker@45347b13c3bc:9.6/Dockerfile
# A small service stands for Solr.
FROM temurin
RUN <<EOF
groupadd -r --gid 8983 solr
useradd -r --uid 8983 --gid 8983 solr
mkdir -p -m 0770 /var/solr
mkdir -p /opt/solr/server /docker-entrypoint-initdb.d
echo '<Configuration/>' >/opt/solr/server/log4j2.xml
cp /usr/share/service/Service.class /opt/solr/server/
chown -R solr:0 /var/solr
chown -R solr:solr /opt/solr
EOF
COPY --chmod=755 <<'EOF' /opt/solr/entrypoint.sh
#!/bin/bash
set -e
if [ $# = 0 ] || [ "${1:0:1}" = '-' ]; then set -- solr-foreground "$@"; fi
exec "$@"
EOF
COPY --chmod=755 <<'EOF' /opt/solr/docker/scripts/solr-foreground
#!/bin/bash
set -e
for folder in data logs; do
  if [ ! -d "/var/solr/$folder" ]; then
    if [ ! -w /var/solr ]; then
      echo "Cannot write to /var/solr as $(id -u):$(id -g)"
      exit 1
    fi
    mkdir "/var/solr/$folder"
  fi
done
if [ ! -f "$LOG4J_PROPS" ]; then cp /opt/solr/server/log4j2.xml "$LOG4J_PROPS"; fi
echo $$ >"$SOLR_PID_DIR/solr-8983.pid"
exec java -Xms512m -Xmx512m -Dport=8983 -Ddata="$SOLR_HOME" -Dlogs="$SOLR_LOGS_DIR" -Dtemporary=/tmp/start -Dpage='Solr Admin' \
  -cp /opt/solr/server Service
EOF
ENV PATH=/opt/solr/bin:/opt/solr/docker/scripts:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENV SOLR_HOME=/var/solr/data
ENV SOLR_PID_DIR=/var/solr
ENV SOLR_LOGS_DIR=/var/solr/logs
ENV LOG4J_PROPS=/var/solr/log4j2.xml
VOLUME ["/var/solr"]
WORKDIR /opt/solr
EXPOSE 8983
USER 8983
ENTRYPOINT ["/opt/solr/entrypoint.sh"]
