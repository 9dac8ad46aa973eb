/** `--format json`: valid by its schema, which is closed, and complete. */
import { readFileSync } from 'node:fs';
import { printJson } from '../../../src/report/formats/json.ts';
import { RESULT_SCHEMA } from '../../../src/report/formats/json-schema.ts';
import { problemsOf, type RunResult } from '../../../src/report/result.ts';
import { isArray, isObject, type Json, type JsonObject } from '../../../src/util/json.ts';
import { assert, suite } from '../../harness.ts';
import { lazy } from '../../lazy.ts';
import { validate } from '../../json-schema.ts';
import { EMPTY, fixtures, hostile } from './results.ts';

function print(result: RunResult): JsonObject {
  return JSON.parse([...printJson(result)].join('')) as JsonObject;
}

function violations(value: Json): string[] {
  return validate(RESULT_SCHEMA, value).map(({ at, message }) => `${at}: ${message}`);
}

/** The objects of a schema that let further fields in. */
function open(schema: Json, at = ''): string[] {
  if (isArray(schema)) return schema.flatMap((inner, index) => open(inner, `${at}/${index}`));
  if (!isObject(schema)) return [];
  const isOpen = schema['properties'] !== undefined && schema['additionalProperties'] !== false;
  return [...(isOpen ? [at] : []), ...Object.entries(schema).flatMap(([key, inner]) => open(inner, `${at}/${key}`))];
}

suite('report/formats/json', (test) => {
  const printedFixtures = lazy(() => print(fixtures()));

  test('what is printed is valid', () => {
    for (const value of [printedFixtures(), print(EMPTY), print(hostile())]) assert.equal(violations(value), []);
  });

  test('the schema is closed, and refuses what is not in it', () => {
    const printed = printedFixtures();
    assert.equal(open(RESULT_SCHEMA), []);
    assert.ok(violations({ ...printed, more: 1 }).length > 0);
    const files = printed['files'] as JsonObject[];
    assert.ok(violations({ ...printed, files: [{ ...files[0], more: 1 }] }).length > 0);
    const { path, ...withoutPath } = files[0] as JsonObject;
    assert.ok(violations({ ...printed, files: [withoutPath] }).length > 0);
  });

  test('nothing is left out', () => {
    const [all, printed] = [fixtures(), printedFixtures()];
    assert.is((printed['findings'] as Json[]).length, problemsOf(all).length);
    for (const [index, file] of all.files.entries()) {
      const shown = (printed['files'] as JsonObject[])[index] as JsonObject;
      assert.equal(shown['changes'], JSON.parse(JSON.stringify(file.changes)));
      assert.equal(shown['standings'], JSON.parse(JSON.stringify(file.standings)));
    }
  });

  test('the schema in the documentation is this one', () => {
    const path = new URL('../../../docs/result.schema.json', import.meta.url);
    assert.equal(JSON.parse(readFileSync(path, 'utf8')), RESULT_SCHEMA);
  });
});
