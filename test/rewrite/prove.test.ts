import type { PatchOperation } from '../../src/patch/index.ts';
import { disprove } from '../../src/rewrite/prove.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { splitStream } from '../../src/yaml/index.ts';
import { assert, suite } from '../harness.ts';

const INPUT = 'a: 1\n---\nb: 2\n---\nc: 3\n';
const SET: readonly PatchOperation[] = [{ op: 'replace', path: '/b', value: 4 }];

/** What is wrong with an output when the second document of the input is to get what `operations` say. */
function mistake(
  output: string,
  operations: readonly PatchOperation[] = SET,
  newDocuments: readonly JsonObject[] = [],
): string | undefined {
  const slice = splitStream(INPUT)[1];
  if (!slice) throw new Error('no document');
  return disprove(INPUT, output, [{ slice, value: { b: 2 }, operations, newDocuments }]);
}

const NEW = { kind: 'New' };
const NO_VALUE = 'document 2 does not have the value that its operations give';
const NO_NEW = 'the new document before document 2 does not have the expected value';
const COUNT = 'the number of documents is wrong';
const changed = (index: number): string => `document ${index} changed although no operation names it`;

suite('rewrite/prove', (test) => {
  const CASES: readonly (readonly [output: string, expected: string | undefined])[] = [
    ['a: 1\n---\nb: 4\n---\nc: 3\n', undefined],
    ['a: 1\n---\nb:   4 # four\n---\nc: 3\n', undefined],
    ['a: 1\n---\n{"b": 4}\n---\nc: 3\n', undefined],
    ['a: 1\n---\n{"b": 4, }\n---\nc: 3\n', undefined],
    ['a: 1\n---\n{"b": 5}\n---\nc: 3\n', NO_VALUE],
    [INPUT, NO_VALUE],
    ['a: 1\n---\nb: 4\nd: 5\n---\nc: 3\n', NO_VALUE],
    ['a: 1\n---\nb: [\n---\nc: 3\n', NO_VALUE],
    ['a: 1\n', NO_VALUE],
    ['a:  1\n---\nb: 4\n---\nc: 3\n', changed(1)],
    ['a: 1\n---\nb: 4\n---\nc: 4\n', changed(3)],
    ['a: 1\n---\nb: 4\n', changed(3)],
    ['a: 1\n---\nb: 4\n---\nc: 3\n---\nd: 5\n', COUNT],
  ];
  for (const [output, expected] of CASES) test(JSON.stringify(output), () => assert.is(mistake(output), expected));

  test('new documents come before it, in their order', () => {
    const output = 'a: 1\n---\nkind: New\n---\nb: 4\n---\nc: 3\n';
    assert.is(mistake(output, SET, [NEW]), undefined);
    assert.is(mistake(output, SET, [{ kind: 'Other' }]), NO_NEW);
    assert.is(mistake(output, SET, [NEW, NEW]), NO_NEW);
    assert.is(mistake(output), NO_VALUE);
    assert.is(mistake('a: 1\n', SET, [NEW]), NO_NEW);
  });

  test('a patch that does not apply', () => {
    const operations: PatchOperation[] = [{ op: 'test', path: '/b', value: 3 }];
    const found = mistake('a: 1\n---\nb: 4\n---\nc: 3\n', operations) ?? '';
    assert.match(found, /^document 2: the patch does not apply: \S.*$/);
    assert.not(found.includes('\n'));
  });
});
