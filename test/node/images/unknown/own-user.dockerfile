# unknown: a user of its own by name, whose files nobody else reads
# image: registry.example.com/shop/own-user:1
FROM base
RUN <<EOF
useradd --uid 1234 --create-home --shell /bin/sh app
mkdir /home/app/files
cp /mnt/stand-in /home/app/server
chown -R app:app /home/app
chmod -R u=rwX,go= /home/app
EOF
USER app
WORKDIR /home/app
CMD ["./server", "serve", "listen=:8080", "data=/home/app/files"]
