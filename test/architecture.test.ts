/** The house: the table of docs/architecture.md against the sources, circles of imports, and the size of files and folders. */
import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert, suite } from './harness.ts';
import { lazy } from './lazy.ts';
import { isNode, readSource, walk, type SyntaxNode, type Visit } from './syntax.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const LONGEST_FILE = 250;
const MOST_FILES = 12;

interface Row {
  /** `src/yaml/` or `transforms/`. */
  readonly folder: string;
  readonly allowed: readonly { readonly name: string; readonly isPackage: boolean }[];
}

/** The rows of the table that are about the program's sources. */
function rowsOf(markdown: string): Row[] {
  const cells = [...markdown.matchAll(/^\| `((?:src|transforms)[^`]*)` \|[^|]*\|([^|]*)\|$/gm)];
  return cells.map(([, folder = '', names = '']) => ({
    folder,
    allowed: [...names.matchAll(/`([^`]+)`( \(package\))?/g)].map(([, name = '', mark]) => ({
      name,
      isPackage: mark !== undefined,
    })),
  }));
}

function rowOf(rows: readonly Row[], file: string): Row | undefined {
  return rows.find((row) => row.folder === `${posix.dirname(file)}/`);
}

/** The folder that a name in the table stands for. */
function folderOf(name: string): string {
  return name === 'src' || name === 'transforms' ? `${name}/` : `src/${name}/`;
}

/** The modules that a source imports, types among them. */
function importsOf(visits: readonly Visit[]): string[] {
  return visits.flatMap(({ node }) => {
    const argument =
      node.type === 'TSImportType'
        ? node['argument']
        : node.type === 'CallExpression' && isNode(node['callee']) && node['callee'].type === 'Import'
          ? (node['arguments'] as SyntaxNode[])[0]
          : node['source'];
    return isNode(argument) ? [String(argument['value'] ?? '')] : [];
  });
}

const HOST_NAMES = new Set(['process', 'console', 'require', 'Buffer', '__dirname', '__filename']);

/** Names of the host that a source uses as values: not types, not fields of something else. */
function hostNamesIn(visits: readonly Visit[]): string[] {
  const used = visits.filter(({ node, above, field }) => {
    const isField = (field === 'property' || field === 'key') && above.at(-1)?.['computed'] === false;
    return node.type === 'Identifier' && HOST_NAMES.has(String(node['name'])) && !isField;
  });
  return used.map(({ node }) => String(node['name']));
}

function isAllowed(row: Row, file: string, from: string): boolean {
  if (!from.startsWith('.'))
    return row.allowed.some(({ name, isPackage }) => name === from && (isPackage || from.startsWith('node:')));
  const target = posix.join(posix.dirname(file), from);
  if (target === 'package.json') return row.allowed.some(({ name }) => name === target);
  const folder = `${posix.dirname(target)}/`;
  return folder === row.folder || row.allowed.some(({ name, isPackage }) => !isPackage && folderOf(name) === folder);
}

/** What a source may not do, one line each. */
function violations(rows: readonly Row[], file: string, source: readonly Visit[]): string[] {
  const row = rowOf(rows, file);
  if (!row) return [`${file} is in no row of the table`];
  const imports = importsOf(source).filter((from) => !isAllowed(row, file, from));
  const names = file.startsWith('src/cli/') ? [] : hostNamesIn(source);
  return [...imports.map((from) => `${file} imports ${from}`), ...names.map((name) => `${file} uses ${name}`)];
}

/** The names in a row of folders that stand below it: each would make a circle of folders possible. */
function againstTheOrder(rows: readonly Row[]): string[] {
  return rows.flatMap((row, index) =>
    row.allowed
      .filter(({ name, isPackage }) => !isPackage && rows.slice(index + 1).some(({ folder }) => folder === folderOf(name)))
      .map(({ name }) => `${row.folder} imports ${name}, which stands below it`),
  );
}

/** A circle of imports, as its files in order; undefined when there is none. */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const follow = (file: string, above: readonly string[]): string[] | undefined => {
    if (above.includes(file)) return [...above.slice(above.indexOf(file)), file];
    if (done.has(file)) return undefined;
    const found = (imports.get(file) ?? []).map((next) => follow(next, [...above, file])).find((circle) => circle !== undefined);
    done.add(file);
    return found;
  };
  return [...imports.keys()].map((file) => follow(file, [])).find((circle) => circle !== undefined);
}

function importGraph(sources: ReadonlyMap<string, readonly Visit[]>): Map<string, string[]> {
  return new Map(
    [...sources].map(([file, source]) => {
      const names = importsOf(source);
      return [file, names.filter((from) => from.startsWith('.')).map((from) => posix.join(posix.dirname(file), from))];
    }),
  );
}

/** Files that are longer than a reader takes in at once. */
function tooLong(files: Iterable<readonly [file: string, text: string]>): string[] {
  return [...files].flatMap(([file, text]) => {
    const lines = text.split('\n').length - 1;
    return lines > LONGEST_FILE ? [`${file} has ${lines} lines`] : [];
  });
}

/** Folders with more files than a newcomer overlooks. Of `transforms/` each file is one of a kind. */
function tooFull(paths: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(posix.dirname(path), (counts.get(posix.dirname(path)) ?? 0) + 1);
  return [...counts].flatMap(([folder, count]) =>
    count > MOST_FILES && folder !== 'transforms' ? [`${folder} has ${count} files`] : [],
  );
}

const rows = rowsOf(readFileSync(`${root}docs/architecture.md`, 'utf8'));
const files = fastGlob.sync(['src/**/*.ts', 'transforms/*.ts'], { cwd: root }).sort();
const visitsOf = (text: string): readonly Visit[] => [...walk(readSource(text))];
const sources = lazy(() => new Map(files.map((file) => [file, visitsOf(readFileSync(root + file, 'utf8'))])));

suite('architecture', (test) => {
  test('the table has a row for every folder and no other', () => {
    const folders = new Set(files.map((file) => `${posix.dirname(file)}/`));
    assert.equal(rows.map(({ folder }) => folder).sort(), [...folders].sort());
  });

  test('every folder imports from those above it in the table', () => assert.equal(againstTheOrder(rows), []));

  test('no two files import each other in a circle', () => assert.is(circleIn(importGraph(sources()))?.join(' > '), undefined));

  test('no file is too long', () => {
    const all = fastGlob.sync(['{src,transforms,test,scripts,bench,bin,docs}/**/*.{ts,js}'], { cwd: root });
    assert.equal(tooLong(all.map((file) => [file, readFileSync(root + file, 'utf8')])), []);
  });

  test('no folder is too full', () => assert.equal(tooFull(files), []));

  for (const { folder } of rows) {
    test(folder, () => {
      const inside = files.filter((file) => rowOf(rows, file)?.folder === folder);
      assert.equal(
        inside.flatMap((file) => violations(rows, file, sources().get(file) ?? [])),
        [],
      );
    });
  }
});

suite('architecture: what is wrong is found', (test) => {
  const PLANTED: readonly (readonly [file: string, text: string, said: string])[] = [
    ['src/patch/a.ts', "import { x } from '../engine/harden.ts';", 'src/patch/a.ts imports ../engine/harden.ts'],
    ['src/patch/a.ts', "import type { X } from '../kubernetes/kinds.ts';", 'src/patch/a.ts imports ../kubernetes/kinds.ts'],
    ['src/engine/a.ts', "export { x } from '../cli/run.ts';", 'src/engine/a.ts imports ../cli/run.ts'],
    ['src/engine/a.ts', "export * from '../hosts/krm.ts';", 'src/engine/a.ts imports ../hosts/krm.ts'],
    ['src/engine/a.ts', "import { parse } from 'yaml';", 'src/engine/a.ts imports yaml'],
    ['src/engine/a.ts', "import { x } from '../yaml/read/parse.ts';", 'src/engine/a.ts imports ../yaml/read/parse.ts'],
    ['src/engine/a.ts', "const x = await import('../report/diff.ts');", 'src/engine/a.ts imports ../report/diff.ts'],
    ['src/engine/a.ts', "let x: import('../report/diff.ts').X;", 'src/engine/a.ts imports ../report/diff.ts'],
    ['src/report/a.ts', "import { harden } from '../engine/harden.ts';", 'src/report/a.ts imports ../engine/harden.ts'],
    ['src/images/a.ts', "import { x } from '../workspace/facts.ts';", 'src/images/a.ts imports ../workspace/facts.ts'],
    ['src/util/a.ts', "import { x } from '../patch/pointer.ts';", 'src/util/a.ts imports ../patch/pointer.ts'],
    ['transforms/a.ts', "import { x } from '../src/yaml/index.ts';", 'transforms/a.ts imports ../src/yaml/index.ts'],
    ['src/config/a.ts', "import { readFileSync } from 'node:fs';", 'src/config/a.ts imports node:fs'],
    ['src/cli/a.ts', "import { get } from 'node:http';", 'src/cli/a.ts imports node:http'],
    ['src/hosts/a.ts', 'process.exit();', 'src/hosts/a.ts uses process'],
    ['src/hosts/a.ts', 'const { log } = console;', 'src/hosts/a.ts uses console'],
    ['src/hosts/a.ts', "require('fs');", 'src/hosts/a.ts uses require'],
    ['src/new/a.ts', '', 'src/new/a.ts is in no row of the table'],
  ];
  for (const [file, text, said] of PLANTED) test(said, () => assert.equal(violations(rows, file, visitsOf(text)), [said]));

  const HARMLESS: readonly (readonly [file: string, text: string])[] = [
    ['src/report/a.ts', "import type { A } from '../index.ts'; import { diffLines } from 'diff';"],
    ['src/yaml/read/a.ts', "import { x } from './parse.ts'; import { parse } from 'yaml';"],
    ['src/hosts/a.ts', 'export const a = { process: 1 }; a.process; // console.log'],
    ['src/cli/commands/a.ts', "import { x } from 'node:fs'; process.exit(); import { y } from '../files/walk.ts';"],
  ];
  for (const [file, text] of HARMLESS) test(`allowed: ${text}`, () => assert.equal(violations(rows, file, visitsOf(text)), []));

  test('a row against the order', () => {
    const wrong = rowsOf('| `src/util/` | a | `yaml` |\n| `src/yaml/` | b | `util`, `yaml` (package) |\n');
    assert.equal(againstTheOrder(wrong), ['src/util/ imports yaml, which stands below it']);
  });

  test('a circle', () => {
    const graph = { a: ['b'], b: ['c'], c: ['d', 'b'], d: [] };
    assert.is(circleIn(new Map(Object.entries(graph)))?.join(' > '), 'b > c > b');
  });

  test('a file of 251 lines, a folder of 13 files', () => {
    const lines = (count: number): string => 'x\n'.repeat(count);
    assert.equal(
      tooLong([
        ['a.ts', lines(250)],
        ['b.ts', lines(251)],
      ]),
      ['b.ts has 251 lines'],
    );
    const names = (folder: string, count: number): string[] =>
      Array.from({ length: count }, (_, index) => `${folder}/${index}.ts`);
    assert.equal(tooFull([...names('src/a', 12), ...names('src/b', 13)]), ['src/b has 13 files']);
  });
});
