/** Every fixture that is one document also runs in other forms, and must get the same edit in each. */
import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { harden, type FileResult, type HardenOptions } from '../src/index.ts';
import { deepEqual, isObject, path, type Json, type JsonObject } from '../src/util/json.ts';
import { isParsed, parseYaml, splitStream } from '../src/yaml/index.ts';
import { optionsIn } from './fixture-options.ts';
import { assert, suite } from './harness.ts';
import { variantsOf } from './variants.ts';

const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));

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

suite('variants', (test) => {
  let count = 0;
  for (const name of fastGlob.sync('**/*.{yaml,yml,json}', { cwd: fixtures }).sort()) {
    const text = readFileSync(fixtures + name, 'utf8');
    const value = soleWorkload(text);
    const options = optionsIn(text);
    if (!value || hardened(text, options).edits.length === 0) continue;
    count++;
    test(name, () => {
      const reference = hardened(text, options);
      for (const variant of variantsOf(text, value, options).filter((one) =>
        deepEqual(one.workload(documentsIn(one.text)), value),
      )) {
        const expected = documentsIn(hardened(text, variant.options).output).find((one) => path(one, 'kind') === value['kind']);
        const file = hardened(variant.text, variant.options);
        assert.ok(
          deepEqual(variant.workload(documentsIn(file.output)), expected),
          `${variant.name} gets another edit:\n${file.output}`,
        );
        assert.is(hardened(file.output, variant.options).edits.length, 0, `${variant.name} changes again`);
        if (variant.name === 'CRLF') assert.not.match(file.output, /(?<!\r)\n/);
      }
      assert.ok(reference.edits.length > 0);
    });
  }

  test('there are fixtures to vary', () => assert.ok(count > 50));
});
