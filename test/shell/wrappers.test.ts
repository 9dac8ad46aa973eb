import { readCommands } from '../../src/shell/read-commands.ts';
import { WRAPPERS } from '../../src/shell/wrappers.ts';
import { assert, suite } from '../harness.ts';

/**
 * What the manual page of each command says: the options that need a value in the next word (`[-u user|--user user]`), those
 * that need none, and the operands before the command, all written so that `run it` is the command inside.
 */
const SYNOPSES: readonly (readonly [synopsis: string, ...optionsWithValue: string[]])[] = [
  ['builtin run it'],
  ['busybox run it'],
  ['catatonit -- run it'],
  ['chpst -v -P run it', ...'-u -U -b -e -/ -n -l -L -m -d -o -p -f -c -r -t'.split(' ')],
  ['chroot --userspec=1:1 /host run it'],
  ['command -p run it'],
  ['docker-entrypoint.sh run it'],
  ['doas -n run it', '-u', '-C'],
  ['dumb-init -c -v -- run it', '-r', '--rewrite'],
  ['entrypoint.sh run it'],
  ['env -i --ignore-environment A=1 b=2 run it', '-u', '-C', '--unset', '--chdir'],
  ['exec -c -l run it', '-a'],
  ['flock -x --nonblock /lock run it', '-w', '-E', '--timeout', '--conflict-exit-code', '--wait'],
  ['gosu redis run it'],
  ['ionice -t run it', '-c', '-n', '--class', '--classdata'],
  ['nice -5 run it', '-n', '--adjustment'],
  ['nohup run it'],
  ['nsenter -m --net -- run it', '-t', '-S', '-G', '-W', '--target', '--setuid', '--setgid', '--wdns'],
  ['python3 -u -m run it'],
  ['runuser -l -P -- run it', ...'-u -g -G -s -w --user --group --supp-group --shell --whitelist-environment'.split(' ')],
  ['s6-setuidgid redis run it'],
  [
    'setpriv --no-new-privs --regid=1 --clear-groups run it',
    ...'--reuid --regid --ruid --euid --rgid --egid --groups --inh-caps --ambient-caps --bounding-set --securebits --pdeathsig --selinux-label --apparmor-profile'.split(
      ' ',
    ),
  ],
  ['setsid -w --fork run it'],
  ['setuidgid redis run it'],
  ['stdbuf --output=L run it', '-i', '-o', '-e', '--input', '--output', '--error'],
  ['su-exec 1000:1000 run it'],
  [
    'sudo -E -n --preserve-env=A B=1 run it',
    ...'-u -g -h -p -c -C -D -R -r -t -T -U --user --group --host --prompt --login-class'.split(' '),
    ...'--close-from --chdir --chroot --role --type --command-timeout --other-user'.split(' '),
  ],
  ['time -p -v run it', '-f', '-o', '--format', '--output'],
  ['timeout --foreground -v 5m run it', '-s', '-k', '--signal', '--kill-after'],
  ['tini -g -v -- run it', '-p', '-e'],
  ['toybox run it'],
  [
    'unshare -m --pid run it',
    '-R',
    '-w',
    '-S',
    '-G',
    '--root',
    '--wd',
    '--setuid',
    '--setgid',
    '--propagation',
    '--setgroups',
    '--map-user',
    '--map-group',
  ],
  ['wait-for-it db:1 -t 3 -- run it'],
  ['wait-for-it.sh db:1 -- run it'],
  [
    'xargs -0 -r --max-lines --replace run it',
    ...'-I -E -d -L -n -P -s -a --max-args --max-procs --max-chars --delimiter --arg-file --process-slot-var'.split(' '),
  ],
];

/** Words that run nothing: the options that only look something up, and wrappers without a command. */
const NOTHING = [
  'command -v run',
  'command -pV run it',
  'command',
  'sudo -u root',
  'timeout 5',
  'env A=1',
  'su redis run it',
  'python3 run -u',
];

function innerOf(line: string): string[] {
  const commands = readCommands({ command: line.split(' ') });
  return commands.slice(1).map(({ words }) => words.map(({ text }) => text).join(' '));
}

suite('shell/wrappers', (test) => {
  for (const [synopsis, ...options] of SYNOPSES) {
    const [name = '', ...rest] = synopsis.split(' ');
    test(synopsis, () => {
      assert.equal(innerOf(synopsis), ['run it']);
      for (const option of options) {
        assert.equal(innerOf([name, option, 'run', ...rest].join(' ')), ['run it'], option);
        const attached = option.startsWith('--') ? `${option}=run` : `${option}run`;
        assert.equal(innerOf([name, attached, ...rest].join(' ')), ['run it'], attached);
      }
    });
  }

  for (const line of NOTHING) test(`${line} runs nothing inside`, () => assert.equal(innerOf(line), []));

  for (const name of ['su', 'runuser', 'flock']) {
    test(`${name} -c runs shell text`, () => {
      for (const option of ['-c', '--command']) {
        const commands = readCommands({ command: [name, 'x', option, 'run it; b'] });
        assert.equal(
          commands.slice(1).map(({ words }) => words.map(({ text }) => text)),
          [['run', 'it'], ['b']],
        );
      }
    });
  }

  test('every command of the table has its line here', () => {
    const names = SYNOPSES.map(([synopsis]) => synopsis.split(' ')[0]?.replace('python3', 'python'));
    assert.equal([...WRAPPERS.keys()].sort(), [...names, 'su'].sort());
  });
});
