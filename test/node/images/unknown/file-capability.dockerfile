# unknown: a program on scratch whose file capability lets it listen on port 80
# image: registry.example.com/shop/file-capability:1
FROM scratch
RUN cp /mnt/stand-in /image/app && setcap cap_net_bind_service=+ep /image/app
USER 65532:65532
ENTRYPOINT ["/app", "serve", "listen=:80"]
