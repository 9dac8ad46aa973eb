import { insertBefore } from '../../src/rewrite/new-documents.ts';
import { applyTextEdits, isParsed, parseYaml, splitStream } from '../../src/yaml/index.ts';
import { assert, suite } from '../harness.ts';

/** `text` with `kind: New` before its document `index`; for each further name one document more. */
function inserted(text: string, index = 0, ...more: string[]): string {
  const slice = splitStream(text)[index];
  const parsed = slice && parseYaml(text.slice(slice.start, slice.end));
  if (!slice || !parsed || !isParsed(parsed)) throw new Error('no document');
  return applyTextEdits(text, [
    insertBefore(
      text,
      slice,
      parsed,
      ['New', ...more].map((kind) => ({ kind })),
    ),
  ]);
}

/** Texts, and what becomes of them; `NEW` stands for the new document with its markers. */
const PLACES: readonly (readonly [what: string, text: string, result: string])[] = [
  ['a plain document', 'a: b\n', 'kind: New\n---\na: b\n'],
  ['a marker', '---\na: b\n', '---\nkind: New\n---\na: b\n'],
  ['a marker with a comment', '--- # x\na: b\n', '---\nkind: New\n--- # x\na: b\n'],
  ['a comment of the content', '# x\na: b\n', 'kind: New\n---\n# x\na: b\n'],
  ['a header that a blank line closes', '# x\n\na: b\n', '# x\n\nkind: New\n---\na: b\n'],
  ['the last of several blank lines', '# x\n\n# y\n \t\n# z\na: b\n', '# x\n\n# y\n \t\nkind: New\n---\n# z\na: b\n'],
  ['copyright', '# Copyright x\n# y\na: b\n', '# Copyright x\n# y\nkind: New\n---\na: b\n'],
  ['a licence', '# x\n\n# licence\na: b\n', '# x\n\n# licence\nkind: New\n---\na: b\n'],
  ['SPDX', '# SPDX-License-Identifier: x\na: b\n', '# SPDX-License-Identifier: x\nkind: New\n---\na: b\n'],
  [
    'copyright in the source that Helm names',
    '# Source: x/licenses.yaml\na: b\n',
    'kind: New\n---\n# Source: x/licenses.yaml\na: b\n',
  ],
  ['a header behind a marker', '---\n# x\n\na: b\n', '---\n# x\n\nkind: New\n---\na: b\n'],
  ['a comment behind a marker', '---\n# x\na: b\n', '---\nkind: New\n---\n# x\na: b\n'],
  ['a comment before a marker', '# x\n---\na: b\n', '# x\n---\nkind: New\n---\na: b\n'],
  ['a directive', '%YAML 1.1\n---\na: b\n', '%YAML 1.1\n---\nkind: New\n---\na: b\n'],
  ['a directive below a comment', '# x\n%YAML 1.1\n---\n# y\n\na: b\n', '# x\n%YAML 1.1\n---\nkind: New\n---\n# y\n\na: b\n'],
  ['a byte order mark', '\uFEFFa: b\n', '\uFEFFkind: New\n---\na: b\n'],
  ['CRLF', '# x\r\n\r\na: b\r\n', '# x\r\n\r\nkind: New\r\n---\r\na: b\r\n'],
  ['no line break at the end', 'a: b', 'kind: New\n---\na: b'],
];

/** The same for the second document. */
const SECOND: readonly (readonly [what: string, text: string, result: string])[] = [
  ['a marker', 'x: y\n---\na: b\n', 'x: y\n---\nkind: New\n---\na: b\n'],
  ['comments', 'x: y\n---\n# x\n\n# copyright\na: b\n', 'x: y\n---\nkind: New\n---\n# x\n\n# copyright\na: b\n'],
  ['a document end', 'x: y\n...\na: b\n', 'x: y\n...\nkind: New\n---\na: b\n'],
  ['CRLF in it alone', 'x: y\n---\r\na: b\r\n', 'x: y\n---\r\nkind: New\r\n---\r\na: b\r\n'],
];

suite('rewrite/new-documents', (test) => {
  for (const [what, text, result] of PLACES) test(`before the first document: ${what}`, () => assert.is(inserted(text), result));
  for (const [what, text, result] of SECOND) test(`before the second: ${what}`, () => assert.is(inserted(text, 1), result));

  test('several of them', () => {
    assert.is(inserted('a: b\n', 0, 'Other'), 'kind: New\n---\nkind: Other\n---\na: b\n');
    assert.is(inserted('---\na: b\n', 0, 'Other'), '---\nkind: New\n---\nkind: Other\n---\na: b\n');
  });
});
