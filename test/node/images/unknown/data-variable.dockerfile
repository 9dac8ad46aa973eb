# unknown: its data folder comes from a variable
# image: registry.example.com/shop/data-variable:1
FROM base
RUN cp /mnt/stand-in /usr/local/bin/app
ENV DATA_DIR=/var/lib/app
CMD ["app", "serve", "listen=:8080"]
