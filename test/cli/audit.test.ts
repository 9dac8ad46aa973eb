/** `kharden audit` and its baseline. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { asLines, assertOutcome, folderWith, hardPod, ONLY, pod } from './program.ts';

/** A Pod with one warning: an explicit value that is less safe. */
function warned(name = 'web'): string {
  return hardPod(name).replace('Escalation: false', 'Escalation: true');
}

const BASELINE = '.kharden-baseline.yaml';

/** The baseline without its comment. */
function baselineIn(folder: string, name = BASELINE): string {
  return readFileSync(join(folder, name), 'utf8').replace(/^#.*\n/gm, '');
}

const ENTRY = `findings:\n  a.yaml:\n    "Pod, container web":\n      explicit-value: 1\n`;

suite('cli/audit', (test) => {
  test('it prints a report and changes nothing', async () => {
    const folder = folderWith({ 'a.yaml': warned(), 'b.yaml': pod() });
    const { status, stdout, stderr } = await kharden(['audit', '.'], { cwd: folder });
    assert.equal([status, stderr], [0, '']);
    assert.match(stdout, /^Pod, a\.yaml:1\n {2}baseline 73 -> baseline 93, \d+ changes\n/);
    assert.match(stdout, /^ {2}10:9 {2}warning {2}explicit-value$/m);
    assert.is(readFileSync(join(folder, 'a.yaml'), 'utf8'), warned());
  });

  test('stdin is audited, as a stream or as a file', async () => {
    for (const args of [['-'], [], ['--stdin-filename', 'x/a.yaml']]) {
      const { status, stdout, stderr } = await kharden(['audit', ...args], { input: warned() });
      assert.equal([status, stderr], [0, ''], args.join(' '));
      assert.match(stdout, args.length === 2 ? /^Pod, x\/a\.yaml:1\n/ : /^Pod, stdin:1\n/);
    }
  });

  test('--fail-on decides about its exit code; an error is 2 in any case', async () => {
    const folder = folderWith({ 'warned.yaml': warned(), 'plain.yaml': pod(), 'bad.yaml': 'kind: Pod\nspec: }\n' });
    const codes = async (...args: string[]): Promise<(number | null)[]> => {
      const found: (number | null)[] = [];
      for (const file of ['plain.yaml', 'warned.yaml', 'bad.yaml'])
        found.push((await kharden(['audit', ...args, file], { cwd: folder })).status);
      return found;
    };
    assert.equal(await codes(), [0, 0, 2]);
    assert.equal(await codes('--fail-on', 'warning'), [0, 1, 2]);
    assert.equal(await codes('--fail-on', 'explicit-value'), [0, 1, 2]);
    assert.equal(await codes('--fail-on', 'host-path', '--format', 'json'), [0, 0, 2]);
    const { stdout, stderr } = await kharden(['audit', 'bad.yaml'], { cwd: folder });
    assert.is(stdout, 'kharden: 0 workloads\n');
    assert.match(asLines(stderr), /^bad\.yaml:2:7 invalid-yaml .*\n$/);
  });

  test('formats for programs have the findings alone', async () => {
    const folder = folderWith({ 'a.yaml': warned(), 'b.yaml': pod() });
    const run = async (format: string) => (await kharden(['audit', '--format', format, '.'], { cwd: folder })).stdout;
    const json = JSON.parse(await run('json'));
    assert.equal(
      json.workloads.map(({ path }: { path: string }) => path),
      ['a.yaml', 'b.yaml'],
    );
    assert.not.match(await run('github'), /title=kharden/);
    assert.match(await run('github'), /^::warning file=a\.yaml,line=10,col=9,title=explicit-value::/m);
    assert.match(await run('junit'), / failures="0" /);
  });

  test('--quiet leaves only errors beside the report', async () => {
    const folder = folderWith({ 'a.yaml': warned() });
    assertOutcome(await kharden([...ONLY, '--quiet', '--check', 'a.yaml'], { cwd: folder }), 0, '', '');
    const { stdout, stderr } = await kharden([...ONLY, 'audit', '-q', '--exclude', 'x', '.'], { cwd: folder });
    assert.match(stdout, /explicit-value/);
    assert.is(stderr, '');
  });
});

suite('cli/audit: baseline', (test) => {
  test('what it holds is not reported again and fails nothing, wherever its lines are', async () => {
    const folder = folderWith({ 'a.yaml': warned(), 'sub/b.yaml': pod('other') });
    const run = (...args: string[]) => kharden([...ONLY, ...args], { cwd: folder });
    const wrote = `kharden: wrote ${BASELINE}: 1 finding in 1 file\n`;
    assertOutcome(await run('audit', '--write-baseline'), 0, '', wrote);
    assert.sameText(baselineIn(folder), ENTRY);
    writeFileSync(join(folder, 'a.yaml'), `# moved\n${warned()}`);
    const audit = await run('audit', '--fail-on', 'warning', '.');
    assert.is(audit.status, 0);
    assert.match(audit.stdout, /^1 finding is in the baseline and not listed\.$/m);
    const check = await run('--check', '--fail-on', 'warning', 'a.yaml');
    assert.is(check.status, 0);
    assert.match(check.stderr, /^1 finding is in the baseline and not listed\.$/m);
    assert.not.match(check.stderr, /explicit-value/);
    writeFileSync(join(folder, 'sub/b.yaml'), warned('other'));
    assert.is((await run('audit', '--fail-on', 'warning', '.')).status, 1);
    assert.is((await run('--check', '--fail-on', 'explicit-value', '.')).status, 1);
    const named = await kharden([...ONLY, '--check', '--fail-on', 'warning', '--stdin-filename', 'a.yaml'], {
      cwd: folder,
      input: warned(),
    });
    assert.is(named.status, 0);
  });

  test('entries that are no longer true are reported where they stand', async () => {
    const folder = folderWith({ 'a.yaml': warned(), 'b.yaml': warned('b'), [BASELINE]: ENTRY.replace(': 1', ': 2') });
    const said = async (...args: string[]) => asLines((await kharden(['--check', ...args], { cwd: folder })).stderr);
    const advice = 'write the file anew with kharden audit --write-baseline';
    const unused = /^\.kharden-baseline\.yaml.*$/gm;
    const subject = `${BASELINE}:4:7 unused-baseline a.yaml, Pod, container web: explicit-value is`;
    assert.equal((await said('.')).match(unused), [`${subject} found once, not 2 times: ${advice}`]);
    assert.is((await said(...ONLY, '.')).match(unused), null);
    assert.is((await said('b.yaml')).match(unused), null);
    rmSync(join(folder, 'a.yaml'));
    writeFileSync(join(folder, 'c.yaml'), pod());
    assert.is((await said('b.yaml')).match(unused), null);
    assert.equal((await said('.')).match(unused), [`${subject} no longer found: ${advice}`]);
    assert.is((await kharden(['audit', '--fail-on', 'unused-baseline', '.'], { cwd: folder })).status, 1);
  });

  test('writing it anew keeps what it says of other files, and drops what is gone', async () => {
    const others = `  b.yaml:\n    "Pod, container b":\n      explicit-value: 1\n`;
    const folder = folderWith({ 'a.yaml': pod(), 'b.yaml': warned('b'), [BASELINE]: ENTRY + others });
    const write = (...args: string[]) => kharden([...ONLY, 'audit', ...args], { cwd: folder });
    await write('a.yaml', '--write-baseline');
    assert.sameText(baselineIn(folder), `findings:\n${others}`);
    rmSync(join(folder, 'b.yaml'));
    await write('a.yaml', '--write-baseline');
    assert.sameText(baselineIn(folder), 'findings: {}\n');
  });

  test('it stands beside the configuration, and is found from below', async () => {
    const folder = folderWith({ '.kharden.yaml': '', 'sub/a.yaml': warned() });
    const cwd = join(folder, 'sub');
    await kharden([...ONLY, 'audit', '--write-baseline'], { cwd });
    assert.ok(existsSync(join(folder, BASELINE)));
    assert.is((await kharden(['audit', '--fail-on', 'explicit-value', 'a.yaml'], { cwd })).status, 0);
  });

  test('another file is written and read by its name', async () => {
    const folder = folderWith({ 'a.yaml': warned(), 'k8s.yaml': pod() });
    const run = (...args: string[]) => kharden([...ONLY, ...args], { cwd: folder });
    assertOutcome(
      await run('audit', 'a.yaml', '--write-baseline', 'old.yaml'),
      0,
      '',
      'kharden: wrote old.yaml: 1 finding in 1 file\n',
    );
    assert.sameText(baselineIn(folder, 'old.yaml'), ENTRY);
    assert.is((await run('audit', '--fail-on', 'warning', 'a.yaml')).status, 1);
    assert.is((await run('audit', '--fail-on', 'warning', '--baseline', 'old.yaml', 'a.yaml')).status, 0);
    const missing = await run('--check', '--baseline', 'missing.yaml', 'a.yaml');
    assert.match(asLines(missing.stderr), /^missing\.yaml: unusable-path no such file/m);
    assert.is(missing.status, 2);
  });

  test('nothing is written over another file, nor when something is wrong', async () => {
    const folder = folderWith({ 'a.yaml': warned(), 'bad.yaml': 'kind: Pod\nspec: }\n' });
    const over = await kharden(['audit', '--write-baseline', 'a.yaml'], { cwd: folder });
    assert.is(over.status, 2);
    assert.match(over.stderr, /apiVersion: unknown key: there are findings\n/);
    assert.is(readFileSync(join(folder, 'a.yaml'), 'utf8'), warned());
    const broken = await kharden(['audit', '--write-baseline'], { cwd: folder });
    assert.is(broken.status, 2);
    assert.match(asLines(broken.stderr), /^bad\.yaml:2:7 invalid-yaml .*\nkharden: no baseline is written\n$/);
    assert.not(existsSync(join(folder, BASELINE)));
  });

  test('each of several roots has its own', async () => {
    const folder = folderWith({ 'a/.kharden.yaml': '', 'a/x.yaml': warned(), 'b/.kharden.yaml': '', 'b/x.yaml': warned() });
    const several = await kharden(['audit', 'a', 'b', '--write-baseline', 'one.yaml'], { cwd: folder });
    const roots = 'one.yaml: the files have several roots (a, b): leave the name out, and each gets a file of its own';
    assertOutcome(several, 2, '', `kharden: ${roots}\n`);
    await kharden([...ONLY, 'audit', 'a', 'b', '--write-baseline'], { cwd: folder });
    for (const root of ['a', 'b']) assert.sameText(baselineIn(join(folder, root)), ENTRY.replace('a.yaml', 'x.yaml'));
  });

  test('a mistake in it is an error with its place', async () => {
    const folder = folderWith({ 'a.yaml': pod(), [BASELINE]: 'findings: []\n' });
    const { status, stderr } = await kharden(['--check', 'a.yaml'], { cwd: folder });
    assert.is(status, 2);
    assert.match(
      asLines(stderr),
      /^\.kharden-baseline\.yaml:1:11 invalid-config findings: expected a map of files, found an empty list$/m,
    );
  });
});
