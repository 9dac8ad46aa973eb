# unknown: made for OpenShift: any user of group 0 can write
# image: registry.example.com/shop/group-zero:1
FROM base
RUN mkdir -p /opt/app/data && cp /mnt/stand-in /opt/app/server && chgrp -R 0 /opt/app && chmod -R g=u /opt/app
USER 1001
CMD ["/opt/app/server", "serve", "listen=:8080", "data=/opt/app/data"]
