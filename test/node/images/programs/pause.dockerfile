# The program that holds the namespaces of a pod.
# image: registry.k8s.io/pause:3.10
FROM scratch
RUN cp /mnt/stand-in /image/stand-in
USER 65535:65535
ENTRYPOINT ["/stand-in", "pause"]
