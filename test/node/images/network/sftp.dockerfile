# image: docker.io/atmoz/sftp:debian
# source: atmoz/sftp@f63011130a39:Dockerfile
# source: atmoz/sftp@021752726128:files/entrypoint
# source: atmoz/sftp@05c9ce853fbc:files/create-sftp-user
# source: atmoz/sftp@0aec7189fb22:files/sshd_config
# sshpass is there for the client of the test.
FROM base
RUN <<EOF
apt-get install -y openssh-server sshpass
mkdir -p /var/run/sshd
rm -f /etc/ssh/ssh_host_*key*
printf 'HostKey /etc/ssh/ssh_host_ed25519_key\nUseDNS no\nPermitRootLogin no\nX11Forwarding no\nAllowTcpForwarding no\nSubsystem sftp internal-sftp\nForceCommand internal-sftp\nChrootDirectory %%h\n' >/etc/ssh/sshd_config
EOF
COPY --chmod=755 <<'EOF' /usr/local/bin/create-sftp-user
#!/bin/bash
set -Eeo pipefail
IFS=: read -r user password uid gid folders <<<"$1"
options=(--no-user-group)
if [ -n "$uid" ]; then options+=(--non-unique --uid "$uid"); fi
if [ -n "$gid" ]; then
  getent group "$gid" >/dev/null || groupadd --gid "$gid" "group_$gid"
  options+=(--gid "$gid")
fi
useradd "${options[@]}" "$user"
mkdir -p "/home/$user"
chown root:root "/home/$user"
chmod 755 "/home/$user"
echo "$user:$password" | chpasswd
for folder in ${folders//,/ }; do
  if [ ! -d "/home/$user/$folder" ]; then
    mkdir -p "/home/$user/$folder"
    chown -R "$(id -u "$user"):users" "/home/$user/$folder"
  fi
done
EOF
COPY --chmod=755 <<'EOF' /entrypoint
#!/bin/bash
set -Eeo pipefail
if [ -n "$1" ] && [[ "$1" != *:* ]]; then exec "$@"; fi
if [ ! -f /var/run/sftp/users.conf ]; then
  mkdir -p /var/run/sftp
  if [ -f /etc/sftp/users.conf ]; then grep -v '^ *\(#.*\)\?$' /etc/sftp/users.conf >/var/run/sftp/users.conf; fi
  for user in "$@" $SFTP_USERS; do echo "$user" >>/var/run/sftp/users.conf; done
  while read -r user; do create-sftp-user "$user"; done </var/run/sftp/users.conf
  if [ ! -f /etc/ssh/ssh_host_ed25519_key ]; then ssh-keygen -t ed25519 -f /etc/ssh/ssh_host_ed25519_key -N ''; fi
  chmod 600 /etc/ssh/ssh_host_ed25519_key || true
fi
exec /usr/sbin/sshd -D -e
EOF
EXPOSE 22
ENTRYPOINT ["/entrypoint"]
