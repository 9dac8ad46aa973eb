# unknown: listens where its argument says
# image: registry.example.com/shop/listens:1
FROM scratch
RUN cp /mnt/stand-in /image/app
ENTRYPOINT ["/app", "serve"]
CMD ["listen=:8080"]
