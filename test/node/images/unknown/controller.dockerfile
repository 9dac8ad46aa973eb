# unknown: a controller that lists its own objects
# image: registry.example/backup/controller:1.0.0
FROM scratch
RUN cp /mnt/stand-in /image/manager
USER 65532:65532
ENTRYPOINT ["/manager", "client", "group=apis/example.dev/v1", "kind=backups"]
