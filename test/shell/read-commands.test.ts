import { suite, assert } from '../harness.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { commandName } from '../../src/shell/command.ts';
import { readCommands } from '../../src/shell/read-commands.ts';

/** Command lines that run nothing but themselves. */
const PLAIN: readonly (readonly string[])[] = [
  ['nginx', '-g', 'daemon off;'],
  ['sh'],
  ['sh', '/scripts/chown.sh'],
  ['bash', '--login'],
  ['python3', '-c', 'import os; os.mount()'],
  ['command', '-v', 'apt-get'],
  ['kubectl', 'exec', 'pod', '--', 'chown', 'x'],
  ['ssh', 'host', 'chown x'],
  ['echo', 'a; mount /x'],
  ['find', '/', '-name', 'mount'],
  ['su', 'redis'],
  ['trap'],
  ['env'],
  ['timeout', '5'],
  ['bash', '--config', 'a; b'],
  ['bash', 'x', '-c', 'a'],
  ['bash', '-o', '-c', 'a'],
  ['sh', '+c', 'a b'],
  ['find', '.', '-x-exec', 'a', '-executable'],
  ['sudo', 'A=1'],
  ['eval'],
];

/** A command line and the commands inside it, outer ones first. */
const NESTED: readonly (readonly [line: readonly string[], inner: readonly string[]])[] = [
  [
    ['sh', '-c', 'a b; c'],
    ['a b', 'c'],
  ],
  [['/bin/bash', '-c', 'a'], ['a']],
  [['bash', '-euxo', 'pipefail', '-c', 'a'], ['a']],
  [['bash', '-o', 'pipefail', '-ec', 'a', 'b; c'], ['a']],
  [
    ['sh', '-c', '-x', '-e', 'a\nb'],
    ['a', 'b'],
  ],
  [['bash', '-lc', '--', 'a'], ['a']],
  [['bash', '--rcfile', '/x', '-c', 'a'], ['a']],
  [['bash', '--init-file', '/x', '-c', 'a'], ['a']],
  [['bash', '+O', 'extglob', '-c', 'a'], ['a']],
  [['bash', '-o', '-c', '-c', 'a'], ['a']],
  [
    ['find', '/', '-execdir', 'a', '{}', ';', '-okdir', 'b', '-exec', ';', '-exec', 'c', '+'],
    ['a {}', 'b -exec', 'c'],
  ],
  [
    ['sh', '-c', 'tee /a <<E\n#! /bin/sh -e\na\nE'],
    ['tee /a', 'a'],
  ],
  [
    ['sh', '-c', 'tee x > /a > /b.sh <<E\na\nE'],
    ['tee x', 'a'],
  ],
  [['sh', '-c', 'less <<E\n#!/bin/sh\na\nE'], ['less']],
  [['sh', '-c', 'cat <<E\n# #!/bin/sh\na\nE'], ['cat']],
  [['sh', '-c', 'cat <<E\n#!/usr/bin/shfmt\na\nE'], ['cat']],
  [
    ['busybox', 'sh', '-c', 'a'],
    ['sh -c a', 'a'],
  ],
  [
    ['sh', '-c', 'sh -c "a && b"'],
    ['sh -c a && b', 'a', 'b'],
  ],
  [
    ['sh', '-c', 'bash <<E\na\nE'],
    ['bash', 'a'],
  ],
  [
    ['sh', '-c', 'exec sudo sh -s <<E\na\nE'],
    ['exec sudo sh -s', 'sudo sh -s', 'sh -s', 'a'],
  ],
  [
    ['sh', '-c', "cat > /tmp/a.sh <<'E'\na\nE\nsh /tmp/a.sh"],
    ['cat', 'a', 'sh /tmp/a.sh'],
  ],
  [
    ['sh', '-c', 'cat > /tmp/a <<E\n#!/bin/bash\na\nE'],
    ['cat', 'a'],
  ],
  [['sh', '-c', 'cat > /etc/a.conf <<E\na\nE'], ['cat']],
  [
    ['sh', '-c', 'eval "a b" c; trap "d" EXIT'],
    ['eval a b c', 'a b c', 'trap d EXIT', 'd'],
  ],
  [['sudo', '-E', '-u', 'root', 'a', '-b'], ['a -b']],
  [['sudo', 'X=1', 'a'], ['a']],
  [['env', '-i', '-u', 'X', 'A=1', 'B=2', 'a'], ['a']],
  [
    ['nice', '-n', '5', 'nohup', 'a'],
    ['nohup a', 'a'],
  ],
  [['nice', '-n5', 'a'], ['a']],
  [['timeout', '-s', 'KILL', '--kill-after=5', '10', 'a'], ['a']],
  [['xargs', '-0', '-rn', '1', '-I', '{}', 'a', '{}'], ['a {}']],
  [['tini', '-g', '--', 'a'], ['a']],
  [['dumb-init', '--rewrite', '15:2', 'a'], ['a']],
  [['/docker-entrypoint.sh', 'a', 'b'], ['a b']],
  [['gosu', 'redis:redis', 'a'], ['a']],
  [['su-exec', '1000', 'a'], ['a']],
  [['setpriv', '--reuid', '1000', '--regid=1000', '--clear-groups', 'a'], ['a']],
  [['su', '-p', '-c', 'a "b"', 'vitess'], ['a b']],
  [['su', '-', 'redis', '-s', '/bin/sh', '-c', 'a'], ['a']],
  [['runuser', '-u', 'redis', '--', 'a'], ['a']],
  [
    ['chroot', '/host', 'bash', '-c', 'a'],
    ['bash -c a', 'a'],
  ],
  [['nsenter', '-t', '1', '-m', '-n', '--', 'a'], ['a']],
  [['flock', '-w', '5', '/lock', 'a'], ['a']],
  [
    ['flock', '/lock', '-c', 'a; b'],
    ['a', 'b'],
  ],
  [['python3.11', '-m', 'pip', 'install'], ['pip install']],
  [['wait-for-it.sh', 'db:5432', '-t', '30', '--', 'a'], ['a']],
  [
    ['find', '/', '-exec', 'a', '{}', '+', '-o', '-ok', 'b', ';'],
    ['a {}', 'b'],
  ],
];

/** Containers, and each command with the place where it is written. */
const CONTAINERS: readonly (readonly [container: JsonObject, commands: readonly string[]])[] = [
  [{}, []],
  [{ command: [], args: null }, []],
  [{ command: 'sh -c a', args: { 0: 'b' } }, []],
  [{ command: [1, 'a', null] }, ['a @ /command/1']],
  [{ command: ['sh', '-c'], args: ['a; b'] }, ['sh -c a; b @ /command/0', 'a @ /args/0', 'b @ /args/0']],
  [{ command: ['tini', '--'], args: ['a', 'b'] }, ['tini -- a b @ /command/0', 'a b @ /args/0']],
  [{ args: ['a', '--b'] }, ['a --b @ /args/0']],
  [{ args: ['-ec', 'a b'] }, ['sh -ec a b @ /args/0', 'a b @ /args/1']],
  [{ args: ['-c', '/etc/app.yaml'] }, ['-c /etc/app.yaml @ /args/0']],
  [{ args: ['x-c', 'a b'] }, ['x-c a b @ /args/0']],
  [{ args: ['-cx', 'a b'] }, ['-cx a b @ /args/0']],
  [{ args: ['--c', 'a b'] }, ['--c a b @ /args/0']],
  [{ args: ['-c'] }, ['-c @ /args/0']],
  [{ command: ['run'], args: ['-c', 'a b'] }, ['run -c a b @ /command/0']],
  [{ script: 'a\nb', args: ['c'] }, ['a @ /script', 'b @ /script']],
  [
    { script: '\n#!/usr/bin/env bash\na $(params.b) "$(results.c-d.path)"; e $(f)' },
    ['a $PARAM $PARAM @ /script', 'e $() @ /script', 'f @ /script'],
  ],
  [{ script: '#!/bin/sh -e\nsudo a' }, ['sudo a @ /script', 'a @ /script']],
  [{ script: '#!/usr/bin/env python3\nprint(1)' }, ['/usr/bin/env python3 @ /script', 'python3 @ /script']],
  [{ script: '' }, []],
  [{ command: ['/bin/bash'], source: 'a; b' }, ['a @ /source', 'b @ /source']],
  [{ command: ['python'], source: 'a' }, ['python @ /command/0']],
  [{ source: 'a' }, []],
  [
    {
      command: ['a'],
      lifecycle: { preStop: { exec: { command: ['c'] } }, postStart: { exec: { command: ['sh', '-c', 'b'] } } },
      livenessProbe: { exec: { command: ['d'] } },
      readinessProbe: { httpGet: { path: '/' } },
    },
    [
      'a @ /command/0',
      'sh -c b @ /lifecycle/postStart/exec/command/0',
      'b @ /lifecycle/postStart/exec/command/2',
      'c @ /lifecycle/preStop/exec/command/0',
      'd @ /livenessProbe/exec/command/0',
    ],
  ],
];

suite('shell/read-commands', (test) => {
  const linesOf = (container: JsonObject): readonly string[] =>
    readCommands(container).map(({ words }) => words.map((word) => word.text).join(' '));

  for (const command of PLAIN) {
    test(`finds nothing inside ${command.join(' ')}`, () => assert.equal(linesOf({ command }), [command.join(' ')]));
  }

  for (const [command, inner] of NESTED) {
    test(`looks into ${command.join(' ')}`, () => assert.equal(linesOf({ command }), [command.join(' '), ...inner]));
  }

  for (const [container, expected] of CONTAINERS) {
    test(`reads ${JSON.stringify(container)}`, () => {
      const commands = readCommands(container);
      assert.equal(
        commands.map(({ words, pointer }) => `${words.map((word) => word.text).join(' ')} @ ${pointer}`),
        expected,
      );
    });
  }

  test('every shell reads its text, every handler runs a command', () => {
    for (const shell of ['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh', 'mksh'])
      assert.equal(linesOf({ command: [shell, '-c', 'a b'] }), [`${shell} -c a b`, 'a b']);
    const exec = { exec: { command: ['sh', '-c', 'a'] } };
    for (const handler of ['startupProbe', 'livenessProbe', 'readinessProbe'])
      assert.equal(linesOf({ [handler]: exec }), ['sh -c a', 'a']);
    for (const hook of ['postStart', 'preStop']) assert.equal(linesOf({ lifecycle: { [hook]: exec } }), ['sh -c a', 'a']);
  });

  test('a command runs in the working directory, until a shell leaves it', () => {
    const foldersOf = (container: JsonObject): string[] => readCommands(container).map(({ folder }) => folder);
    const exec = { exec: { command: ['b'] } };
    assert.equal(foldersOf({ command: ['a'], livenessProbe: exec }), ['.', '.']);
    assert.equal(foldersOf({ command: ['a'], livenessProbe: exec, workingDir: '/srv/' }), ['/srv', '/srv']);
    assert.equal(foldersOf({ command: ['sh', '-c', 'a; cd b; c'], workingDir: 'x' }), ['x', 'x', 'x', 'x/b']);
    assert.equal(
      foldersOf({ command: ['sudo', 'sh', '-c', 'eval "cd /y; find . -exec a +"; b'], workingDir: '/x' }).slice(0, 4),
      [...['/x', '/x', '/x', '/x']],
    );
  });

  test('only what comes in args alone is an argument', () => {
    const isArgument = (container: JsonObject): boolean[] => readCommands(container).map((command) => command.isArgument);
    assert.equal(isArgument({ args: ['sudo', 'a'] }), [true, false]);
    assert.equal(isArgument({ command: ['sudo'], args: ['a'] }), [false, false]);
    assert.equal(isArgument({ args: ['sh', '-c', 'a'] }), [true, false]);
  });

  test('names a command by its last path component, without the version of an interpreter', () => {
    const names = '/bin/chown chown ./install pip3 python3.11 a/ mypip3 pip3x pip'.split(' ').map((word) => {
      const [command] = readCommands({ command: [word] });
      return command && commandName(command);
    });
    assert.equal(names, 'chown chown install pip python  mypip3 pip3x pip'.split(' '));
  });

  test('stops at deeply nested commands', () => {
    assert.ok(readCommands({ command: Array.from({ length: 50_000 }, () => 'sudo') }).length < 20);
    assert.ok(readCommands({ command: ['sh', '-c', 'eval '.repeat(50_000)] }).length < 20);
  });
});
