/** Input that cannot be read: one line with file, line and column, exit 2, nothing written for it, the other files done. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { ONLY, asLines, folderWith, hardPod, pod, podDiff, summary, type Outcome } from './program.ts';

const BOMB = [
  'apiVersion: v1',
  'kind: Pod',
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...[...'bcdefghij'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[index]}`).join(', ')}]`),
  'metadata: {name: bomb}',
  'spec: {containers: [{name: a, image: "a:1"}]}',
];
const DEEP = 20_000;

/** What a file holds, and what is said of it behind its path. */
const cases: Readonly<Record<string, readonly [content: string | Uint8Array, said: RegExp]>> = {
  'no YAML': ['kind: Pod\nspec: [a, b\nname: }\n', /^:3:1 invalid-yaml [^\n]+: correct the YAML here and run kharden again$/],
  'text that is no mapping': ['kind: Pod\nis not a pod\n', /^:2:1 invalid-yaml [^\n]+$/],
  'tab indentation': ['kind: Pod\nmetadata:\n\tname: web\n', /^:3:1 invalid-yaml Tabs are not allowed as indentation: [^\n]+$/],
  'a quote that is not closed': ['kind: Pod\nmetadata:\n  name: "web\n', /^:\d:\d+ invalid-yaml [^\n]+$/],
  'an alias of nothing': ['kind: Pod\nmetadata: *nothing\n', /^:2:11 invalid-yaml [^\n]+$/],
  'invalid UTF-8': [Buffer.from('kind: Pod\nmetadata:\n  name: \xFF\n', 'latin1'), /^:3:9 invalid-utf-8 [^\n]+$/],
  'UTF-16': [Buffer.from(`\uFEFF${pod()}`, 'utf16le'), /^:1:1 invalid-utf-8 [^\n]+$/],
  'an alias bomb': [`${BOMB.join('\n')}\n`, /^:4:\d+ invalid-yaml [^\n]*alias[^\n]*$/],
  'brackets nested 20,000 deep': [`kind: Pod\nx: ${'['.repeat(DEEP)}${']'.repeat(DEEP)}\n`, /^:2:\d+ invalid-yaml [^\n]+$/],
  'braces nested 20,000 deep': [`{"kind":"Pod","x":${'{"x":'.repeat(DEEP)}1${'}'.repeat(DEEP)}}`, /^:1:\d+ invalid-yaml [^\n]+$/],
  'sequences nested 20,000 deep': [`kind: Pod\nx:\n${'- '.repeat(DEEP)}a\n`, /^:\d:\d+ invalid-yaml [^\n]+$/],
  'an error in the last of several documents': [`${pod()}---\n${pod()}---\nkind: Pod\nspec: }\n`, /^:20:7 invalid-yaml [^\n]+$/],
  'a workload without a pod spec': ['apiVersion: v1\nkind: Pod\nspec: 5\n', /^:1:1 skipped-malformed [^\n]+$/],
};

/** Runs without the summary; each finding is one line. */
async function run(args: readonly string[], cwd: string): Promise<Outcome> {
  const outcome = await kharden([...ONLY, '--quiet', ...args], { cwd });
  return { ...outcome, stderr: asLines(outcome.stderr) };
}

const names = Object.keys(cases);
const fileOf = (name: string): string => `${String(names.indexOf(name)).padStart(2, '0')}.yaml`;
const contents = Object.fromEntries(names.map((name) => [fileOf(name), cases[name]?.[0] ?? '']));
const folder = folderWith({ 'a.yaml': pod(), ...contents, 'z.yaml': pod() });
const runs: Outcome[] = [];
for (const args of [[], ['--check', '--diff'], ['--write']]) runs.push(await run([...args, '.'], folder));

suite('cli/input', (test) => {
  test('the other files are done, and the exit code is 2', () => {
    const diff = podDiff('a.yaml') + podDiff('z.yaml');
    assert.equal(
      runs.map(({ stdout }) => stdout),
      [diff, diff, ''],
    );
    assert.equal(
      runs.map(({ status }) => status),
      [2, 2, 2],
    );
    for (const other of ['a.yaml', 'z.yaml']) assert.is(readFileSync(join(folder, other), 'utf8'), hardPod());
  });

  test('each bad file gives one line', () => {
    for (const { stderr } of runs)
      assert.equal(
        stderr.split('\n').map((line) => line.slice(0, 7)),
        [...names.map(fileOf), ''],
      );
  });

  for (const [name, [content, said]] of Object.entries(cases)) {
    test(`${name}: says where and what, writes nothing`, () => {
      for (const { stderr } of runs) {
        const line = stderr.split('\n').find((text) => text.startsWith(fileOf(name))) ?? '';
        assert.match(line.slice(7), said);
      }
      assert.ok(Buffer.from(content).equals(readFileSync(join(folder, fileOf(name)))));
    });

    test(`${name}: a stream prints nothing`, async () => {
      const { status, stdout, stderr } = await kharden([...ONLY, '--quiet', '-'], { input: content });
      const [line = '', ...rest] = asLines(stderr).split('\n');
      assert.equal(rest, ['']);
      assert.is(line.slice(0, 5), 'stdin');
      assert.match(line.slice(5), said);
      assert.is(stdout, '');
      assert.is(status, 2);
    });
  }

  test('errors are shown with and without the summary', async () => {
    const folder = folderWith({ 'a.yaml': pod(), 'bad.yaml': 'kind: Pod\nspec: }\n' });
    const quiet = await kharden([...ONLY, '--quiet', '.'], { cwd: folder });
    const loud = await kharden([...ONLY, '.'], { cwd: folder });
    assert.is(loud.stderr, summary(2, 1, 'would change', 1) + quiet.stderr);
  });

  test('what holds no workload is no error, whatever it is', async () => {
    const folder = folderWith({
      'a.json': '{"a": [1, 2',
      'b.yaml': '\tno: yaml: [',
      'c.yaml': '',
      'd.yaml': '# nothing\n---\n---\n...\n',
      'e.yaml': 'apiVersion: example.com/v1\nkind: Pod\nspec: 5\n',
      'f.yaml': Buffer.from([0x61, 0x3a, 0x20, 0x31]),
    });
    const { status, stdout } = await kharden([...ONLY, '--check', '.'], { cwd: folder });
    assert.equal({ status, stdout }, { status: 0, stdout: '' });
  });
});
