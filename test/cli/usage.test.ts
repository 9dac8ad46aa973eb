/** What the program says about its use, and how it exits. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transforms } from '../../transforms/index.ts';
import { FORMATS } from '../../src/report/formats/index.ts';
import { VERSION } from '../../src/util/version.ts';
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { ONLY, asLines, assertOutcome, folderWith, hardPod, pod, podDiff, summary } from './program.ts';

const IDS = transforms.map(({ meta }) => meta.id).join(', ');
suite('cli/usage', (test) => {
  const mistakes: Readonly<Record<string, readonly [args: readonly string[], message: string]>> = {
    'an unknown option': [['--wirte', '.'], "unknown option '--wirte' (Did you mean --write?)"],
    'an option that is like no other': [['--qqqq', '.'], "unknown option '--qqqq'"],
    'an option with a terminal escape': [['--\u001B[31m\n', '.'], "unknown option '--\\x1b[31m\\x0a'"],
    'an option without its value': [['--only'], "option '--only <ids>' argument missing"],
    'a value that is none': [
      ['--platform', 'x'],
      "option '--platform <name>' argument 'x' is invalid. Allowed choices are kubernetes, openshift.",
    ],
    'a version that is none': [
      ['--kube-version', 'new'],
      "option '--kube-version <version>' argument 'new' is invalid. Write it as 1.30.",
    ],
    'an unknown transform after --only': [
      ['--only', 'resources,run-as-nonroot', '.'],
      '--only: unknown transform run-as-nonroot: did you mean run-as-non-root?',
    ],
    'an unknown transform after --skip': [
      ['--skip', 'resource', '.'],
      '--skip: unknown transform resource: did you mean resources?',
    ],
    'a transform that is like no other': [
      ['--skip', 'everything', '.'],
      `--skip: unknown transform everything: choose from ${IDS}`,
    ],
    'an unknown profile': [
      ['--profile', 'strickt', '.'],
      "option '--profile <name>' argument 'strickt' is invalid. Allowed choices are baseline, restricted, strict.",
    ],
    'an unknown transform after --enable': [
      ['--enable', 'no-privilege', '.'],
      '--enable: unknown transform no-privilege: did you mean no-privileged?',
    ],
    'a transform that has nothing to write without an option': [
      ['--enable', 'sandbox-runtime-class', '.'],
      'sandbox-runtime-class has nothing to write: set transforms.sandbox-runtime-class.runtimeClassName in the configuration',
    ],
    'an empty list of transforms': [['--only', ' ,', '.'], `--only names no transform: choose from ${IDS}`],
    'an empty path': [['', '.'], 'an empty path names no file: check the variable that it comes from'],
    '--write with a stream': [['--write'], '--write needs paths: a stream goes to stdout without it'],
    '--write with -': [['--write', '-'], '--write needs paths: a stream goes to stdout without it'],
    '--write with --check': [['--write', '--check', '.'], '--write changes files and --check only reports: use one of them'],
    'an unknown finding after --fail-on': [
      ['--check', '--fail-on', 'hostpath', '.'],
      '--fail-on: unknown finding hostpath: did you mean host-path?',
    ],
    '--fail-on without --check': [
      ['--fail-on', 'warning', '.'],
      '--fail-on says when a check or an audit fails, and this is none: add --check',
    ],
    'an empty --fail-on': [['--check', '--fail-on', ',', '.'], '--fail-on names no finding: kharden list shows them'],
    'an unknown format': [
      ['--check', '--format', 'x', '.'],
      `option '--format <id>' argument 'x' is invalid. Allowed choices are ${FORMATS.map(({ id }) => id).join(', ')}.`,
    ],
    '--write with --format': [
      ['--write', '--format', 'diff', '.'],
      '--format applies to what would change, and --write changes the files: use one of them',
    ],
    'a stream with --format': [
      ['--format', 'github'],
      '--format needs --check here: without it a stream goes to stdout hardened',
    ],
    'a format for a folder without --out': [
      ['--format', 'kustomize', '.'],
      '--format kustomize is written into a folder: name it with --out',
    ],
    '--out with another format': [
      ['--format', 'json', '--out', 'x', '.'],
      '--out is the folder for --format kustomize, and the rest goes to stdout: use > there',
    ],
    '--out without a format': [
      ['--out', 'x', '.'],
      '--out is the folder for --format kustomize, and the rest goes to stdout: use > there',
    ],
    'an empty --out': [
      ['--format', 'kustomize', '--out', '', '.'],
      'an empty --out names no folder: check the variable that it comes from',
    ],
    '--out with --check': [
      ['--format', 'kustomize', '--out', 'x', '--check', '.'],
      '--out writes files and --check only reports: use one of them',
    ],
    '--out with --changed': [
      ['--format', 'kustomize', '--out', 'x', '--changed=main', '.'],
      '--changed leaves files out, and the folder of --out is for all of them: use one of them',
    ],
    'two ways to show what changes': [
      ['--stat', '--format', 'github', '.'],
      '--stat and --format both say what stdout shows: use one of them',
    ],
    'a stream with --list-different': [
      ['-l'],
      '--list-different needs --check here: without it a stream goes to stdout hardened',
    ],
    'audit with --write': [['audit', '--write', '.'], '--write is about changes, and audit makes none: leave it out'],
    'audit with --out': [['audit', '--out', 'x', '.'], '--out is about changes, and audit makes none: leave it out'],
    'audit with --check': [
      ['audit', '--check', '.'],
      'audit checks nothing by itself: --fail-on says on which findings it fails',
    ],
    'audit with a format of changes': [
      ['audit', '--format', 'markdown', '.'],
      '--format markdown is about changes, and audit makes none: choose from json, sarif, github, gitlab, junit',
    ],
    'audit with an unknown finding after --fail-on': [
      ['audit', '--fail-on', 'hostpath', '.'],
      '--fail-on: unknown finding hostpath: did you mean host-path?',
    ],
    'a baseline of a stream': [
      ['audit', '--write-baseline', 'x.yaml', '-'],
      '--write-baseline is about files, and stdin is none: name files or folders',
    ],
    'a baseline for a stream': [
      ['--check', '--baseline', 'x.yaml', '-'],
      '--baseline is about files, and stdin is none: name it with --stdin-filename',
    ],
    'a baseline with --fail-on': [
      ['audit', '--fail-on', 'warning', '--write-baseline'],
      '--fail-on is about a report, and --write-baseline prints none: use one of them',
    ],
    'a folder after --write-baseline': [
      ['audit', '--write-baseline', '.'],
      '--write-baseline .: this is a folder: name the files before the option, or a file behind it',
    ],
    'a stream beside files': [['-', '.'], '- stands for stdin and cannot be combined with other paths: use one of them'],
  };
  for (const [name, [args, message]] of Object.entries(mistakes)) {
    test(`${name} is one line and exit 2`, async () => {
      const folder = folderWith({ 'pod.yaml': pod() });
      assertOutcome(await kharden(args, { cwd: folder, input: pod() }), 2, '', `kharden: ${message}\n`);
      assert.is(readFileSync(join(folder, 'pod.yaml'), 'utf8'), pod());
    });
  }

  test('no arguments on a terminal is a mistake, not a wait for input', async () => {
    const message = 'kharden: name files or folders, or pipe a stream in (--help shows more)\n';
    for (const args of [[], ['--check'], ['--write']]) assertOutcome(await kharden(args, { isTerminal: true }), 2, '', message);
  });

  test('--version and --help go to stdout', async () => {
    assertOutcome(await kharden(['--version']), 0, `${VERSION}\n`, '');
    const { status, stdout, stderr } = await kharden(['--help']);
    assert.equal({ status, stderr }, { status: 0, stderr: '' });
    assert.match(stdout, /^Usage: kharden \[options\]/);
    for (const line of stdout.split('\n')) assert.ok(line.length <= 130, line);
  });

  test('--check exits 1 when anything would change, 0 when nothing would, 2 when something is wrong', async () => {
    const folder = folderWith({ 'a.yaml': hardPod(), 'b.yaml': pod() });
    const check = (...paths: string[]) => kharden([...ONLY, '--check', ...paths], { cwd: folder });
    assertOutcome(await check('a.yaml'), 0, '', summary(1, 1, 'would change', 0));
    assertOutcome(await check('.'), 1, '', summary(2, 2, 'would change', ['b.yaml']));
    assertOutcome(await check('--diff', '.'), 1, podDiff('b.yaml'), summary(2, 2, 'would change', 1));
    const problem = 'missing: unusable-path no such file or folder: check the path\n';
    assertOutcome(await check('.', 'missing'), 2, '', summary(2, 2, 'would change', ['b.yaml']) + problem);
  });

  test('--fail-on makes --check fail on findings: by id, and by severity with those above it', async () => {
    const explicit = hardPod().replace('Escalation: false', 'Escalation: true');
    const named = `# x\n${hardPod().replace('generateName', 'name')}`;
    const folder = folderWith({
      'warned.yaml': explicit,
      'noted.yaml': named.replace('busybox', 'example.com/a'),
      'fine.yaml': hardPod(),
    });
    const check = async (file: string, ...args: string[]) =>
      (await kharden([...ONLY, '--check', ...args, file], { cwd: folder })).status;
    const accepted = explicit.replace('spec:\n', '  annotations: {kharden.dev/accept: explicit-value}\nspec:\n');
    writeFileSync(join(folder, 'accepted.yaml'), accepted);
    const cases = [
      [[], 0, 0],
      [['--fail-on', 'warning'], 1, 0],
      [['--fail-on', 'info'], 1, 1],
      [['--fail-on', 'explicit-value'], 1, 0],
      [['--fail-on', 'host-path,unknown-image'], 0, 1],
    ] as const;
    for (const [args, warned, noted] of cases) {
      assert.is(await check('accepted.yaml', ...args), 0);
      const found = [await check('warned.yaml', ...args), await check('noted.yaml', ...args), await check('fine.yaml', ...args)];
      assert.equal(found, [warned, noted, 0], args.join(' '));
    }
  });

  test('without --check what would change is no failure', async () => {
    const folder = folderWith({ 'pod.yaml': pod() });
    assertOutcome(await kharden([...ONLY, '.'], { cwd: folder }), 0, podDiff('pod.yaml'), summary(1, 1, 'would change', 1));
  });

  test('--only and --skip add up over several uses', async () => {
    const input = pod();
    const twice = await kharden(['--quiet', '--only', 'resources', '--only', 'no-privilege-escalation'], { input });
    assertOutcome(await kharden(['--quiet', '--only', 'resources, no-privilege-escalation'], { input }), 0, twice.stdout, '');
    const skipped = await kharden(['--quiet', '--only', 'resources,no-privilege-escalation', '--skip', 'resources'], { input });
    assertOutcome(skipped, 0, hardPod(), '');
  });

  test('--override replaces what was set on purpose, which is reported otherwise', async () => {
    const explicit = hardPod().replace('Escalation: false', 'Escalation: true');
    const line = /^stdin:10:\d+ explicit-value Pod, container web: [^\n]+\n$/;
    const kept = await kharden(ONLY, { input: explicit });
    assert.equal([kept.status, kept.stdout], [0, explicit]);
    assert.match(asLines(kept.stderr).replace(summary(1, 1, 'wrote', 0), ''), line);
    assertOutcome(await kharden([...ONLY, '--quiet'], { input: explicit }), 0, explicit, '');
    assertOutcome(await kharden([...ONLY, '--override'], { input: explicit }), 0, hardPod(), summary(1, 1, 'wrote', 1));
  });

  test('--verbose shows all that was left alone, the summary a few of each kind', async () => {
    const explicit = hardPod().replace('Escalation: false', 'Escalation: true');
    const input = Array.from({ length: 8 }, () => explicit).join('---\n');
    const brief = asLines((await kharden(ONLY, { input })).stderr).split('\n');
    const all = asLines((await kharden([...ONLY, '--verbose'], { input })).stderr).split('\n');
    const isFinding = (line: string): boolean => line.includes(' explicit-value Pod');
    assert.is(all.filter(isFinding).length, 8);
    assert.equal(brief.filter(isFinding), all.filter(isFinding).slice(0, 5));
    assert.ok(brief.includes('… and more: 3 explicit-value (--verbose shows all)'));
    assert.is(brief.at(-3), 'kharden: 1 file, 8 workloads; wrote 0 files with 0 changes');
  });
});
