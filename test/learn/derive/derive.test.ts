/** What else an image shows about itself: ports, capabilities, what it is built on and started by. */
import { assert, suite } from '../../harness.ts';
import { fileCapability } from '../images.ts';
import { BASE, learn, learns, PROGRAM, REDIS, REDIS_CONFIG, type Layer } from './samples.ts';

suite('learn/derive: ports, capabilities, kinds', (test) => {
  test('ports below 1024: exposed, or told', async () => {
    await learns(
      { app: PROGRAM },
      { User: '1', Cmd: ['/app'], ExposedPorts: { '443/tcp': {}, '80/tcp': {}, '8080/tcp': {} } },
      {
        privilegedPorts: [80, 443],
        needs: ['low-port'],
        nonRoot: 'needs-change',
      },
    );
    await learns({ app: PROGRAM }, { User: '1', Cmd: ['/app', '--port=81'] }, { privilegedPorts: [81] });
  });

  test('capabilities of the program that it starts', () =>
    learns(
      { ...BASE, 'usr/bin/vault': { mode: 0o755, capability: fileCapability([14, 7]) } },
      { User: 'node', Cmd: ['vault'] },
      {
        fileCaps: ['SETUID', 'IPC_LOCK'],
        fileCapsOn: ['/usr/bin/vault'],
        needs: ['file-cap'],
        nonRoot: 'needs-change',
      },
    ));

  test('capabilities that do not have to be there', () =>
    learns(
      { app: { mode: 0o755, capability: fileCapability([10], false) } },
      { User: '1', Cmd: ['/app'] },
      {
        fileCaps: undefined,
        notes:
          'Programs with file capabilities that it does not start by itself: /app (NET_BIND_SERVICE). Built on scratch, without a shell.',
      },
    ));

  const INITS: readonly (readonly [entrypoint: string[], files: Layer, notes: RegExp])[] = [
    [['/sbin/tini', '--', '/app'], { 'sbin/tini': PROGRAM, app: PROGRAM }, /Started by tini\./],
    [['/init'], { init: PROGRAM, 'etc/s6-overlay/x': {} }, /Started by s6-overlay\./],
    [['supervisord', '-n'], { 'usr/bin/supervisord': PROGRAM }, /Started by supervisord\./],
    [['/app'], { app: PROGRAM, 'var/lib/dpkg/status.d/base': {} }, /Built on distroless, without a shell\./],
    [['/gone'], {}, /Its program was not found in it\./],
  ];
  for (const [entrypoint, files, notes] of INITS)
    test(entrypoint.join(' '), async () =>
      assert.match((await learn(files, { Entrypoint: entrypoint })).fields.notes ?? '', notes),
    );

  test('each field has its reason', async () => {
    const { fields, reasons } = await learn(REDIS, { ...REDIS_CONFIG, ExposedPorts: { '80/tcp': {} } });
    const own = new Set(['notes', 'confidence', ...Object.keys(reasons)]);
    assert.equal(
      Object.keys(fields).filter((key) => !own.has(key)),
      [],
    );
    assert.is(reasons.nonRoot, 'its entrypoint runs chown, gosu only when it is root, and then becomes redis');
  });
});
