/** What Dockerfiles say about users, folders, ports and capabilities, and what they leave open. */
import type { ImageEntry } from '../../src/images/index.ts';
import { createImageLookup } from '../../src/images/index.ts';
import { readDockerfiles } from '../../src/dockerfile/index.ts';
import { parseImageReference } from '../../src/kubernetes/image-reference.ts';
import { assert, suite } from '../harness.ts';

const ORDER = 'services: {a: {image: r.io/shop/cart, build: .}, b: {image: r.io/shop/base, build: base}}';

/** What is known of an image that is built from a Dockerfile, beside other files. */
function known(dockerfile: string, others: Readonly<Record<string, string>> = {}) {
  const files = { 'compose.yaml': ORDER, Dockerfile: dockerfile, ...others };
  const sources = Object.entries(files).map(([path, text]) => ({ path, text, objects: () => [] }));
  const reference = parseImageReference('r.io/shop/cart');
  const found = reference && readDockerfiles(sources, createImageLookup([]), [])?.named(reference);
  if (!found) throw new Error('nothing is known');
  return found;
}

function userOf(dockerfile: string, others?: Readonly<Record<string, string>>): string {
  const { user, nonRoot } = known(dockerfile, others);
  return [user.default ?? '?', user.uid ?? '?', user.gid ?? '?', nonRoot ?? 'not shown'].join(' ');
}

function volumesOf({ writable = [] }: Pick<ImageEntry, 'writable'>): string {
  return writable.map(({ path, prepopulated }) => (prepopulated ? `(${path})` : path)).join(' ');
}

const USERS: Readonly<Record<string, string>> = {
  'FROM scratch\nUSER 65532': '65532 65532 0 works',
  'FROM scratch\nUSER 65532:5': '65532:5 65532 5 works',
  'FROM debian\nRUN useradd -u 1001 app\nUSER app': 'app 1001 1001 works',
  'FROM debian\nRUN groupadd -g 5 g && useradd --uid=1001 --gid g --no-create-home app\nUSER app': 'app 1001 5 works',
  'FROM alpine\nRUN addgroup -S app && adduser -S -G app app\nUSER app': 'app 100 101 works',
  'FROM alpine\nRUN apk add --no-cache nginx && adduser -S app\nUSER app': 'app ? ? unknown',
  'FROM alpine\nRUN apk add curl && adduser -D app\nUSER app': 'app 1000 1000 works',
  'FROM node:22\nUSER node': 'node 1000 1000 works',
  'FROM node:22\nRUN useradd app\nUSER app': 'app 1001 1001 works',
  'FROM ubuntu\nRUN useradd app\nUSER app': 'app ? ? unknown',
  'FROM gcr.io/distroless/static:nonroot\nENTRYPOINT ["/x"]': '65532 65532 65532 works',
  'FROM mcr.microsoft.com/dotnet/aspnet:9.0\nUSER $APP_UID\nENTRYPOINT ["dotnet", "a.dll"]': '1654 1654 1654 works',
  'FROM debian AS a\nRUN useradd -u 7 app\nFROM scratch\nCOPY --from=a /etc/passwd /etc/\nUSER app': 'app 7 7 works',
  'ARG U=7\nFROM debian\nARG U\nUSER ${U}': '7 7 0 works',
  'FROM debian\nARG U\nUSER ${U}': '? ? ? unknown',
  'FROM debian\nUSER app': 'app ? ? unknown',
  'FROM r.io/private/base\nCMD ["x"]': '? ? ? unknown',
  'FROM r.io/private/base\nUSER 7': '7 7 0 works',
  'FROM ${BASE}\nCMD ["x"]': '? ? ? unknown',
  'FROM python:3\nCMD ["python", "a.py"]': '0 ? ? not shown',
  'FROM grafana/grafana\nUSER root': '0 ? ? unknown',
  'FROM node:22\nCMD ["node", "a.js"]': '0 ? ? not shown',
  'FROM debian\nUSER 7\nUSER root\nCMD ["x"]': '0 ? ? not shown',
  'FROM debian AS a\nUSER 7\nFROM a\nCMD ["x"]': '7 7 0 works',
  'FROM debian\nCMD chown x /y && exec x': '0 ? ? unknown',
  'FROM debian\nRUN chmod 600 /etc/x/key\nCMD x "$(cat /etc/x/key)"': '0 ? ? impossible',
  'FROM debian\nRUN chmod -R go-rwx /etc/x\nCMD x </etc/x/key': '0 ? ? impossible',
  'FROM debian AS a\nRUN chmod 600 /key\nFROM debian\nCOPY --from=a /key /etc/\nCMD ["x", "/etc/key"]': '0 ? ? impossible',
  'FROM debian\nCOPY --chmod=400 key /etc/key\nCMD ["x", "/etc/key"]': '0 ? ? impossible',
  'FROM debian\nRUN chmod 600 /etc/x/key && chmod -R a+rX /etc/x\nCMD ["x", "/etc/x/key"]': '0 ? ? not shown',
  'FROM debian\nRUN chmod 600 /etc/x/key && chmod u+x /etc/x/key\nCMD ["x", "/etc/x/key"]': '0 ? ? impossible',
  'FROM debian\nRUN chmod 640 /etc/x/key && chmod 644 /etc/x/a\nCMD ["x", "/etc/x/a"]': '0 ? ? not shown',

  'FROM debian\nRUN apt-get install gosu\nCOPY entrypoint.sh /\nENTRYPOINT ["/entrypoint.sh"]': '0 ? ? unknown',
};

const FOLDERS: Readonly<Record<string, string>> = {
  'FROM scratch\nVOLUME ["/a", "/b"]\nUSER 7\nCMD ["/x"]': '/a /b works',
  'FROM debian\nRUN mkdir -p /a /b && chown 7 /a\nUSER 7\nCMD ["x"]': '/a works',
  'FROM debian\nRUN mkdir /a\nRUN chown 7 /a\nCOPY . /a\nUSER 7\nCMD ["x"]': '(/a) likely',
  'FROM debian\nCOPY --chown=7 . /a\nUSER 7\nCMD ["x"]': '(/a) likely',
  'FROM debian\nRUN chown -R 7 /usr/share/x\nUSER 7\nCMD ["x"]': '(/usr/share/x) likely',
  'FROM debian\nRUN chown -R 7 /srv/*\nUSER 7\nCMD ["x"]': ' likely',
  'FROM debian\nRUN install -d -o 7 /a && chmod 1777 /var/b\nUSER 7\nCMD ["x"]': '/a (/var/b) likely',
  'FROM debian\nRUN mkdir /a && chgrp 0 /a && chmod g=u /a\nUSER 7\nCMD ["x"]': '/a works',
  'FROM debian\nRUN mkdir -p /etc/x && chown 7 /etc/x\nUSER 7\nCMD ["x"]': '(/etc/x) likely',
  'FROM debian\nRUN mkdir /a && chown 7 /a\nWORKDIR /a\nRUN make\nUSER 7\nCMD ["x"]': '(/a) likely',
  'FROM debian\nCMD ["x", "log=/var/log/x/a.log", "data=/opt/x/state", "conf=/etc/x"]': '/opt/x/state /var/log/x likely',
  'FROM debian\nRUN mkdir /a /b && chmod 1777 /a\nCMD ["x"]': '/a likely',
  'FROM debian\nRUN mkdir /a && chmod 777 /a\nCOPY . /a\nCMD ["x"]': ' likely',
  'FROM debian\nRUN chmod 777 /var/b\nCMD ["x"]': ' likely',
  'FROM debian\nRUN mkdir /a && chmod 777 /a\nCMD chown x /y && exec x': ' likely',
  'FROM debian\nCMD useradd app && exec setpriv --reuid app x': ' breaks',
  'FROM debian\nUSER 7\nCMD sudo chown 7 /a && exec x --data=/a': '/a likely',
  'FROM debian\nENV DATA_DIR=/var/lib/x\nUSER 7\nCMD ["x", "--log-dir", "/logs"]': '/logs /var/lib/x works',
  'FROM nginx:1.29\nCOPY a /etc/nginx/conf.d/': '(/etc/nginx/conf.d) /var/cache/nginx /var/run works',
};

suite('dockerfile/derive', (test) => {
  for (const [text, expected] of Object.entries(USERS)) test(`user: ${text}`, () => assert.is(userOf(text), expected));
  for (const [text, expected] of Object.entries(FOLDERS))
    test(`folders: ${text}`, () => {
      const found = known(text);
      const writable = found.writable
        .filter(({ path }) => path !== '/tmp')
        .toSorted((left, right) => (left.path < right.path ? -1 : 1));
      assert.is(`${volumesOf({ writable })} ${found.readOnlyRootFilesystem}`, expected);
    });

  test('ports and capabilities', () => {
    const found = known(
      'FROM debian AS b\nRUN setcap cap_net_bind_service=+ep /x\nFROM scratch\nCOPY --from=b /x /y\nEXPOSE 80 443/tcp 8080\nUSER 7\nCMD ["/y"]',
    );
    assert.equal(
      [found.privilegedPorts, found.fileCaps, found.fileCapsOn, found.nonRoot],
      [[80, 443], ['NET_BIND_SERVICE'], ['/y'], 'needs-change'],
    );
  });
  test('another Dockerfile of the repository', () => {
    assert.is(userOf('FROM r.io/shop/base:2\nCMD ["x"]', { 'base/Dockerfile': 'FROM debian\nUSER 7' }), '7 7 0 works');
    assert.is(userOf('FROM r.io/shop/base:2', { 'base/Dockerfile': 'FROM r.io/shop/cart' }), '? ? ? unknown');
  });
  test('an entrypoint that gives up root, read from the repository', () => {
    const script = '#!/bin/sh\nif [ "$(id -u)" = 0 ]; then chown -R 9 /a; exec gosu 9 "$0" "$@"; fi\nexec "$@"\n';
    const text = 'FROM debian\nCOPY run/*.sh /usr/local/bin/\nENTRYPOINT ["start.sh"]\nCMD ["x"]';
    assert.is(userOf(text, { 'run/start.sh': script }), '0 9 0 works');
    assert.is(
      userOf(text, { 'run/start.sh': script.replace('if [ "$(id -u)" = 0 ]; then', 'if true; then') }),
      '0 ? ? impossible',
    );
  });
  test('a home folder of root that a script writes to', () => {
    const text = 'FROM debian\nCOPY start.sh /\nCMD ["/start.sh"]';
    const of = (script: string, docker = text) => userOf(docker, { 'start.sh': `#!/bin/sh\n${script}\n` });
    assert.is(of('mkdir -p "$HOME/.config"'), '0 ? ? unknown');
    assert.is(of('mkdir -p "$HOME/.config"', text.replace('COPY', 'ENV HOME=/tmp\nCOPY')), '0 ? ? not shown');
    assert.is(of('[ $(id -u) = 0 ] || mkdir -p "$HOME/.config"'), '0 ? ? not shown');
    assert.is(of('mkdir -p "$HOME/.config"', text.replace('COPY', 'USER 7\nCOPY')), '7 7 0 works');
  });
  test('files in /tmp that the program needs', () => {
    const needs = (command: string) => known(`FROM debian\nCOPY x /tmp/x/run\nRUN mkdir /tmp/y\nCMD ${command}`).needs;
    assert.equal(needs('["/tmp/x/run"]'), ['sticky-tmp']);
    assert.equal(needs('["run", "--files=/tmp/x"]'), ['sticky-tmp']);
    assert.equal([needs('["x", "--files=/tmp/y"]'), needs('["x"]')], [[], []]);
  });
  test('a base that goes on running keeps what is known about it', () => {
    const found = known('FROM redis:7\nCOPY redis.conf /etc/\nCMD ["redis-server", "/etc/redis.conf"]');
    assert.equal([found.user.uid, found.nonRoot, found.readOnlyRootFilesystem], [999, 'works', 'works']);
    assert.is(known('FROM nginx:1.29\nCMD exec nginx -g "daemon off;"').nonRoot, 'needs-change');
    assert.is(known('FROM nginx:1.29\nENTRYPOINT ["/x"]').nonRoot, undefined);
  });
  test('what is said, and by whom', () => {
    const { built } = known('FROM debian\nVOLUME /a\nEXPOSE 80\nUSER 7\n');
    assert.is(built?.because, 'Dockerfile Dockerfile:4 says USER 7, line 3 EXPOSE 80, line 2 VOLUME /a, named in compose.yaml');
  });
  test('several Dockerfiles: what they agree on', () => {
    const order = 'services: {a: {image: r.io/shop/cart, build: .}, b: {image: r.io/shop/cart, build: base}}';
    const both = (other: string) => known('FROM debian\nUSER 7\nVOLUME /a', { 'compose.yaml': order, 'base/Dockerfile': other });
    const same = both('FROM debian\nUSER 7\nVOLUME /b');
    assert.equal([same.user.uid, same.nonRoot, volumesOf(same)], [7, 'works', '/a /tmp /b']);
    const different = both('FROM debian\nUSER 8\n');
    assert.equal([different.user.uid, different.nonRoot], [undefined, 'unknown']);
    assert.is(different.built?.open, 'may be built from Dockerfile or from base/Dockerfile, whose users differ');
  });
});
