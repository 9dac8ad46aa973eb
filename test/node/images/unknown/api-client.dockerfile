# unknown: lists objects of the Kubernetes API with its token
# image: registry.example.com/platform/watcher:1
FROM scratch
RUN cp /mnt/stand-in /image/watcher
USER 65532:65532
ENTRYPOINT ["/watcher", "client", "listen=:8080"]
