/** Diffs apply with `git apply` and `patch`, and give what `--write` gives. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { ONLY, assertOutcome, folderWith, hardPod, pod, podDiff } from './program.ts';

const CRLF = pod().replaceAll('\n', '\r\n');
const TOOLS = [
  ['git', 'apply'],
  ['patch', '-p1', '--silent'],
] as const;

/** What may go wrong in a diff, by the name of a file that shows it. */
const FILES: Readonly<Record<string, string>> = {
  'plain.yaml': pod(),
  'crlf.yaml': CRLF,
  'no-final-newline.yaml': pod().trimEnd(),
  'crlf-and-no-final-newline.yaml': CRLF.trimEnd(),
  'byte-order-mark.yaml': `\uFEFF${pod()}`,
  'one-line.json': `\uFEFF${JSON.stringify({ apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ image: 'x:1' }] } })}`,
  'mixed-line-ends.yaml': pod().replace('kind: Pod\n', 'kind: Pod\r\n'),
  'several-documents.yaml': [pod('one'), 'a: 1\n', pod('two'), pod('three')].join('---\n'),
  'b/folder.yaml': pod(),
  'a/c/d/folder.yml': pod(),
  'my folder/ a  b .yaml': pod(),
  'größe/ポッド-🚀.yaml': pod(),
  'line\nbreak.yaml': pod(),
  '"double quotes".yaml': pod(),
  "single'quote.yaml": pod(),
  'a\ttab.yaml': pod(),
  'back\\slash.yaml': pod(),
  '\u001B[31mescape\u009B\u202E.yaml': pod(),
  '-p1.yaml': pod(),
};

const hardened = folderWith(FILES);
const diff = await kharden([...ONLY, '--quiet', '.'], { cwd: hardened });
const isUntouched = Object.entries(FILES).every(([path, content]) => readFileSync(join(hardened, path), 'utf8') === content);
const write = await kharden([...ONLY, '--quiet', '--write', '.'], { cwd: hardened });
const patched = TOOLS.map((tool) => {
  const folder = folderWith(FILES);
  return { folder, ...apply(tool, folder, diff.stdout) };
});

suite('cli/diff', (test) => {
  test('goes to stdout and changes nothing', () => {
    assertOutcome(diff, 0, diff.stdout, '');
    assert.ok(isUntouched);
    assertOutcome(write, 0, '', '');
  });

  for (const [index, [tool]] of TOOLS.entries()) {
    test(`applies with ${tool}`, () => assert.is(patched[index]?.problem, ''));
  }

  for (const [path, before] of Object.entries(FILES)) {
    test(`gives what --write gives: ${JSON.stringify(path)}`, () => {
      const after = readFileSync(join(hardened, path), 'utf8');
      assert.ok(after !== before);
      for (const { folder } of patched) assert.sameText(readFileSync(join(folder, path), 'utf8'), after);
    });
  }

  test('is spelled as git spells it', async () => {
    const folder = folderWith({ 'a b.yaml': pod(), 'c"d.yaml': pod() });
    assert.is((await kharden([...ONLY, '--quiet', 'a b.yaml'], { cwd: folder })).stdout, podDiff('a b.yaml\t'));
    const quoted = podDiff('c\\"d.yaml').replace(/(?<=^--- |^\+\+\+ )[ab].*/gm, '"$&"');
    assert.is((await kharden([...ONLY, '--quiet', 'c"d.yaml'], { cwd: folder })).stdout, quoted);
  });

  test('names files relative to the folder that kharden runs in', async () => {
    const folder = folderWith({ 'sub/pod.yaml': pod() });
    for (const path of ['./sub/../sub/pod.yaml', join(folder, 'sub/pod.yaml'), '.', folder, 'su*/*.yaml']) {
      assertOutcome(await kharden([...ONLY, '--quiet', path], { cwd: folder }), 0, podDiff('sub/pod.yaml'), '');
    }
  });

  test('a name that begins with two dots is not taken for one outside', async () => {
    const folder = folderWith({ '..pod.yaml': pod() });
    assertOutcome(await kharden([...ONLY, '--quiet', '..pod.yaml'], { cwd: folder }), 0, podDiff('..pod.yaml'), '');
  });

  test('applies at the root for a file outside of the folder that kharden runs in', async () => {
    for (const tool of TOOLS) {
      const folder = folderWith({ 'pod.yaml': pod(), 'elsewhere/x': '' });
      const outcome = await kharden([...ONLY, '--quiet', '../pod.yaml'], { cwd: join(folder, 'elsewhere') });
      assertOutcome(outcome, 0, podDiff(join(folder, 'pod.yaml').slice(1)), '');
      assert.is(apply(tool, '/', outcome.stdout).problem, '');
      assert.is(readFileSync(join(folder, 'pod.yaml'), 'utf8'), hardPod());
    }
  });

  test('applies in a subfolder of a repository', async () => {
    const folder = folderWith({ 'sub/pod.yaml': pod() });
    spawnSync('git', ['init', '--quiet'], { cwd: folder });
    const cwd = join(folder, 'sub');
    assert.is(apply(TOOLS[0], cwd, (await kharden([...ONLY, '--quiet', 'pod.yaml'], { cwd })).stdout).problem, '');
    assert.is(readFileSync(join(cwd, 'pod.yaml'), 'utf8'), hardPod());
  });
});

function apply([command, ...args]: readonly [string, ...string[]], cwd: string, diff: string): { problem: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, input: diff, encoding: 'utf8' });
  return { problem: error ? error.message : status === 0 ? '' : `exit ${status}: ${stdout}${stderr}` };
}
