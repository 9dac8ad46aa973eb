/**
 * Images of real programs: Debian packages, a Go program, a Node and a Python program, each with the users, folders and entrypoint
 * that its Dockerfile gives it. The entrypoints do what those of the Docker Official Images do, in our words.
 */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestFile } from '../learn/images.ts';
import { run, type Sample } from './learn-build.ts';

const STEPS_DOWN = (user: string, folder: string): string => `#!/bin/sh
set -e
if [ "$(id -u)" = 0 ]; then
  find ${folder} '!' -user ${user} -exec chown ${user} '{}' +
  exec gosu ${user} "$0" "$@"
fi
exec "$@"
`;
const PASSES_ON = '#!/bin/sh\nset -e\ncase "$1" in -*) set -- "$NAME" "$@" ;; esac\nexec "$@"\n';
const RUNS_SCRIPTS = `#!/bin/sh
set -e
for script in /docker-entrypoint.d/*.sh; do "$script"; done
exec "$@"
`;
const FILLS_TEMPLATES = `#!/bin/sh
set -e
[ -d /etc/nginx/templates ] || exit 0
for template in /etc/nginx/templates/*; do envsubst < "$template" > "/etc/nginx/conf.d/\${template##*/}"; done
`;

/** A file that can be run. */
function script(content: string): TestFile {
  return { content, mode: 0o755 };
}

function users(...lines: readonly string[]): Readonly<Record<string, TestFile>> {
  const all = ['root:x:0:0:root:/root:/bin/sh', ...lines.map((line) => `${line}:/bin/sh`)];
  return { 'etc/passwd': { content: `${all.join('\n')}\n` } };
}

/** By the name of the repository. */
export const SAMPLES: Readonly<Record<string, Sample>> = {
  redis: {
    known: { repository: 'library/redis', tag: '7.0' },
    packages: ['redis-server', 'redis-tools'],
    files: {
      ...users('redis:x:999:999::/data'),
      'data/': { uid: 999, gid: 999 },
      'usr/local/bin/docker-entrypoint.sh': script(STEPS_DOWN('redis', '.')),
    },
    config: {
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['redis-server'],
      WorkingDir: '/data',
      Volumes: { '/data': {} },
      ExposedPorts: { '6379/tcp': {} },
    },
  },
  memcached: {
    known: { repository: 'library/memcached', tag: '1.6' },
    packages: ['memcached'],
    files: { ...users('memcache:x:11211:11211::/home/memcache'), 'usr/local/bin/docker-entrypoint.sh': script(PASSES_ON) },
    config: { User: 'memcache', Entrypoint: ['docker-entrypoint.sh'], Cmd: ['memcached'], ExposedPorts: { '11211/tcp': {} } },
  },
  postgres: {
    known: { repository: 'library/postgres', tag: '15' },
    packages: ['postgresql-15'],
    files: {
      ...users('postgres:x:999:999::/var/lib/postgresql'),
      'var/lib/postgresql/': { uid: 999, gid: 999 },
      'var/lib/postgresql/data/': { uid: 999, gid: 999, mode: 0o1777 },
      'var/run/postgresql/': { uid: 999, gid: 999, mode: 0o3777 },
      'usr/local/bin/docker-entrypoint.sh': script(STEPS_DOWN('postgres', '"$PGDATA"')),
    },
    config: {
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['postgres'],
      Env: ['PATH=/usr/local/bin:/usr/bin:/bin:/usr/lib/postgresql/15/bin', 'PGDATA=/var/lib/postgresql/data'],
      Volumes: { '/var/lib/postgresql/data': {} },
      ExposedPorts: { '5432/tcp': {} },
    },
  },
  rabbitmq: {
    known: { repository: 'library/rabbitmq', tag: '3.10' },
    packages: ['rabbitmq-server'],
    files: {
      ...users('rabbitmq:x:999:999::/var/lib/rabbitmq'),
      'var/lib/rabbitmq/': { uid: 999, gid: 999, mode: 0o777 },
      'var/log/rabbitmq/': { uid: 999, gid: 999, mode: 0o777 },
      'etc/rabbitmq/': { uid: 999, gid: 999, mode: 0o777 },
      'etc/rabbitmq/conf.d/10-defaults.conf': { content: 'log.console = true\n', uid: 999, gid: 999 },
      'usr/local/bin/docker-entrypoint.sh': script(STEPS_DOWN('rabbitmq', '/var/lib/rabbitmq')),
    },
    config: {
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['rabbitmq-server'],
      Env: ['PATH=/usr/local/bin:/usr/sbin:/usr/bin:/bin', 'HOME=/var/lib/rabbitmq'],
      Volumes: { '/var/lib/rabbitmq': {} },
      ExposedPorts: { '5672/tcp': {}, '4369/tcp': {} },
    },
  },
  haproxy: {
    known: { repository: 'library/haproxy', tag: '2.6' },
    packages: ['haproxy'],
    files: {
      ...users('haproxy:x:99:99::/var/lib/haproxy'),
      'var/lib/haproxy/': { uid: 99, gid: 99 },
      'usr/local/bin/docker-entrypoint.sh': script(PASSES_ON),
    },
    config: {
      User: 'haproxy',
      WorkingDir: '/var/lib/haproxy',
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['haproxy', '-f', '/usr/local/etc/haproxy/haproxy.cfg'],
    },
  },
  nginx: {
    known: { repository: 'library/nginx', tag: '1.22' },
    packages: ['nginx'],
    files: {
      ...users('nginx:x:101:101::/nonexistent'),
      'docker-entrypoint.sh': script(RUNS_SCRIPTS),
      'docker-entrypoint.d/20-envsubst-on-templates.sh': script(FILLS_TEMPLATES),
      'etc/nginx/conf.d/default.conf': { content: 'server { listen 80; }\n' },
    },
    config: { Entrypoint: ['/docker-entrypoint.sh'], Cmd: ['nginx', '-g', 'daemon off;'], ExposedPorts: { '80/tcp': {} } },
  },
  httpd: {
    known: { repository: 'library/httpd', tag: '2.4' },
    packages: ['apache2-bin'],
    files: {
      ...users('www-data:x:33:33::/var/www'),
      'usr/local/bin/httpd-foreground': script(
        '#!/bin/sh\nset -e\nrm -f /usr/local/apache2/logs/httpd.pid\nexec apache2 -DFOREGROUND "$@"\n',
      ),
      'usr/local/apache2/logs/': {},
    },
    config: { Cmd: ['httpd-foreground'], ExposedPorts: { '80/tcp': {} } },
  },
  'go-app': {
    build: (folder) => {
      writeFileSync(
        join(folder, 'main.go'),
        'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n',
      );
      run('go', ['build', '-o', 'app', 'main.go'], folder, { CGO_ENABLED: '0' });
      run('rm', ['main.go'], folder);
    },
    config: { User: '65532:65532', Entrypoint: ['/app'], ExposedPorts: { '8080/tcp': {} } },
  },
  'python-app': {
    packages: ['python3.11-minimal'],
    files: {
      ...users('app:x:1000:1000::/home/app'),
      'home/app/': { uid: 1000, gid: 1000 },
      'home/app/.profile': { uid: 1000 },
      'app/main.py': { content: 'print(1)\n' },
    },
    config: { User: 'app', WorkingDir: '/app', Cmd: ['python3.11', 'main.py'] },
  },
  'node-app': {
    build: (folder) => {
      mkdirSync(join(folder, 'usr/local/bin'), { recursive: true });
      copyFileSync(process.execPath, join(folder, 'usr/local/bin/node'));
    },
    files: {
      ...users('node:x:1000:1000::/home/node'),
      'home/node/': { uid: 1000 },
      'app/': { uid: 1000 },
      'app/server.js': { uid: 1000, content: '1\n' },
      'app/uploads/': { uid: 1000 },
    },
    config: { User: 'node', WorkingDir: '/app', Entrypoint: ['node', 'server.js'] },
    pack: 'zstd',
  },
};
