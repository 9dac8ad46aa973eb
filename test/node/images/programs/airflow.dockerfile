# image: docker.io/apache/airflow:2.10.2
# source: apache/airflow@424b6e9c055e:scripts/docker/entrypoint_prod.sh
# source: apache/airflow@0060b1a446d0:Dockerfile
# A small program with the same files stands for Airflow.
FROM python
RUN <<EOF
apt-get install -y dumb-init
useradd --uid 50000 --gid 0 --home-dir /home/airflow --create-home airflow
mkdir -p /opt/airflow/dags /opt/airflow/logs /home/airflow/.local/bin
chown -R airflow:0 /opt/airflow /home/airflow
chmod -R g=u /opt/airflow /home/airflow /etc/passwd
EOF
COPY --chmod=755 <<'EOF' /home/airflow/.local/bin/airflow
#!/usr/bin/env python3
"""Writes its configuration and a data base into AIRFLOW_HOME, logs there, and serves its state."""
import http.server, os, sqlite3, sys, tempfile, time

home = os.environ["AIRFLOW_HOME"]
if not os.path.exists(home + "/airflow.cfg"):
    with open(home + "/airflow.cfg", "w") as file:
        file.write("[core]\n")
base = sqlite3.connect(home + "/airflow.db")
base.execute("CREATE TABLE IF NOT EXISTS run (at REAL)")
base.commit()
tempfile.mkdtemp()
command = sys.argv[1] if len(sys.argv) > 1 else ""
if command == "db":
    sys.exit(0)
os.makedirs(home + "/logs/" + command, exist_ok=True)
with open(home + "/logs/" + command + "/latest.log", "a") as file:
    file.write(f"{time.time()} started\n")
print("started as", os.getuid(), os.getgid(), flush=True)

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"scheduler": {"status": "healthy"}, "dags": "%s"}' % " ".join(os.listdir(home + "/dags")).encode())

http.server.HTTPServer(("", 8080), Handler).serve_forever()
EOF
COPY --chmod=755 <<'EOF' /entrypoint
#!/usr/bin/env bash
set -euo pipefail
if [ "$(id -g)" != 0 ] && [ "$(id -u)" != 50000 ]; then
  echo 'ERROR! You should run the image with GID=0' >&2
  exit 1
fi
umask 0002
if ! whoami >/dev/null 2>&1; then
  if [ -w /etc/passwd ]; then echo "default:x:$(id -u):0:default user:/home/airflow:/sbin/nologin" >>/etc/passwd; fi
  export HOME=/home/airflow
fi
airflow db check
if [ "${1:-}" = bash ] || [ "${1:-}" = python ]; then exec "$@"; fi
if [ "${1:-}" = airflow ]; then shift; fi
exec airflow "$@"
EOF
RUN chmod -R g=u /home/airflow/.local
ENV AIRFLOW_HOME=/opt/airflow
ENV PATH=/home/airflow/.local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
VOLUME ["/opt/airflow/logs"]
WORKDIR /opt/airflow
EXPOSE 8080
USER 50000
ENTRYPOINT ["/usr/bin/dumb-init", "--", "/entrypoint"]
