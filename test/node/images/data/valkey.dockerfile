# image: docker.io/valkey/valkey:8
# source: valkey-io/valkey-container@07970d2ccb27:Dockerfile.template
# Debian 12 has no valkey: redis 7.0, from which valkey was forked, stands for it.
FROM redis
RUN <<EOF
usermod -l valkey redis
groupmod -n valkey redis
sed -i 's/redis/valkey/g' /usr/local/bin/docker-entrypoint.sh
printf '#!/bin/sh\nexec /usr/bin/redis-server "$@" --protected-mode no\n' >/usr/local/bin/valkey-server
chmod +x /usr/local/bin/valkey-server
EOF
CMD ["valkey-server"]
