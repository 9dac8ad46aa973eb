# image: docker.io/boky/postfix:v4.4.0
# source: bokysan/docker-postfix@027a1716a749:Dockerfile, image_root/scripts/run.sh
# source: bokysan/docker-postfix@049136695385:image_root/scripts/functions.sh
# source: bokysan/docker-postfix@5e3afcc56faf:image_root/etc/supervisord.conf
# The signing of mails (opendkim) is left out.
FROM base
RUN <<EOF
apt-get install -y postfix postfix-lmdb supervisor rsyslog tini
ln -s /usr/bin/tini /tini
rm -f /etc/postfix/main.cf
printf 'compatibility_level = 3.6\n' >/etc/postfix/main.cf
postconf -M submission/inet='submission inet n - y - - smtpd'
cp -r /etc/postfix /etc/postfix.template
printf 'module(load="imuxsock")\n*.* action(type="omfile" file="/dev/stdout")\n' >/etc/rsyslog.conf
EOF
COPY <<'EOF' /etc/supervisord.conf
[supervisord]
user = root
nodaemon = true
logfile = /dev/null
logfile_maxbytes = 0
pidfile = /run/supervisord.pid

[program:rsyslog]
command = rsyslogd -n -f /tmp/rsyslog.conf -i /tmp/rsyslogd.pid
stdout_logfile = /dev/stdout
stdout_logfile_maxbytes = 0

[program:postfix]
command = /usr/sbin/postfix -c /etc/postfix start-fg
autorestart = false
directory = /etc/postfix
startsecs = 0
EOF
COPY --chmod=755 <<'EOF' /scripts/run.sh
#!/bin/bash
set -e
mkdir -p /tmp /var/run
chmod 1777 /tmp /var/run
touch /tmp/test
rm /tmp/test
cp /etc/rsyslog.conf /tmp/rsyslog.conf
for file in /etc/postfix.template/*; do
  [ -e "/etc/postfix/$(basename "$file")" ] || cp -r "$file" /etc/postfix/
done
cd /var/spool/postfix
mkdir -p pid dev private public etc
chown root: . pid
chown -R postfix:postdrop private public
postconf -e manpage_directory=/usr/share/man
postfix -c /etc/postfix set-permissions >/dev/null 2>&1 || true
cp -f /etc/localtime /etc/nsswitch.conf /etc/resolv.conf /etc/services /etc/host.conf /etc/hosts /etc/passwd etc/ 2>/dev/null || true
postconf -e default_database_type=lmdb
touch /etc/postfix/aliases
postalias lmdb:/etc/postfix/aliases
postconf -e alias_maps=lmdb:/etc/postfix/aliases mydestination= relay_domains= smtpd_helo_required=yes maillog_file=
postconf -e mynetworks="${POSTFIX_mynetworks:-127.0.0.0/8,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16}"
postconf -e smtpd_recipient_restrictions=permit_mynetworks,reject smtpd_relay_restrictions=permit
if [ -n "$POSTFIX_myhostname" ]; then postconf -e "myhostname=$POSTFIX_myhostname"; fi
if [ -n "$RELAYHOST" ]; then postconf -e "relayhost=$RELAYHOST"; fi
exec supervisord -c /etc/supervisord.conf
EOF
VOLUME ["/var/spool/postfix", "/etc/postfix", "/etc/opendkim/keys"]
WORKDIR /tmp
EXPOSE 587
ENTRYPOINT ["/tini", "--"]
CMD ["/bin/sh", "-c", "/scripts/run.sh"]
