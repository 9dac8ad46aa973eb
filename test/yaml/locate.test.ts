import { isParsed, Lines, locate, parseYaml, position } from '../../src/yaml/index.ts';
import { assert, suite } from '../harness.ts';

const TEXT = `# note
a: &x
  b: 1
  "c d": {e: 2}
list:
- f: 3
-
- *x
merged:
  <<: [*x, {g: 4}]
  h: 5
  h: 6
through:
  <<: {i: {j: 7}}
slash/ed: 8
`;

/** Where a pointer leads: the text from there to the end of its line. */
const PLACES: readonly (readonly [pointer: string, place: string])[] = [
  ['', 'a: &x'],
  ['/a', 'a: &x'],
  ['/a/b', 'b: 1'],
  ['/a/c d', '"c d": {e: 2}'],
  ['/a/c d/e', 'e: 2}'],
  ['/a/b/deeper', 'b: 1'],
  ['/a/missing', 'a: &x'],
  ['/a/missing/deeper', 'a: &x'],
  ['/missing', 'a: &x'],
  ['/list', 'list:'],
  ['/list/0', 'f: 3'],
  ['/list/0/f', 'f: 3'],
  ['/list/1', ''],
  ['/list/1/deeper', ''],
  ['/list/2', '*x'],
  ['/list/2/b', 'b: 1'],
  ['/list/9', 'list:'],
  ['/list/9/f', 'list:'],
  ['/merged/h', 'h: 6'],
  ['/merged/b', 'b: 1'],
  ['/merged/g', 'g: 4}]'],
  ['/merged/missing', 'merged:'],
  ['/through/i/j', 'j: 7}}'],
  ['/slash~1ed', 'slash/ed: 8'],
];

const POSITIONS: readonly (readonly [text: string, offset: number, line: number, column: number])[] = [
  ['', 0, 1, 1],
  ['ab\ncd', 0, 1, 1],
  ['ab\ncd', 1, 1, 2],
  ['ab\ncd', 2, 1, 3],
  ['ab\ncd', 3, 2, 1],
  ['ab\ncd', 5, 2, 3],
  ['\n\n\n', 2, 3, 1],
  ['\n\n\n', 3, 4, 1],
  ['a\nb\nc\nd\ne\n', 6, 4, 1],
  ['a\nb\nc\nd\ne\n', 5, 3, 2],
  ['\uFEFFab\ncd', 0, 1, 1],
  ['\uFEFFab\ncd', 1, 1, 1],
  ['\uFEFFab\ncd', 2, 1, 2],
  ['\uFEFFab\ncd', 4, 2, 1],
];

suite('yaml/locate', (test) => {
  const parsed = parseYaml(TEXT);
  if (!isParsed(parsed)) throw new Error(parsed.message);
  for (const [pointer, place] of PLACES) {
    test(`"${pointer}"`, () => assert.is(TEXT.slice(locate(parsed, pointer)).split('\n')[0], place));
  }

  for (const [text, offset, line, column] of POSITIONS) {
    test(`offset ${offset} of ${JSON.stringify(text)} is ${line}:${column}`, () => {
      assert.equal(position(text, offset), { line, column });
      const lines = new Lines(text);
      lines.position(text.length);
      assert.equal(lines.position(offset), { line, column });
    });
  }
});
