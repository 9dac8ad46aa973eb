# image: docker.io/library/sonarqube:10-community
# source: SonarSource/docker-sonarqube@12d0aa6fcf34:10/community/Dockerfile
# A small service stands for SonarQube.
FROM temurin
RUN <<EOF
useradd --system --uid 1000 --gid 0 sonarqube
mkdir -p /opt/sonarqube/data /opt/sonarqube/extensions /opt/sonarqube/logs /opt/sonarqube/temp /opt/sonarqube/docker /opt/sonarqube/lib
cp /usr/share/service/Service.class /opt/sonarqube/lib/
chmod -R 550 /opt/sonarqube
cd /opt/sonarqube
chmod -R 770 data extensions logs temp
EOF
COPY --chmod=755 <<'EOF' /opt/sonarqube/docker/entrypoint.sh
#!/bin/bash
set -e
if [ $# = 0 ] || [ "${1#-}" != "$1" ]; then
  set -- java -Dport=9000 -Ddata=data/projects -Dlogs=logs -Dtemporary="$SQ_TEMP_DIR" -Dpage='SonarQube is operational' -cp lib Service
fi
exec "$@"
EOF
RUN chmod 755 /opt/sonarqube/docker
ENV SONARQUBE_HOME=/opt/sonarqube
ENV SQ_DATA_DIR=/opt/sonarqube/data
ENV SQ_EXTENSIONS_DIR=/opt/sonarqube/extensions
ENV SQ_LOGS_DIR=/opt/sonarqube/logs
ENV SQ_TEMP_DIR=/opt/sonarqube/temp
VOLUME ["/opt/sonarqube/data", "/opt/sonarqube/extensions", "/opt/sonarqube/logs", "/opt/sonarqube/temp"]
WORKDIR /opt/sonarqube
EXPOSE 9000
USER sonarqube
ENTRYPOINT ["/opt/sonarqube/docker/entrypoint.sh"]
