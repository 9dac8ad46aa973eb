/** The types of image entries and their schema say the same. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import schema from '../../src/images/knowledge.schema.json' with { type: 'json' };
import { isObject, type Json, type JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';

const path = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const definitions: JsonObject = schema.$defs;

/** The TypeScript type of the values that fit a schema. */
function typeOf(given: Json | undefined): string {
  const one = given as JsonObject;
  if (typeof one['$ref'] === 'string') return typeOf(definitions[one['$ref'].replace('#/$defs/', '')]);
  if (one['enum']) return (one['enum'] as Json[]).map((value) => JSON.stringify(value)).join(' | ');
  if (Array.isArray(one['anyOf'])) return one['anyOf'].map(typeOf).join(' | ');
  if (isObject(one['additionalProperties'])) return `Readonly<Record<string, ${typeOf(one['additionalProperties'])}>>`;
  if (one['type'] === 'array') return `readonly (${typeOf(one['items'])})[]`;
  if (one['type'] === 'object') return `{ ${fieldsOf(one).join('; ')} }`;
  const names = [one['type']].flat() as string[];
  return names.map((name) => (name === 'integer' ? 'number' : name)).join(' | ');
}

function fieldsOf({ properties, required = [] }: JsonObject): string[] {
  if (!isObject(properties)) throw new Error('an object without properties');
  return Object.entries(properties).map(
    ([key, inner]) => `readonly ${JSON.stringify(key)}${(required as Json[]).includes(key) ? '' : '?'}: ${typeOf(inner)}`,
  );
}

/** A program that has a type error for each key of an entry whose two types are not identical, and one for keys of one alone. */
function programFor(entry: JsonObject): string {
  return [
    `import type { ImageEntry } from '${path('src/images/knowledge.ts')}';`,
    `interface Fits { ${fieldsOf(entry).join('; ')} }`,
    'type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;',
    'export const keys: Same<keyof Fits, keyof ImageEntry> = true;',
    ...Object.keys((entry['properties'] ?? {}) as JsonObject).map(
      (key) => `export const ${key}: Same<Pick<Fits, '${key}'>, Pick<ImageEntry, '${key}'>> = true;`,
    ),
  ].join('\n');
}

/** For each entry, the names of the constants with errors; one start of the compiler checks all of them. */
function differences(...entries: readonly JsonObject[]): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'kharden-types-'));
  try {
    const programs = entries.map((entry, index) => ({ file: `program-${index}.ts`, text: programFor(entry) }));
    for (const { file, text } of programs) writeFileSync(join(folder, file), text);
    const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--allowImportingTsExtensions'];
    const tsc = path('node_modules/typescript/bin/tsc');
    const files = programs.map(({ file }) => file);
    const { stdout } = spawnSync(process.execPath, [tsc, ...options, '--module', 'nodenext', ...files], {
      cwd: folder,
      encoding: 'utf8',
    });
    return programs.map(({ file, text }) => namesWithErrors(stdout, file, text));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function namesWithErrors(output: string, file: string, text: string): string[] {
  const places = [...output.matchAll(/^(program-\d+\.ts)\((\d+),/gm)].filter(([, name]) => name === file);
  const lines = places.map(([, , line]) => text.split('\n')[Number(line) - 1] ?? '');
  return lines.map((line) => /^export const (\w+)/.exec(line)?.[1] ?? line);
}

suite('image knowledge: types', (test) => {
  const entry = schema.$defs.entry as unknown as JsonObject;
  const properties = entry['properties'] as JsonObject;

  const { notes: _, ...others } = properties;
  const changed = { ...others, os: { enum: ['windows', 'plan9'] }, tags: { type: 'string' }, more: { type: 'string' } };
  const [own, withOthers, needed] = differences(
    entry,
    { ...entry, properties: changed },
    { ...entry, required: ['match', 'id'] },
  );

  test('are those of the schema', () => assert.equal(own, []));

  test('a key, a value or a need more or less in one of them is found', () => {
    assert.equal(withOthers?.sort(), ['keys', 'more', 'more', 'os', 'tags']);
    assert.equal(needed, ['id']);
  });
});
