# image: docker.io/grafana/grafana:11.2.0
# source: grafana/grafana@07754534fbaf:packaging/docker/run.sh
# source: grafana/grafana@0014fb640202:Dockerfile
# A small program with the same files and the same data base stands for Grafana.
FROM python
RUN <<EOF
mkdir -p /etc/grafana/provisioning/datasources /etc/grafana/provisioning/dashboards /usr/share/grafana/.aws /var/log/grafana /var/lib/grafana/plugins
useradd -r -u 472 -g 0 grafana
echo '[server]' >/etc/grafana/grafana.ini
chown -R grafana:root /var/lib/grafana /usr/share/grafana/.aws /var/log/grafana /etc/grafana/provisioning
chmod -R 777 /var/lib/grafana /usr/share/grafana/.aws /var/log/grafana /etc/grafana/provisioning
EOF
COPY --chmod=755 <<'EOF' /usr/share/grafana/bin/grafana
#!/usr/bin/env python3
"""Keeps dashboards in a data base, as Grafana does: PUT /NAME stores one, GET /NAME reads it."""
import http.server, os, sqlite3, tempfile

base = sqlite3.connect(os.environ["GF_PATHS_DATA"] + "/grafana.db", check_same_thread=False)
base.execute("CREATE TABLE IF NOT EXISTS dashboard (name TEXT PRIMARY KEY, body BLOB)")
tempfile.mkdtemp()
sources = os.listdir(os.environ["GF_PATHS_PROVISIONING"] + "/datasources")

class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self, status, body):
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == "/api/health":
            return self.answer(200, b'{"database": "ok"}')
        if self.path == "/api/datasources":
            return self.answer(200, " ".join(sources).encode())
        row = base.execute("SELECT body FROM dashboard WHERE name = ?", (self.path,)).fetchone()
        self.answer(200 if row else 404, row[0] if row else b"")

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with base:
            base.execute("INSERT OR REPLACE INTO dashboard VALUES (?, ?)", (self.path, body))
        self.answer(200, b"saved")

http.server.ThreadingHTTPServer(("", 3000), Handler).serve_forever()
EOF
COPY --chmod=755 <<'EOF' /run.sh
#!/bin/sh
set -e
if [ ! -w "$GF_PATHS_DATA" ]; then echo "GF_PATHS_DATA='$GF_PATHS_DATA' is not writable."; fi
if [ ! -d "$GF_PATHS_PLUGINS" ]; then mkdir "$GF_PATHS_PLUGINS"; fi
export HOME="$GF_PATHS_HOME"
exec grafana server --homepath="$GF_PATHS_HOME" --config="$GF_PATHS_CONFIG" --packaging=docker "$@"
EOF
ENV PATH=/usr/share/grafana/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENV GF_PATHS_CONFIG=/etc/grafana/grafana.ini
ENV GF_PATHS_DATA=/var/lib/grafana
ENV GF_PATHS_HOME=/usr/share/grafana
ENV GF_PATHS_LOGS=/var/log/grafana
ENV GF_PATHS_PLUGINS=/var/lib/grafana/plugins
ENV GF_PATHS_PROVISIONING=/etc/grafana/provisioning
WORKDIR /usr/share/grafana
EXPOSE 3000
USER 472
ENTRYPOINT ["/run.sh"]
