/** The directions of imports: the table of docs/architecture.md against the sources. */
import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert, suite } from './harness.ts';
import { isNode, readSource, walk, type SyntaxNode } from './syntax.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

interface Row {
  /** `src/yaml/`, `transforms/` or `src/*.ts`. */
  readonly folder: string;
  readonly allowed: readonly { readonly name: string; readonly only: 'types' | 'package' | undefined }[];
}

/** The rows of the table that are about the program's sources. */
function rowsOf(markdown: string): Row[] {
  const cells = [...markdown.matchAll(/^\| `((?:src|transforms)[^`]*)` \|[^|]*\|([^|]*)\|$/gm)];
  return cells.map(([, folder = '', names = '']) => ({
    folder,
    allowed: [...names.matchAll(/`([^`]+)`(?: \((types|package)\))?/g)].map(([, name = '', only]) => ({
      name,
      only: only as 'types' | 'package' | undefined,
    })),
  }));
}

function rowOf(rows: readonly Row[], file: string): Row | undefined {
  const folder = posix.dirname(file);
  return rows.find(
    (row) => row.folder === `${folder}/` || (row.folder.endsWith('/*.ts') && posix.dirname(row.folder) === folder),
  );
}

interface Import {
  readonly from: string;
  readonly isType: boolean;
}

function importsOf(program: SyntaxNode): Import[] {
  return [...walk(program)].flatMap(({ node }) => {
    const argument =
      node.type === 'TSImportType'
        ? node['argument']
        : node.type === 'CallExpression' && isNode(node['callee']) && node['callee'].type === 'Import'
          ? (node['arguments'] as SyntaxNode[])[0]
          : node['source'];
    if (!isNode(argument)) return [];
    const specifiers = (node['specifiers'] ?? []) as SyntaxNode[];
    const isType = (one: SyntaxNode): boolean => one['importKind'] === 'type' || one['exportKind'] === 'type';
    const areTypes = node.type === 'TSImportType' || isType(node) || (specifiers.length > 0 && specifiers.every(isType));
    return [{ from: String(argument['value'] ?? ''), isType: areTypes }];
  });
}

const HOST_NAMES = new Set(['process', 'console', 'require', 'Buffer', '__dirname', '__filename']);

/** Names of the host that a source uses as values: not types, not fields of something else. */
function hostNamesIn(program: SyntaxNode): string[] {
  const used = [...walk(program)].filter(({ node, above, field }) => {
    const isField = (field === 'property' || field === 'key') && above.at(-1)?.['computed'] === false;
    return node.type === 'Identifier' && HOST_NAMES.has(String(node['name'])) && !isField;
  });
  return used.map(({ node }) => String(node['name']));
}

function isAllowed(row: Row, file: string, { from, isType }: Import): boolean {
  if (!from.startsWith('.'))
    return row.allowed.some(({ name, only }) => name === from && (only === 'package' || from.startsWith('node:')));
  const target = posix.join(posix.dirname(file), from);
  if (posix.dirname(target) === posix.dirname(file) && !row.folder.endsWith('/*.ts')) return true;
  return row.allowed.some(({ name, only }) => {
    const place = ['src', 'transforms', 'package.json'].includes(name) ? name : `src/${name}`;
    return (
      only !== 'package' &&
      (target === place || target === `${place}.ts` || target.startsWith(`${place}/`)) &&
      (only !== 'types' || isType)
    );
  });
}

/** What a source may not do, one line each. */
function violations(rows: readonly Row[], file: string, text: string): string[] {
  const row = rowOf(rows, file);
  if (!row) return [`${file} is in no row of the table`];
  const program = readSource(text);
  const imports = importsOf(program).filter((one) => !isAllowed(row, file, one));
  const names = row.folder === 'src/cli/' ? [] : hostNamesIn(program);
  return [...imports.map(({ from }) => `${file} imports ${from}`), ...names.map((name) => `${file} uses ${name}`)];
}

const rows = rowsOf(readFileSync(`${root}docs/architecture.md`, 'utf8'));
const files = fastGlob.sync(['src/**/*.ts', 'transforms/*.ts'], { cwd: root }).sort();

suite('architecture', (test) => {
  test('the table has a row for every folder and no other', () => {
    const folders = new Set(files.map((file) => (posix.dirname(file) === 'src' ? 'src/*.ts' : `${posix.dirname(file)}/`)));
    assert.equal(rows.map(({ folder }) => folder).sort(), [...folders].sort());
  });

  for (const { folder } of rows) {
    test(folder, () => {
      const inside = files.filter((file) => rowOf(rows, file)?.folder === folder);
      assert.equal(
        inside.flatMap((file) => violations(rows, file, readFileSync(root + file, 'utf8'))),
        [],
      );
    });
  }

  const PLANTED: readonly (readonly [file: string, text: string, said: string])[] = [
    ['src/yaml/a.ts', "import { x } from '../index.ts';", 'src/yaml/a.ts imports ../index.ts'],
    ['src/yaml/a.ts', "import type { X } from '../kubernetes/kinds.ts';", 'src/yaml/a.ts imports ../kubernetes/kinds.ts'],
    ['src/engine/a.ts', "export { x } from '../cli/run.ts';", 'src/engine/a.ts imports ../cli/run.ts'],
    ['src/engine/a.ts', "export * from '../hosts/krm.ts';", 'src/engine/a.ts imports ../hosts/krm.ts'],
    ['src/engine/a.ts', "import { parse } from 'yaml';", 'src/engine/a.ts imports yaml'],
    ['src/engine/a.ts', "const x = await import('../report/diff.ts');", 'src/engine/a.ts imports ../report/diff.ts'],
    ['src/engine/a.ts', "let x: import('../report/diff.ts').X;", 'src/engine/a.ts imports ../report/diff.ts'],
    ['src/report/a.ts', "import { harden } from '../index.ts';", 'src/report/a.ts imports ../index.ts'],
    ['src/report/a.ts', "import { type A, b } from '../index.ts';", 'src/report/a.ts imports ../index.ts'],
    ['src/report/a.ts', "import '../index.ts';", 'src/report/a.ts imports ../index.ts'],
    ['src/images/a.ts', "import { x } from '../kubernetes/facts.ts';", 'src/images/a.ts imports ../kubernetes/facts.ts'],
    ['src/json.ts', "import { x } from './glob.ts';", 'src/json.ts imports ./glob.ts'],
    ['transforms/a.ts', "import { x } from '../src/yaml/index.ts';", 'transforms/a.ts imports ../src/yaml/index.ts'],
    ['src/config/a.ts', "import { readFileSync } from 'node:fs';", 'src/config/a.ts imports node:fs'],
    ['src/cli/a.ts', "import { get } from 'node:http';", 'src/cli/a.ts imports node:http'],
    ['src/hosts/a.ts', 'process.exit();', 'src/hosts/a.ts uses process'],
    ['src/hosts/a.ts', 'const { log } = console;', 'src/hosts/a.ts uses console'],
    ['src/hosts/a.ts', "require('fs');", 'src/hosts/a.ts uses require'],
    ['src/new/a.ts', '', 'src/new/a.ts is in no row of the table'],
  ];
  for (const [file, text, said] of PLANTED)
    test(`a planted violation: ${said}`, () => assert.equal(violations(rows, file, text), [said]));

  const HARMLESS: readonly (readonly [file: string, text: string])[] = [
    ['src/report/a.ts', "import { type A, type B } from '../index.ts';"],
    ['src/report/a.ts', "import type { A } from '../index.ts'; import { diffLines } from 'diff';"],
    ['src/yaml/a.ts', "import { x } from './parse.ts'; import { parse } from 'yaml';"],
    ['src/hosts/a.ts', 'export const a = { process: 1 }; a.process; // console.log'],
    ['src/cli/a.ts', "import { x } from 'node:fs'; process.exit(); import { y } from '../../transforms/index.ts';"],
  ];
  for (const [file, text] of HARMLESS) test(`allowed: ${text}`, () => assert.equal(violations(rows, file, text), []));
});
