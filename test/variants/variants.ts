/** Fixtures that are one document, and the check that each gets the same edit in other forms. */
import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { harden, type FileResult, type HardenOptions } from '../../src/index.ts';
import { deepEqual, isObject, path, type Json, type JsonObject } from '../../src/util/json.ts';
import { isParsed, parseYaml, splitStream } from '../../src/yaml/index.ts';
import { optionsIn } from '../fixture-options.ts';
import { assert } from '../harness.ts';
import { formsOf, type Form } from './forms.ts';

export interface Fixture {
  /** The path of its file. */
  readonly name: string;
  readonly text: string;
  /** Its one workload. */
  readonly value: JsonObject;
  readonly options: HardenOptions;
  readonly forms: readonly Form[];
}

const folder = fileURLToPath(new URL('../fixtures/', import.meta.url));
const snapshots = fileURLToPath(new URL('../../snapshots/', import.meta.url));

function hardened(text: string, options: HardenOptions): FileResult {
  const [file] = harden([{ path: 'variant.yaml', content: text }], options).files;
  if (!file) throw new Error('no result');
  return file;
}

function documentsIn(text: string): Json[] {
  return splitStream(text).flatMap(({ start, end }) => {
    const parsed = parseYaml(text.slice(start, end));
    return isParsed(parsed) ? [parsed.value] : [];
  });
}

/**
 * The one workload of a fixture in block style; undefined when it has none, several documents, what JSON
 * cannot say, or braces, which make a template or not by their quotes.
 */
function soleWorkload(text: string): JsonObject | undefined {
  const documents = documentsIn(text);
  const [value] = documents;
  const isSole =
    documents.length === 1 &&
    !/^\uFEFF?\s*\{|\{\{|\{%/.test(text) &&
    isObject(value) &&
    value['items'] === undefined &&
    typeof path(value, 'metadata', 'name') === 'string';
  return isSole && deepEqual(JSON.parse(JSON.stringify(value)) as Json, value) ? value : undefined;
}

/** The fixtures that are one workload and that hardening changes, as their golden diffs say. */
export function readFixtures(): Fixture[] {
  return fastGlob
    .sync('**/*.{yaml,yml,json}', { cwd: folder })
    .sort()
    .flatMap((name) => {
      const text = readFileSync(folder + name, 'utf8');
      const value = soleWorkload(text);
      const options = optionsIn(text);
      const isChanged = readFileSync(`${snapshots}${name}.diff`, 'utf8').startsWith('--- ');
      return value === undefined || !isChanged ? [] : [{ name, text, value, options, forms: formsOf(text, value, options) }];
    });
}

/**
 * Asserts that the forms get the edit that the fixture gets, and that a second run changes nothing.
 *
 * @returns How many of the forms say the same as the fixture before hardening, and were compared.
 */
export function assertSameEdits({ text, value }: Fixture, forms: readonly Form[]): number {
  const expectedWith = new Map<HardenOptions, Json | undefined>();
  let compared = 0;
  for (const { name, options, write, workload } of forms) {
    const input = write();
    if (!deepEqual(workload(documentsIn(input)), value)) continue;
    compared++;
    if (!expectedWith.has(options)) {
      const documents = documentsIn(hardened(text, options).output);
      expectedWith.set(
        options,
        documents.find((one) => path(one, 'kind') === value['kind']),
      );
    }
    const { output } = hardened(input, options);
    assert.ok(deepEqual(workload(documentsIn(output)), expectedWith.get(options)), `${name} gets another edit:\n${output}`);
    assert.is(hardened(output, options).edits.length, 0, `${name} changes again`);
    if (name === 'CRLF') assert.not.match(output, /(?<!\r)\n/);
  }
  return compared;
}
