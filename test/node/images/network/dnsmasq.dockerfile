# image: docker.io/4km3/dnsmasq:2.90
# source: 4km3/docker-dnsmasq@3b26417b0e85:Dockerfile
FROM base
RUN apt-get install -y dnsmasq-base
EXPOSE 53
ENTRYPOINT ["dnsmasq", "-k"]
