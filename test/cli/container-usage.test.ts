/** `--usage`: amounts from what containers used. */
import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { assertOutcome, folderWith } from './program.ts';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: app\nspec:\n  containers:\n    - name: app\n      image: busybox\n';
const ONLY = ['--only', 'resources'];
const TOP = 'other mail mail 3m 20Mi\nshop app app 150m 300Mi\n';

suite('cli/usage of containers', (test) => {
  test('files of several formats, with the date of the file, and what fits no workload in one line', async () => {
    const series = { metric: { pod: 'app', container: 'app', resource: 'memory' }, value: [1763600000, '500000000'] };
    const prometheus = JSON.stringify({ status: 'success', data: { resultType: 'vector', result: [series] } });
    const folder = folderWith({ 'a.yaml': POD, 'b/.kharden.yaml': '', 'b/a.yaml': POD, 'top.txt': TOP, 'p.json': prometheus });
    utimesSync(join(folder, 'top.txt'), 0, 0);
    const usage = ['--usage', 'top.txt', '--usage', 'p.json'];
    const { stdout, stderr } = await kharden([...ONLY, ...usage, '--verbose', 'a.yaml', 'b'], { cwd: folder });
    assert.match(stdout.replace(/\n# +/g, ' '), /it used up to 150m \(kubectl top in top\.txt, 1970-01-01\)/);
    assert.match(stdout.replace(/\n# +/g, ' '), /it used up to 477Mi \(Prometheus in p\.json, 2025-11-20\)/);
    assert.is(stderr.match(/unmatched-usage\n +1 of 3 entries of --usage fit no workload: mail in other\n/g)?.length, 1);
  });

  test('in place, of stdin, and for a stream', async () => {
    const folder = folderWith({ 'a.yaml': POD, 'top.txt': TOP });
    const written = await kharden([...ONLY, '--usage', 'top.txt', '--stdin-filename', 'a.yaml'], { cwd: folder, input: POD });
    assert.match(written.stdout, /cpu: 150m/);
    const filtered = await kharden([...ONLY, '--usage', 'top.txt'], { cwd: folder, input: POD });
    assert.is(filtered.stdout, written.stdout);
    assert.match(filtered.stderr, /unmatched-usage/);
    await kharden([...ONLY, '--usage', 'top.txt', '--write', 'a.yaml'], { cwd: folder });
    assert.is(readFileSync(join(folder, 'a.yaml'), 'utf8'), written.stdout);
  });

  test('an audit knows it too', async () => {
    const folder = folderWith({ 'a.yaml': POD, 'top.txt': TOP });
    const named = await kharden(['audit', '--usage', 'top.txt', '--verbose', 'a.yaml'], { cwd: folder });
    assert.not.match(named.stdout, /assumed-amounts/);
    assert.match((await kharden(['audit', '--verbose', 'a.yaml'], { cwd: folder })).stdout, /assumed-amounts/);
    assert.is((await kharden(['audit', '--usage', 'none.txt', 'a.yaml'], { cwd: folder })).status, 2);
  });

  test('what cannot be read ends the run', async () => {
    const folder = folderWith({ 'a.yaml': POD, 'bad.txt': 'a b 1m 1Mi\na b 1m 1\u001bMi\n' });
    const wrong = await kharden([...ONLY, '--write', '--usage', 'bad.txt', '--usage', 'none.txt', 'a.yaml'], { cwd: folder });
    assert.is(wrong.status, 2);
    assert.match(wrong.stderr, /^bad\.txt\n {2}2:8 +error +invalid-usage\n/);
    assert.match(wrong.stderr, /none\.txt\n +error +unusable-path\n/);
    assert.is(readFileSync(join(folder, 'a.yaml'), 'utf8'), POD);
    const stdin = await kharden(['--usage', '-', '-'], { cwd: folder, input: POD });
    assertOutcome(stdin, 2, '', 'kharden: --usage - reads stdin, where the manifests come from: name a file\n');
    const empty = await kharden(['--usage', '', 'a.yaml'], { cwd: folder });
    assertOutcome(empty, 2, '', 'kharden: an empty --usage names no file: check the variable that it comes from\n');
  });
});
