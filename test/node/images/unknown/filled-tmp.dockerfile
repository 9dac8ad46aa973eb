# unknown: the image has files in /tmp that the program needs
# image: registry.example.com/shop/filled-tmp:1
FROM base
RUN mkdir -p /tmp/app/files && cp /mnt/stand-in /tmp/app/server && echo from the image >/tmp/app/files/page
CMD ["/tmp/app/server", "serve", "listen=:8080", "data=/tmp/app/files"]
