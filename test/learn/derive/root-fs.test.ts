/** Where an image writes. */
import { suite } from '../../harness.ts';
import { BASE, learns, PROGRAM, type Layer } from './samples.ts';

suite('learn/derive: files', (test) => {
  test('a home folder with its skeleton is empty', () =>
    learns(
      { ...BASE, 'home/node/': { uid: 1000, mode: 0o700 }, 'home/node/.bashrc': { uid: 1000 }, 'app/server.js': {} },
      { User: 'node', Cmd: ['/bin/sh'] },
      {
        readOnlyRootFilesystem: 'works',
        writable: [{ path: '/home/node', kind: 'cache', why: 'belongs to node' }],
      },
    ));

  test('a program that its user can change: nothing is certain, and a volume would hide it', () =>
    learns(
      { ...BASE, 'app/': { uid: 1000 }, 'app/server.js': { uid: 1000 }, 'app/uploads/': { uid: 1000 } },
      { User: 'node', Cmd: ['/bin/sh'] },
      {
        readOnlyRootFilesystem: 'likely',
        writable: [
          { path: '/app', prepopulated: true, why: 'belongs to node; it has files of the image, which a volume would hide' },
          { path: '/app/uploads', why: 'empty, belongs to node' },
        ],
        confidence: 'medium',
      },
    ));

  test('folders of a group, and of everybody', () =>
    learns(
      {
        ...BASE,
        'srv/a/': { gid: 77, mode: 0o775 },
        'srv/b/': { mode: 0o777 },
        'srv/c/': { gid: 5, mode: 0o775 },
        'srv/d/': { uid: 1000, mode: 0o555 },
      },
      { User: 'node', Cmd: ['/bin/sh'] },
      {
        writable: [
          { path: '/srv/a', why: 'the group 77 may write to it' },
          { path: '/srv/b', why: 'everybody may write to it' },
        ],
      },
    ));

  test('variables that name folders, and VOLUME', () =>
    learns(
      { app: PROGRAM },
      { Cmd: ['/app'], Env: ['PATH=/bin', 'DATA_DIR=/var/lib/app', 'CONFIG_DIR=/etc/app'], Volumes: { '/media/': {} } },
      {
        writable: [
          { path: '/media', kind: 'data', why: 'VOLUME of the image' },
          { path: '/var/lib/app', why: 'DATA_DIR names it' },
        ],
        readOnlyRootFilesystem: 'likely',
      },
    ));

  test('folders for everybody in an image of root that shows no need of root', async () => {
    const files: Layer = { ...BASE, 'srv/open/': { mode: 0o1777 }, 'srv/full/': { mode: 0o777 }, 'srv/full/x': {} };
    const writable = [{ path: '/srv/open', why: 'everybody may write to it' }];
    await learns(files, { Cmd: ['/bin/sh'] }, { writable });
    const needy: Layer = { ...files, 'run.sh': { content: '#!/bin/sh\nchown 1 /x\n', mode: 0o755 } };
    await learns(needy, { Cmd: ['/run.sh'] }, { writable: undefined });
  });

  test('files in /tmp that its program needs', async () => {
    const files: Layer = { ...BASE, 'tmp/app/run': PROGRAM };
    await learns(files, { Cmd: ['/tmp/app/run'] }, { needs: ['sticky-tmp'] });
    await learns(files, { Cmd: ['/bin/sh', 'data=/tmp/app'] }, { needs: ['sticky-tmp'] });
    await learns(files, { Cmd: ['/bin/sh', 'data=/tmp/new'] }, { needs: undefined });
  });

  test('an entrypoint that makes users changes the image', () =>
    learns(
      { ...BASE, 'run.sh': { content: '#!/bin/sh\nuseradd app\nexec app\n', mode: 0o755 } },
      { Cmd: ['/run.sh'] },
      { nonRoot: 'unknown', readOnlyRootFilesystem: 'breaks' },
    ));

  test('a user that becomes root can write everywhere', () =>
    learns(
      {
        ...BASE,
        'srv/files/': {},
        'run.sh': { content: '#!/bin/sh\nsudo chown node /srv/files\nexec app data=/srv/files\n', mode: 0o755 },
      },
      { User: 'node', Cmd: ['/run.sh'] },
      {
        needs: ['privilege-escalation'],
        readOnlyRootFilesystem: 'likely',
        writable: [{ path: '/srv/files', why: 'data names it' }],
      },
    ));

  const ENVSUBST = '#!/bin/sh\nmkdir -p /run/app\nenvsubst < /app.tpl > /etc/app/app.conf\nexec "$@"\n';
  test('a script that writes among files of the image', () =>
    learns(
      { ...BASE, 'run.sh': { content: ENVSUBST, mode: 0o755 }, 'etc/app/other.conf': {} },
      { Entrypoint: ['/run.sh'], Cmd: ['/bin/sh'] },
      {
        needs: ['config'],
        writable: [
          {
            path: '/etc/app',
            kind: 'config',
            prepopulated: true,
            why: 'its entrypoint runs > /etc/app/app.conf; it has files of the image, which a volume would hide',
          },
          { path: '/run/app', kind: 'run', why: 'its entrypoint runs mkdir /run/app' },
        ],
      },
    ));

  test('scripts in a folder that the entrypoint names', () =>
    learns(
      {
        ...BASE,
        'run.sh': { content: '#!/bin/sh\nfor f in /docker-entrypoint.d/*; do "$f"; done\nexec "$@"\n', mode: 0o755 },
        'docker-entrypoint.d/10-cert.sh': { content: '#!/bin/sh\nopenssl req -out /certs/tls.crt\n', mode: 0o755 },
      },
      { Entrypoint: ['/run.sh'], Cmd: ['/bin/sh'] },
      { writable: [{ path: '/certs', why: 'its entrypoint runs openssl -out /certs/tls.crt' }] },
    ));

  test('no /tmp, and one that is filled', async () => {
    await learns({ app: PROGRAM }, { User: '65532', Cmd: ['/app'] }, { writesTmp: false, readOnlyRootFilesystem: 'works' });
    await learns(
      { ...BASE, 'tmp/left': {} },
      { User: 'node', Cmd: ['/bin/sh'] },
      {
        writesTmp: undefined,
        notes:
          'Programs with file capabilities that it does not start by itself: /usr/bin/ping (NET_RAW). The image has files in /tmp, which a volume there hides. Built on Debian GNU/Linux 12 (bookworm).',
      },
    );
  });
});
