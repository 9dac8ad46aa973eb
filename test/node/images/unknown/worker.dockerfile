# unknown: a worker that answers on a port and keeps what it works on in /tmp
# image: registry.example/queue/worker:3.1
FROM scratch
RUN cp /mnt/stand-in /image/worker && mkdir -m 1777 /image/tmp
ENTRYPOINT ["/worker", "serve", "data=/tmp"]
