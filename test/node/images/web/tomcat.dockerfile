# image: docker.io/library/tomcat:10
# source: docker-library/tomcat@065b183fdf5b:10.1/jdk17/temurin-jammy/Dockerfile
FROM base
RUN <<EOF
mkdir -p /usr/share/man/man1
apt-get install -y tomcat10 openjdk-17-jre-headless
cp -rL /usr/share/tomcat10 /usr/local/tomcat
cp -L /usr/share/java/eclipse-*.jar /usr/local/tomcat/lib/
cp -rL /etc/tomcat10 /usr/local/tomcat/conf
rm -rf /usr/local/tomcat/webapps /usr/local/tomcat/logs /usr/local/tomcat/work /usr/local/tomcat/conf/policy.d
mkdir -p /usr/local/tomcat/webapps/ROOT /usr/local/tomcat/logs /usr/local/tomcat/temp /usr/local/tomcat/work
echo '<html><%= "two and two is " + (2 + 2) %></html>' >/usr/local/tomcat/webapps/ROOT/index.jsp
chmod -R +rX /usr/local/tomcat
chmod 1777 /usr/local/tomcat/logs /usr/local/tomcat/temp /usr/local/tomcat/work
EOF
ENV CATALINA_HOME=/usr/local/tomcat
ENV PATH=/usr/local/tomcat/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
WORKDIR /usr/local/tomcat
EXPOSE 8080
CMD ["catalina.sh", "run"]
