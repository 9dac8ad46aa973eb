# unknown: a Python service with uvicorn on port 80
# image: registry.example.com/shop/uvicorn:1
FROM python
RUN <<EOF
apt-get install -y uvicorn
mkdir /code
printf 'async def app(scope, receive, send):\n    if scope["type"] == "lifespan":\n        return\n    await send({"type": "http.response.start", "status": 200, "headers": []})\n    await send({"type": "http.response.body", "body": b"uvicorn works"})\n' >/code/main.py
EOF
WORKDIR /code
CMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "80", "--lifespan", "off"]
