/** Streams that no host should send, and large ones: the right exit code and message, and never half an output. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { asLines } from '../cli/program.ts';
import { execute, kharden, KHARDEN, temporaryFolder, type Outcome } from './world.ts';

const world = temporaryFolder();

function succeed({ status, stdout, stderr }: Outcome): string {
  assert.is(status, 0, stderr);
  return stdout;
}

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: busybox}]}\n';
const list = (rest: string): string => `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n${rest}`;

suite('bad input', (test) => {
  const run = (input: string, args: readonly string[] = []): Outcome => kharden(args, { input, cwd: world });
  const fails = (input: string, status: number, message: RegExp, args: readonly string[] = []): void => {
    const outcome = run(input, args);
    assert.equal([outcome.status, outcome.stdout], [status, '']);
    assert.match(asLines(outcome.stderr), message);
  };

  test('an empty stream is nothing to do, and says so', () => {
    assert.equal(run(''), { status: 0, stdout: '', stderr: 'kharden: stdin was empty: nothing to harden\n' });
    assert.is(run('\n# nothing\n').stdout, '\n# nothing\n');
  });

  test('one broken document of many: nothing comes out', () => {
    fails(
      `${POD}---\nkind: Pod\n  spec: [\n---\n${POD}`,
      2,
      /^stdin:\d+:\d+ invalid-yaml .*: correct the YAML here and run kharden again$/m,
    );
  });

  test('a folder instead of a stream', () => {
    const { status, stdout, stderr } = execute('/bin/sh', ['-c', `"${process.execPath}" "${KHARDEN}" < .`], { cwd: world });
    assert.equal([status, stdout], [2, '']);
    assert.match(asLines(stderr), /^stdin: unusable-path this is a folder, not a file: use a file\n/);
  });

  test('a ResourceList without items comes back as it was', () => {
    for (const rest of ['', 'items: []\n', 'items:\n', 'items: null\nfunctionConfig: {apiVersion: v1, kind: ConfigMap}\n']) {
      assert.is(succeed(run(list(rest))), list(rest));
    }
    fails(list('items: {a: 1}\n'), 1, /items of a ResourceList must be a list of objects/);
    fails(list('items: [1]\n'), 1, /items of a ResourceList must be a list of objects/);
  });

  test('a functionConfig that is wrong', () => {
    fails(
      list('items: []\nfunctionConfig: {apiVersion: v1, kind: ConfigMap, data: {skp: resources}}\n'),
      1,
      /functionConfig:1:1 invalid-config data\.skp: unknown key: did you mean skip\?/,
    );
    fails(
      list('items: []\nfunctionConfig: {apiVersion: v1, kind: Secret}\n'),
      1,
      /kind: expected KhardenConfig or ConfigMap, found "Secret"/,
    );
    fails(list('items: []\nfunctionConfig: 1\n'), 1, /kind: expected KhardenConfig or ConfigMap, found null/);
  });

  test('a closed pipe ends it without a word', () => {
    const many = Array.from({ length: 2000 }, () => POD).join('---\n');
    const file = join(world, 'many.yaml');
    writeFileSync(file, many);
    const { status, stdout, stderr } = execute(
      '/bin/bash',
      ['-c', `set -o pipefail; "${process.execPath}" "${KHARDEN}" --quiet < "${file}" | head -n 1`],
      { cwd: world },
    );
    assert.equal([status, stdout, stderr], [0, 'apiVersion: v1\n', '']);
  });

  test('a stream that ends before it is whole is not hardened by halves', async () => {
    const child = spawn(process.execPath, [KHARDEN], { cwd: world, stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stdin.write(`${POD}---\n`);
    child.stdin.end('apiVersion: v1\nkind: Pod\nmetadata: {name: b');
    const status = await new Promise((resolve) => child.on('close', resolve));
    assert.equal([status, stdout], [2, '']);
  });

  test('50 MB', () => {
    const text = '    0123456789012345678901234567890123456789012345678901234\n'.repeat(17_000);
    const filler = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: big}\ndata:\n  text: |\n${text}`;
    const input = `${Array.from({ length: 50 }, () => filler).join('---\n')}---\n${POD}`;
    assert.ok(input.length > 50_000_000);
    const output = succeed(run(input));
    assert.ok(output.startsWith(input.slice(0, input.length - POD.length)));
    assert.match(output.slice(-2000), /runAsUser: 10001/);
  });
});
