/** Who an image runs as, and whether it can do so without root. */
import type { ImageEntry } from '../../../src/images/index.ts';
import { derive } from '../../../src/learn/derive/derive.ts';
import { assert, suite } from '../../harness.ts';
import { configOf, treeOf, type TestFile } from '../images.ts';
import { BASE, learns, PROGRAM, REDIS, REDIS_CONFIG, type Layer } from './samples.ts';

suite('learn/derive: users', (test) => {
  test('an entrypoint that becomes another user when it is root: redis', () =>
    learns(
      REDIS,
      { ...REDIS_CONFIG, ExposedPorts: { '6379/tcp': {} } },
      {
        user: { default: '0', uid: 999, gid: 1000 },
        nonRoot: 'works',
        capabilitiesIfRoot: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'],
        readOnlyRootFilesystem: 'works',
        writable: [{ path: '/data', kind: 'data', why: 'VOLUME of the image; belongs to redis' }],
        needs: undefined,
        privilegedPorts: undefined,
        confidence: 'high',
      },
    ));

  test('one that becomes another user without asking who it is', () =>
    learns(
      { ...REDIS, 'usr/local/bin/docker-entrypoint.sh': { content: '#!/bin/sh\nexec su-exec redis "$@"\n', mode: 0o755 } },
      REDIS_CONFIG,
      {
        user: { default: '0' },
        nonRoot: 'impossible',
        capabilitiesIfRoot: ['SETGID', 'SETUID'],
        readOnlyRootFilesystem: 'likely',
      },
    ));

  test('one that does what only root can, and stays root', () =>
    learns(
      { ...BASE, 'run.sh': { content: '#!/bin/sh\nchown -R 33 /srv\nexec app\n', mode: 0o755 } },
      { Entrypoint: ['/run.sh'] },
      {
        user: { default: '0' },
        nonRoot: 'unknown',
        capabilitiesIfRoot: undefined,
      },
    ));

  const CLOSED: TestFile = { mode: 0o600 };
  const STARTS: readonly (readonly [script: string, files: Layer, nonRoot: ImageEntry['nonRoot']])[] = [
    ['key=$(cat /etc/app/key)', { 'etc/app/key': CLOSED }, 'impossible'],
    ['exec app < /etc/app/key', { 'etc/app/': { mode: 0o700 }, 'etc/app/key': {} }, 'impossible'],
    ['exec app /etc/app/key', { 'etc/app/key': {}, 'etc/app/other': CLOSED }, undefined],
    ['mkdir -p "$HOME/.config"', {}, 'unknown'],
    ['[ "$(id -u)" = 0 ] || mkdir -p "$HOME/.config"', {}, undefined],
  ];
  for (const [script, files, nonRoot] of STARTS)
    test(`root that runs ${script}`, () =>
      learns(
        { ...BASE, ...files, 'run.sh': { content: `#!/bin/sh\n${script}\n`, mode: 0o755 } },
        { Cmd: ['/run.sh'] },
        { nonRoot },
      ));

  test('a later PATH counts', () =>
    learns(
      { ...BASE, 'opt/app/run': { content: '#!/bin/sh\nchown 1 /x\n', mode: 0o755 } },
      { Cmd: ['run'], Env: ['PATH=/bin', 'PATH=/opt/app'] },
      { nonRoot: 'unknown' },
    ));

  test('one whose user is a variable', () =>
    learns(
      { ...BASE, 'run.sh': { content: '#!/bin/sh\n[ $(id -u) = 0 ] && exec gosu "$APP_USER" app\n', mode: 0o755 } },
      { Entrypoint: ['/run.sh'] },
      {
        nonRoot: 'unknown',
      },
    ));

  test('root without a sign that it needs root: left open, so that kharden judges it as before', () =>
    learns(
      { app: PROGRAM },
      { Entrypoint: ['/app'] },
      {
        user: { default: '0' },
        nonRoot: undefined,
        readOnlyRootFilesystem: 'likely',
        writable: undefined,
        notes: 'Built on scratch, without a shell.',
        confidence: 'medium',
      },
    ));

  const USERS: readonly (readonly [user: string, expected: ImageEntry['user']])[] = [
    ['node', { default: 'node', uid: 1000, gid: 1000 }],
    ['1000', { default: '1000', uid: 1000, gid: 1000 }],
    ['node:extra', { default: 'node:extra', uid: 1000, gid: 77 }],
    ['1000:5', { default: '1000:5', uid: 1000, gid: 5 }],
    ['nobody', { default: 'nobody' }],
    ['65532:nogroup', { default: '65532:nogroup' }],
  ];
  for (const [user, expected] of USERS)
    test(`USER ${user}`, () => learns({ ...BASE, app: PROGRAM }, { User: user, Cmd: ['/app'] }, { user: expected }));

  test('a number without a name: any other number works as well', () =>
    learns(
      { ...BASE, app: PROGRAM },
      { User: '65532', Cmd: ['/app'] },
      {
        user: { default: '65532', uid: 65532, gid: 0, arbitraryUid: true },
        nonRoot: 'works',
        readOnlyRootFilesystem: 'works',
      },
    ));

  test('a program that only root can run', () =>
    learns({ ...BASE, 'root/': { mode: 0o700 }, 'root/app': PROGRAM }, { Cmd: ['/root/app'] }, { nonRoot: 'impossible' }));

  test('sudo in the entrypoint', () =>
    learns(
      { ...BASE, 'run.sh': { content: '#!/bin/sh\nsudo chown node /x\n', mode: 0o755 } },
      { User: 'node', Entrypoint: ['/run.sh'] },
      {
        nonRoot: 'needs-change',
        needs: ['privilege-escalation'],
      },
    ));

  test('Windows takes nothing else', async () => {
    const { fields } = derive({ ...configOf(), os: 'windows' }, await treeOf({}));
    assert.equal(fields, { os: 'windows' });
  });
});
