# unknown: a program on scratch that keeps files
# image: registry.example.com/files:1
FROM scratch
RUN cp /mnt/stand-in /image/files
ENTRYPOINT ["/files", "serve"]
