/** Which documents the reader of values reads; that it reads them as the package does is `readsOtherwise`. */
import { readSimpleValue } from '../../../../src/yaml/read/values/read-values.ts';
import { assert, suite } from '../../../harness.ts';
import { readsOtherwise } from '../../quick-reader.ts';

const READ: Readonly<Record<string, string>> = {
  'maps, lists and comments': '# a\n---\na:\n- b: c # d\n  e: "f"\n-\n  - g\n  -\nh: {i: [j, {k: "l: m"}]}\n\n# n\n',
  'a literal': 'a: |\n  b\n    c\n\n  # d\ne:\n- |  # f\n g\n- h: |-\n    i\n\n\n- j: |+\n    k\n\n# l\nm: n\n',
  'a literal with blank lines and spaces': 'a: |\n\n  b\n     \n  c  \n\nd: e\n',
};

const LEFT: Readonly<Record<string, string>> = {
  'a literal without its end': 'a: |\n  b',
  'a literal with a hint': 'a: |2\n   b\n',
  'an empty literal': 'a: |\nb: c\n',
  'a literal behind a line of spaces': 'a: |\n   \n  b\n',
  'a literal that ends too early': 'a:\n  b: |\n      c\n    d\n',
  'a comment that is indented like a literal': 'a:\n  b: |\n      c\n    # d\n',
  'a literal in CRLF': 'a: |\r\n  b\r\n',
  'a folded scalar': 'a: >\n  b\n',
  'a value of several lines': 'a: b\n  c\n',
  'a marker in the middle': 'a: b\n---\nc: d\n',
  'an end in the middle': 'a: b\n...\nc: d\n',
  'a key with a space before its colon': 'a : b\n',
  'an entry in a value': 'a: b: c\n',
  'quotes over several lines': "a: 'b\n  c'\n",
  'text behind quotes': 'a: "b" c\n',
  'text behind brackets': 'a: [b] c\n',
  'brackets over several lines': 'a: [b,\n  c]\n',
  'a comma too many': 'a: [b, ]\n',
  'a key that is no text': '1: a\n',
  'a merge key': 'a: {<<: {}}\n',
  'a key between two columns': 'a:\n  -   b: c\n    d: e\n',
  'a deeper line behind a value': '- a\n- b\n   c: d\n',
  'an anchor': 'a: &b c\n',
  'a directive': '%YAML 1.1\n---\na: b\n',
  'a tab': 'a:\tb\n',
  'a scalar': 'a\n',
  nothing: '',
};

suite('yaml/read/values', (test) => {
  for (const [name, text] of Object.entries(READ)) {
    test(`${name}: read as the package reads it`, () => {
      assert.ok(readSimpleValue(text) !== undefined, 'it is left to the package');
      assert.is(readsOtherwise(text), undefined);
    });
  }

  for (const [name, text] of Object.entries(LEFT)) {
    test(`${name}: left to the package`, () => assert.is(readSimpleValue(text), undefined));
  }
});
