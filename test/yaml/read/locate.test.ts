import { isParsed, locate, parseYaml } from '../../../src/yaml/index.ts';
import { assert, suite } from '../../harness.ts';

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

suite('yaml/read/locate', (test) => {
  const parsed = parseYaml(TEXT);
  if (!isParsed(parsed)) throw new Error(parsed.message);
  for (const [pointer, place] of PLACES) {
    test(`"${pointer}"`, () => assert.is(TEXT.slice(locate(parsed, pointer)).split('\n')[0], place));
  }
});
