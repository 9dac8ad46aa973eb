/** `--write` changes files in place: whole, with their mode, and only those that need it. */
import { chmodSync, linkSync, lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { ONLY, assertOutcome, folderWith, hardPod, inShell, pod, summary } from './program.ts';

const WRITE = [...ONLY, '--write'];

suite('cli/write', (test) => {
  test('writes what needs it and says so', async () => {
    const folder = folderWith({ 'a.yaml': pod(), 'b.yaml': hardPod(), 'c.yaml': 'a: 1\n' });
    assertOutcome(await kharden([...WRITE, '.'], { cwd: folder }), 0, '', summary(3, 2, 'wrote', ['a.yaml']));
    assert.is(readFileSync(join(folder, 'a.yaml'), 'utf8'), hardPod());
    assert.equal(readdirSync(folder).sort(), ['a.yaml', 'b.yaml', 'c.yaml']);
    assertOutcome(await kharden([...WRITE, '.'], { cwd: folder }), 0, '', summary(3, 2, 'wrote', 0));
  });

  for (const mode of [0o600, 0o640, 0o755, 0o664]) {
    test(`keeps the mode 0${mode.toString(8)}`, async () => {
      const folder = folderWith({ 'pod.yaml': pod() });
      const path = join(folder, 'pod.yaml');
      chmodSync(path, mode);
      assertOutcome(await kharden([...WRITE, '--quiet', path]), 0, '', '');
      assert.is(readFileSync(path, 'utf8'), hardPod());
      assert.is(statSync(path).mode & 0o7777, mode);
    });
  }

  test('does not touch a file that needs no change', async () => {
    const folder = folderWith({ 'pod.yaml': hardPod() });
    const path = join(folder, 'pod.yaml');
    utimesSync(path, 1_000_000_000, 1_000_000_000);
    const before = statSync(path);
    assertOutcome(await kharden([...WRITE, '--quiet', path]), 0, '', '');
    const after = statSync(path);
    assert.equal([after.ino, after.mtimeMs, after.ctimeMs], [before.ino, before.mtimeMs, before.ctimeMs]);
  });

  test('changes no file without --write', async () => {
    const folder = folderWith({ 'pod.yaml': pod() });
    const before = statSync(join(folder, 'pod.yaml'));
    for (const args of [[], ['--check']]) await kharden([...ONLY, ...args, '.'], { cwd: folder });
    const after = statSync(join(folder, 'pod.yaml'));
    assert.equal([after.ino, after.mtimeMs], [before.ino, before.mtimeMs]);
  });

  test('follows a link to the file, and the link stays a link', async () => {
    const folder = folderWith({ 'real/pod.yaml': pod(), 'links/x': '' });
    const link = join(folder, 'links/pod.yaml');
    symlinkSync('../real/pod.yaml', link);
    assertOutcome(await kharden([...WRITE, '--quiet', link]), 0, '', '');
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.is(readlinkSync(link), '../real/pod.yaml');
    assert.ok(lstatSync(join(folder, 'real/pod.yaml')).isFile());
    assert.is(readFileSync(join(folder, 'real/pod.yaml'), 'utf8'), hardPod());
    assert.equal(readdirSync(join(folder, 'links')).sort(), ['pod.yaml', 'x']);
  });

  test('leaves the other hard links of a file as they are', async () => {
    const folder = folderWith({ 'pod.yaml': pod() });
    linkSync(join(folder, 'pod.yaml'), join(folder, 'backup.txt'));
    assertOutcome(await kharden([...WRITE, '--quiet', '.'], { cwd: folder }), 0, '', '');
    assert.is(readFileSync(join(folder, 'pod.yaml'), 'utf8'), hardPod());
    assert.is(readFileSync(join(folder, 'backup.txt'), 'utf8'), pod());
  });

  test('does not write a read-only file, but the others', async () => {
    const folder = folderWith({ 'a.yaml': pod(), 'b.yaml': pod(), 'c.yaml': pod() });
    chmodSync(join(folder, 'b.yaml'), 0o444);
    const problem = 'b.yaml: not-written the file is read-only: make it writable and run again\n';
    assertOutcome(await kharden([...WRITE, '.'], { cwd: folder }), 2, '', summary(3, 3, 'wrote', ['a.yaml', 'c.yaml']) + problem);
    const contents = ['a.yaml', 'b.yaml', 'c.yaml'].map((name) => readFileSync(join(folder, name), 'utf8'));
    assert.equal(contents, [hardPod(), pod(), hardPod()]);
  });

  test('does not write into a read-only folder, but into the others', async () => {
    const folder = folderWith({ 'a/pod.yaml': pod(), 'b/pod.yaml': pod() });
    chmodSync(join(folder, 'a'), 0o555);
    const problem = 'a/pod.yaml: not-written the folder is read-only: make it writable and run again\n';
    assertOutcome(await kharden([...WRITE, '.'], { cwd: folder }), 2, '', summary(2, 2, 'wrote', ['b/pod.yaml']) + problem);
    chmodSync(join(folder, 'a'), 0o755);
    assert.is(readFileSync(join(folder, 'a/pod.yaml'), 'utf8'), pod());
    assert.is(readFileSync(join(folder, 'b/pod.yaml'), 'utf8'), hardPod());
    assert.equal(readdirSync(join(folder, 'a')), ['pod.yaml']);
  });

  test('a read-only file that needs no change is no problem', async () => {
    const folder = folderWith({ 'pod.yaml': hardPod() });
    chmodSync(join(folder, 'pod.yaml'), 0o444);
    assertOutcome(await kharden([...WRITE, '.'], { cwd: folder }), 0, '', summary(1, 1, 'wrote', 0));
  });

  test('writes files with long names', async () => {
    const name = `${'x'.repeat(250)}.yaml`;
    const folder = folderWith({ [name]: pod() });
    assertOutcome(await kharden([...WRITE, '--quiet', '.'], { cwd: folder }), 0, '', '');
    assert.is(readFileSync(join(folder, name), 'utf8'), hardPod());
  });

  test('does not write what is no regular file', () => {
    const folder = folderWith({ 'pod.yaml': pod() });
    const problem = '/dev/stdin: not-written only a regular file can be replaced: send the manifests to stdin instead\n';
    assertOutcome(inShell('cat pod.yaml | "$@"', [...WRITE, '--quiet', '/dev/stdin'], { cwd: folder }), 2, '', problem);
  });
});
