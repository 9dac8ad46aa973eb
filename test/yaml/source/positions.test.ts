import { Lines, position } from '../../../src/yaml/index.ts';
import { assert, suite } from '../../harness.ts';

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

suite('yaml/source/positions', (test) => {
  for (const [text, offset, line, column] of POSITIONS) {
    test(`offset ${offset} of ${JSON.stringify(text)} is ${line}:${column}`, () => {
      assert.equal(position(text, offset), { line, column });
      const lines = new Lines(text);
      lines.position(text.length);
      assert.equal(lines.position(offset), { line, column });
    });
  }
});
