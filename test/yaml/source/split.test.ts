import { splitStream } from '../../../src/yaml/index.ts';
import { assert, suite } from '../../harness.ts';

/** A document each; `^` stands before its `---` marker. */
const STREAMS: readonly (readonly [text: string, ...documents: string[]])[] = [
  [''],
  ['a: 1\n', 'a: 1\n'],
  ['a: 1', 'a: 1'],
  ['---\na: 1\n', '^---\na: 1\n'],
  ['---\na: 1\n---\nb: 2\n', '^---\na: 1\n', '^---\nb: 2\n'],
  ['a: 1\n---\nb: 2', 'a: 1\n', '^---\nb: 2'],
  ['a: 1\r\n---\r\nb: 2\r\n', 'a: 1\r\n', '^---\r\nb: 2\r\n'],
  ['---\n---\n', '^---\n', '^---\n'],
  ['a: 1\n---', 'a: 1\n', '^---'],
  ['--- # note\na: 1\n', '^--- # note\na: 1\n'],
  ['---\ta: 1\n', '^---\ta: 1\n'],
  ['--- {a: 1}\n--- {b: 2}\n', '^--- {a: 1}\n', '^--- {b: 2}\n'],
  ['a: 1\n---b\n', 'a: 1\n---b\n'],
  ['a: 1\n----\n', 'a: 1\n----\n'],
  ['a: 1\n ---\n', 'a: 1\n ---\n'],
  ['a: 1\n--\n---\n', 'a: 1\n--\n', '^---\n'],
  ['# note\n---\na: 1\n', '^# note\n---\na: 1\n'],
  ['\n \t\n# note\n---\na: 1\n', '^\n \t\n# note\n---\na: 1\n'],
  ['\r\n---\r\na: 1\n', '^\r\n---\r\na: 1\n'],
  ['  # note\n---\na: 1\n', '^  # note\n---\na: 1\n'],
  ['%YAML 1.1\n---\na: 1\n', '^%YAML 1.1\n---\na: 1\n'],
  [' %a\n---\nb\n', ' %a\n', '^---\nb\n'],
  ['a: 1\n# note\n---\nb: 2\n', 'a: 1\n# note\n', '^---\nb: 2\n'],
  ['a: 1\n...\nb: 2\n', 'a: 1\n...\n', 'b: 2\n'],
  ['a: 1\n...', 'a: 1\n...'],
  ['a: 1\n... # end\n# note\n---\nb: 2\n', 'a: 1\n... # end\n', '^# note\n---\nb: 2\n'],
  ['a: 1\n....\nb\n', 'a: 1\n....\nb\n'],
  ['a: 1\n..\nb\n', 'a: 1\n..\nb\n'],
  ['---\na: 1\n...\nb: 2\n', '^---\na: 1\n...\n', 'b: 2\n'],
  ['---\na: 1\n...\n---\nb: 2\n', '^---\na: 1\n...\n', '^---\nb: 2\n'],
  ['a: |\n  x\n---\nb: 2\n', 'a: |\n  x\n', '^---\nb: 2\n'],
  ['\uFEFF---\na: 1\n---\nb: 2\n', '^\uFEFF---\na: 1\n', '^---\nb: 2\n'],
  ['\uFEFFa: 1\n---\nb: 2\n', '\uFEFFa: 1\n', '^---\nb: 2\n'],
  ['\uFEFF# note\n---\nb: 2\n', '^\uFEFF# note\n---\nb: 2\n'],
];

suite('yaml/source/split', (test) => {
  for (const [text, ...documents] of STREAMS) {
    test(JSON.stringify(text), () => {
      const slices = splitStream(text);
      assert.equal(
        slices.map(({ start, end, marker }) => (marker === undefined ? '' : '^') + text.slice(start, end)),
        documents,
      );
      for (const { marker } of slices) if (marker !== undefined) assert.is(text.slice(marker, marker + 3), '---');
    });
  }
});
