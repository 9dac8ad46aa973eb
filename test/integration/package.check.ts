/** What npm publishes: only what is needed, and it works for those who install it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { execute, PROJECT, temporaryFolder } from './world.ts';

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly dev?: boolean; readonly license?: string; readonly integrity?: string; readonly resolved?: string }>
  >;
}

const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');
const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

function npm(cwd: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = execute('/usr/bin/env', ['npm', ...args, ...quiet], { cwd });
  assert.is(status, 0, stderr);
  return stdout;
}

/** Licences that ask for no more than their text and the names of the authors, which dist/third-party-licences.txt holds. */
const PERMISSIVE = /^(?:MIT|ISC|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|0BSD)$/;

suite('package', (test) => {
  const folder = temporaryFolder();
  const [packed] = JSON.parse(npm(PROJECT, 'pack', '--json', '--pack-destination', folder)) as [Packed];
  const paths = packed.files.map(({ path }) => path);
  const user = join(folder, 'user');
  mkdirSync(user);
  writeFileSync(join(user, 'package.json'), '{"type": "module"}\n');
  npm(user, 'install', '--offline', join(folder, packed.filename));

  test('holds the program, the library with its types, the plugin, completions and man page, and nothing else', () => {
    const chunks = paths.filter((path) => /^dist\/program\/[\w-]+\.cjs$/.test(path));
    assert.ok(chunks.length > 1);
    const others = paths.filter((path) => !path.startsWith('dist/types/') && !chunks.includes(path));
    assert.equal(others.sort(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin/kharden.js',
      'bin/load.js',
      'bin/package.json',
      'completions/_kharden',
      'completions/kharden.bash',
      'completions/kharden.fish',
      'dist/audit.schema.json',
      'dist/config.schema.json',
      'dist/index.js',
      'dist/program/knowledge.txt',
      'dist/result.schema.json',
      'dist/third-party-licences.txt',
      'helm/bin/kharden',
      'helm/bin/kharden.cmd',
      'helm/plugin.yaml',
      'man/kharden.1',
      'package.json',
    ]);
    assert.ok(paths.every((path) => !path.startsWith('dist/types/') || path.endsWith('.d.ts')));
  });

  test('needs no other package and runs nothing when it is installed', () => {
    const { dependencies, scripts } = JSON.parse(read('package.json')) as Record<string, Record<string, string> | undefined>;
    assert.is(dependencies, undefined);
    assert.equal(
      Object.keys(scripts ?? {}).filter((name) => /install/.test(name)),
      [],
    );
    assert.equal(npm(user, 'ls', '--all', '--parseable').trim().split('\n').length, 2);
  });

  test('the licence of everything inside is permissive, and its text is there', () => {
    const parts = read('dist/third-party-licences.txt').split(`${'-'.repeat(80)}\n\n`);
    const heads = parts.map((part) => /^(\S+) \d+\.\d+\.\d+ \((.*)\)\n\n([^]*)$/.exec(part) ?? []);
    assert.ok(heads.length > 5);
    for (const [, name, licence, text] of heads) {
      assert.match(licence ?? '', PERMISSIVE, name);
      assert.match(text ?? '', /licen[cs]e|copyright|permission/i, name);
    }
    for (const name of ['yaml', 'commander', 'diff', 'fast-glob', 'fast-json-patch', 'picomatch', 'typebox', 'unbash']) {
      assert.ok(
        heads.some(([, one]) => one === name),
        name,
      );
    }
  });

  test('the lockfile pins everything by its hash', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as Lock;
    const locked = Object.entries(packages).filter(([path]) => path !== '');
    assert.ok(locked.length > 10);
    assert.equal(
      locked.flatMap(([path, { integrity }]) => (integrity?.startsWith('sha512-') ? [] : [path])),
      [],
    );
  });

  test('the program runs', () => {
    const input = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: busybox}]}\n';
    const npx = ['npx', '--yes', '--offline', '--package', join(folder, packed.filename), 'kharden'];
    for (const [program, ...args] of [[join(user, 'node_modules/.bin/kharden')], ['/usr/bin/env', ...npx]]) {
      const { status, stdout, stderr } = execute(program ?? '', args, { cwd: user, input });
      assert.is(status, 0, stderr);
      assert.match(stdout, /runAsNonRoot: true/);
    }
  });

  /** The example of the README as a whole module, whatever it prints. */
  const [, example = ''] = /^```js\n([^]*?)^```$/m.exec(read('README.md')) ?? [];
  const text = "'apiVersion: v1\\nkind: Pod\\nmetadata: {name: a}\\nspec: {containers: [{name: a, image: busybox}]}\\n'";
  writeFileSync(
    join(user, 'use.ts'),
    `declare const console: { log(...values: readonly unknown[]): void };\nconst text = ${text};\n${example}`,
  );
  const options = ['--strict', '--noUncheckedIndexedAccess', '--target', 'es2022', '--skipLibCheck', 'false', 'use.ts'];

  test('the example of the README runs, and its types need no package that is not there', () => {
    const tsc = join(PROJECT, 'node_modules/typescript/bin/tsc');
    const compiled = execute(process.execPath, [tsc, '--module', 'nodenext', '--types', '', ...options], { cwd: user });
    assert.is(compiled.status, 0, compiled.stdout);
    const { status, stdout, stderr } = execute(process.execPath, ['use.js'], { cwd: user });
    assert.is(status, 0, stderr);
    assert.match(stdout, /runAsNonRoot: true/);
  });

  for (const resolution of ['node10', 'bundler']) {
    test(`its types are found by an older TypeScript with moduleResolution ${resolution}`, () => {
      const modules = ['--moduleResolution', resolution, '--module', 'esnext', '--noEmit'];
      const { status, stdout } = execute('typescript', [...modules, ...options], { cwd: user });
      assert.is(status, 0, stdout);
    });
  }
});
