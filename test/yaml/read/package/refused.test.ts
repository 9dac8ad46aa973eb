/** Texts that the `yaml` package takes and Go's parser refuses or reads otherwise: nothing of them may be hardened. */
import { isParsed, parseYaml } from '../../../../src/yaml/index.ts';
import { assert, suite } from '../../../harness.ts';

const KEY = 'a key must be a text';
const QUESTION = 'a text with a question mark in brackets needs quotes';
const COLON = 'a key and its colon must be on one line';

const REFUSED: Readonly<Record<string, readonly [offset: number, message: string]>> = {
  'a: "\0"': [4, 'the control character U+0000 is not allowed'],
  'a: \x1b[0m': [3, 'the control character U+001B is not allowed'],
  'a: b # \x7f': [7, 'the control character U+007F is not allowed'],
  'a: \uFFFE': [3, 'the control character U+FFFE is not allowed'],
  'a: b\rc: d': [4, 'a carriage return has no line feed after it'],
  'a: b # \u2028c: d': [7, 'U+2028 is a line break for Kubernetes'],
  'a: \u2029 b': [3, 'U+2029 is a line break for Kubernetes'],
  'a: b\u0085': [4, 'U+0085 is a line break for Kubernetes'],
  'a: "\u2028" # b\u2029c': [10, 'U+2029 is a line break for Kubernetes'],
  'a: |\n  b\u2028c': [8, 'U+2028 is a line break for Kubernetes'],
  '"a\u2028b": c': [2, 'U+2028 is a line break for Kubernetes'],
  'a: {"b\u0085c": d}': [6, 'U+0085 is a line break for Kubernetes'],
  'a: "b\u2028--- c"': [5, 'U+2028 is a line break for Kubernetes'],
  'a: "b\u2028...\u2029c"': [5, 'U+2028 is a line break for Kubernetes'],
  'a: "b\\\n \u2028c"': [8, 'U+2028 is a line break for Kubernetes'],
  'a: b\n\uFEFFc: d': [5, 'a byte order mark begins a line inside the text'],
  'a: b\n---c: d': [5, 'a line begins with --- and is no document marker'],
  '? [a]\n: b': [2, KEY],
  '? {a: b}\n: c': [2, KEY],
  '~: a': [0, KEY],
  ': a': [0, KEY],
  'a: {b, : c}': [7, KEY],
  'a: [b?c]': [4, QUESTION],
  'a: {b: c?}': [7, QUESTION],
  'a: {?b: c}': [4, QUESTION],
  'a: !!binary aGk=': [3, 'unknown tag !!binary: write the plain value'],
  'a: {"b"\n  : c}': [4, COLON],
  'a: {b\n  c: d}': [4, COLON],
  'a: {b:}': [4, 'a colon before a bracket or comma needs a space after it'],
  'a: {b:, c: d}': [4, 'a colon before a bracket or comma needs a space after it'],
};

const TAKEN: Readonly<Record<string, unknown>> = {
  '\uFEFFa: b': { a: 'b' },
  'a: b\r\nc: d\r\n': { a: 'b', c: 'd' },
  'a: "x\uFEFFy"': { a: 'x\uFEFFy' },
  'a: b?c': { a: 'b?c' },
  'a: ["b?c", {? d : e}]': { a: ['b?c', { d: 'e' }] },
  'a: [b,\n  c]': { a: ['b', 'c'] },
  'a: {"b":, c: }': { a: { b: null, c: null } },
  'a: {? b\n  : c}': { a: { b: 'c' } },
  '{"a"\n:\t"\u2028\x7f"}': { a: '\u2028\x7f' },
  'a: "b\u2028c"': { a: 'b\u2028c' },
  "a: 'b''s \t\u2029 \"c\"'": { a: 'b\'s\u2029"c"' },
  'a: "b\u0085c"': { a: 'b c' },
  'a: "\u0085b\u0085"': { a: ' b ' },
  'a: "b\u0085\u0085c"': { a: 'b\nc' },
  "a: 'b\u0085 \u0085c'": { a: 'b\nc' },
  'a: "b\u2028\n  c"': { a: 'b\u2028\nc' },
  'a: "b\r\n  \u2028 c"': { a: 'b\u2028c' },
  'a: "b\u2028\u2028 \u0085c"': { a: 'b\u2028\u2028\nc' },
  'a: "b\\ \t\u0085 c\\\\ \u0085d"': { a: 'b  c\\ d' },
  'a: "b\u2028---c"': { a: 'b\u2028---c' },
  'a: "b\u2028# c" # d': { a: 'b\u2028# c' },
  'a: ["b\u2028c", {d: \'\u2029\'}]': { a: ['b\u2028c', { d: '\u2029' }] },
  'a: &x "b\u0085c"\nd: *x': { a: 'b c', d: 'b c' },
  'a:\n  b: "c\nd\u2028e"': { a: { b: 'c d\u2028e' } },
  '{"a": "b\u0085c"}': { a: 'b\u0085c' },
  '---\na: b': { a: 'b' },
  '? a\n: b': { a: 'b' },
  'a: [b,---\r\n "c"]': { a: ['b', '--- "c"'] },
  'a: [b\nc,\n"d\n\ne"]': { a: ['b c', 'd\ne'] },
};

suite('yaml/read/package: what Go refuses', (test) => {
  for (const [text, [offset, message]] of Object.entries(REFUSED)) {
    test(`${JSON.stringify(text)} is refused`, () => assert.equal(parseYaml(text), { offset, message }));
  }

  for (const [text, value] of Object.entries(TAKEN)) {
    test(`${JSON.stringify(text)} is read`, () => {
      const parsed = parseYaml(text);
      assert.equal(isParsed(parsed) ? parsed.value : parsed.message, value);
    });
  }
});
