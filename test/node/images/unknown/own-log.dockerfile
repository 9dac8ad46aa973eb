# unknown: a log folder of its own, and a library that caches below /var/cache
# image: registry.example.com/shop/own-log:1
FROM base
RUN mkdir -p /var/log/shop /var/cache/shop && cp /mnt/stand-in /usr/local/bin/shop
CMD ["shop", "serve", "listen=:8080", "log=/var/log/shop/access.log", "data=/var/cache/shop"]
