# image: docker.io/library/python:3.11-slim
# knowledge: docker-library/python@01ba658cff9c:3.12/slim-bookworm/Dockerfile
FROM base
RUN <<EOF
apt-get install -y python3
ln -s /usr/bin/python3 /usr/local/bin/python3
ln -s /usr/bin/python3 /usr/local/bin/python
EOF
CMD ["python3"]
