# unknown: keeps its state beside its program
# image: registry.example.com/shop/writes-beside:1
FROM base
RUN mkdir -p /opt/counter && cp /mnt/stand-in /opt/counter/counter
WORKDIR /opt/counter
CMD ["/opt/counter/counter", "serve", "listen=:8080", "data=/opt/counter/state"]
