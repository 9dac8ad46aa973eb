# unknown: an operator that elects its leader by a Lease
# image: registry.example.com/platform/operator:1
FROM scratch
RUN cp /mnt/stand-in /image/manager
USER 65532:65532
ENTRYPOINT ["/manager", "leader"]
