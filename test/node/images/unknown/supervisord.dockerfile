# unknown: supervisord starts two programs, one of them as another user
# image: registry.example.com/shop/supervised:1
FROM base
RUN apt-get install -y supervisor && useradd --uid 1500 worker && cp /mnt/stand-in /usr/local/bin/app && mkdir /srv/files && chown worker /srv/files
COPY <<'EOF' /etc/supervisor/conf.d/app.conf
[supervisord]
nodaemon=true
[program:web]
command=app serve listen=:8080 data=/srv/files
user=worker
stdout_logfile=/dev/stdout
stdout_logfile_maxbytes=0
[program:worker]
command=app serve listen=:8081 data=/srv/other
stdout_logfile=/dev/stdout
stdout_logfile_maxbytes=0
EOF
CMD ["supervisord", "-c", "/etc/supervisor/supervisord.conf"]
