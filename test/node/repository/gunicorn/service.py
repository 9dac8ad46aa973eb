def app(environ, start):
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"gunicorn works"]
