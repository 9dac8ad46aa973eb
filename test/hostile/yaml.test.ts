/** Documents that are made to hang or to exhaust a parser, and keys that are made to reach prototypes. */
import { harden, type FileResult, type HardenOptions } from '../../src/index.ts';
import { assert, suite } from '../harness.ts';
import { HEAD, POD } from './inputs.ts';

function hardened(content: string, options: HardenOptions = {}): FileResult {
  return harden([{ path: 'pod.yaml', content }], options).files[0] as FileResult;
}

function isRefused(content: string, id: string, message: RegExp): void {
  const file = hardened(content);
  assert.is(file.output, content);
  assert.equal(
    file.findings.map((finding) => finding.id),
    [id],
  );
  assert.match(file.findings[0]?.message ?? '', message);
}

suite('hostile YAML', (test) => {
  test('alias bombs are refused', () => {
    const laughs = Array.from(
      { length: 20 },
      (_, index) => `  a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`).join()}]\n`,
    );
    isRefused(
      `${POD}x:\n  a0: &a0 [lol]\n${laughs.join('')}`,
      'invalid-yaml',
      /^too many aliases: this looks like an alias bomb/,
    );
    const merged = laughs.map((line) => line.replace(/\[.*\]/, (list) => `{<<: ${list}, k: ${list}}`)).join('');
    isRefused(`${POD}x:\n  a0: &a0 {a: b}\n${merged}`, 'invalid-yaml', /^too many aliases/);
  });

  test('many uses of one anchor are no bomb', () => {
    const uses = Array.from({ length: 1000 }, (_, index) => `    l${index}: *x\n`).join('');
    const file = hardened(`${HEAD}  annotations:\n    x: &x y\n${uses}${POD.slice(HEAD.length)}`);
    const errors = file.findings.filter(({ severity }) => severity === 'error');
    assert.equal([file.workloads, errors, file.edits.length > 0], [1, [], true]);
  });

  test('an anchor that holds itself is refused', () => {
    isRefused(`${POD}x: &x [*x]\n`, 'invalid-yaml', /^an anchor contains an alias to itself/);
    isRefused(`${POD}x: &x {<<: *x}\n`, 'invalid-yaml', /^an anchor contains an alias to itself/);
  });

  for (const [name, [open, close]] of Object.entries({
    lists: ['[', ']'],
    maps: ['{a: ', '}'],
    'open lists': ['[', ''],
  })) {
    test(`100,000 levels of ${name} are refused`, () => {
      const nested = `${(open as string).repeat(100_000)}${(close as string).repeat(100_000)}`;
      isRefused(`${POD}x: ${nested}\n`, 'invalid-yaml', /^nested too deeply to be read/);
    });
  }

  test('blocks that are nested too deeply are refused', () => {
    isRefused(`${POD}x:\n  ${'- '.repeat(100_000)}a\n`, 'invalid-yaml', /^nested too deeply to be read/);
    isRefused(
      `${POD}x:\n${Array.from({ length: 3000 }, (_, index) => `${' '.repeat(index + 1)}a:\n`).join('')}`,
      'invalid-yaml',
      /^nested too deeply/,
    );
  });

  test('names of prototypes are names like any other', () => {
    const before = Object.getOwnPropertyNames(Object.prototype).join();
    for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
      const keys = `{${name}: "1", "${name}/x": {polluted: "yes"}}`;
      const content = [
        `apiVersion: v1\nkind: Pod\n${name}: ${keys}\nmetadata:\n  name: ${name}\n  ${name}: ${keys}\n  labels: {${name}: x}`,
        `  annotations: {${name}: x, kharden.dev/skip.${name}: ${name}, kharden.dev/writable.${name}: /${name}}`,
        `spec:\n  ${name}: ${keys}\n  volumes: [{name: ${name}, emptyDir: {}}]\n  containers:\n  - name: ${name}\n    image: ${name}`,
        `    env: [{name: ${name}, value: ${name}}]\n    volumeMounts: [{name: ${name}, mountPath: /${name}}]\n    ${name}: ${keys}`,
        `    securityContext:\n      ${name}: ${keys}\n      capabilities: {add: [${name}]}\n    resources: {limits: {${name}: 1}}\n`,
      ].join('\n');
      const file = hardened(content, { settings: { override: true } });
      assert.equal(
        file.findings.filter(({ id }) => id === 'internal-error'),
        [],
      );
      assert.ok(file.edits.length > 0, name);
      assert.ok(file.output.split(name).length >= content.split(name).length, file.output);
      assert.is(hardened(file.output, { settings: { override: true } }).output, file.output);
    }
    assert.is(Object.getOwnPropertyNames(Object.prototype).join(), before);
    assert.is(({} as { polluted?: string }).polluted, undefined);
  });

  test('keys that look like numbers keep their bytes', () => {
    const labels = '  labels: {10: a, 2: b, 1: c, 0x1F: d, 1.50: e, true: f, 010: g, "01": h, -1: i}\n';
    const { output, edits } = hardened(`${HEAD}${labels}${POD.slice(HEAD.length)}`);
    assert.ok(edits.length > 0);
    assert.ok(output.includes(labels));
  });
});
