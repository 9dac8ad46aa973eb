# image: docker.io/jenkins/jenkins:lts
# source: jenkinsci/docker@01fb59e92021:debian/Dockerfile
# source: jenkinsci/docker@06ef0ea7154b:jenkins.sh
# A small service stands for Jenkins.
FROM temurin
RUN <<EOF
apt-get install -y tini
mkdir -p /var/jenkins_home /usr/share/jenkins/ref/init.groovy.d
groupadd -g 1000 jenkins
useradd -d /var/jenkins_home -u 1000 -g 1000 -l -m -s /bin/bash jenkins
echo 'println "ready"' >/usr/share/jenkins/ref/init.groovy.d/ready.groovy
chown -R jenkins /var/jenkins_home /usr/share/jenkins/ref
chgrp jenkins /var/jenkins_home
EOF
COPY --chmod=755 <<'EOF' /usr/local/bin/jenkins.sh
#!/bin/bash -e
touch "$COPY_REFERENCE_FILE_LOG" || {
  echo "Can not write to $COPY_REFERENCE_FILE_LOG. Wrong volume permissions?"
  exit 1
}
cp -rn "$REF/." "$JENKINS_HOME/"
if [ $# -lt 1 ] || [[ "$1" == --* ]]; then
  exec java -Duser.home="$JENKINS_HOME" $JAVA_OPTS -Dport=8080 -Ddata="$JENKINS_HOME/jobs" -Dlogs="$JENKINS_HOME/logs" \
    -Dtemporary=/tmp/winstone -Dpage='Welcome to Jenkins!' -cp /usr/share/service Service
fi
exec "$@"
EOF
ENV JENKINS_HOME=/var/jenkins_home
ENV REF=/usr/share/jenkins/ref
ENV COPY_REFERENCE_FILE_LOG=/var/jenkins_home/copy_reference_file.log
VOLUME ["/var/jenkins_home"]
EXPOSE 8080 50000
USER jenkins
ENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/bin/jenkins.sh"]
