# unknown: a Python service with gunicorn, as `FROM python` images of many shops are
# image: registry.example.com/shop/gunicorn:1
FROM python
RUN <<EOF
apt-get install -y gunicorn
mkdir /app
printf 'def app(environ, start):\n    start("200 OK", [("Content-Type", "text/plain")])\n    return [b"gunicorn works"]\n' >/app/service.py
EOF
WORKDIR /app
EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--workers", "2", "service:app"]
