# unknown: an agent that reads the logs of its node
# image: registry.example/backup/agent:1.0.0
FROM scratch
RUN cp /mnt/stand-in /image/agent
ENTRYPOINT ["/agent", "serve", "data=/var/log"]
