/** Which documents the quick reader reads, and that it reads them as the `yaml` package does. */
import { readQuickly } from '../../../../src/yaml/read/quick/quick-document.ts';
import { assert, suite } from '../../../harness.ts';
import { readsOtherwise } from '../../quick-reader.ts';

const DEEP = (depth: number): string => Array.from({ length: depth }, (_, index) => `${' '.repeat(index)}a:\n`).join('');

/** Each is read with `\n` and with `\r\n`, with and without the last line break. */
const SIMPLE: Readonly<Record<string, string>> = {
  'a map': 'a: 1\nb: two words\nc: 1.5\nd: true\ne: ~\n',
  'keys without values': 'a:\nb:   \nc: # none\nd:\n\n\ne:\n\n  # c\n\nf:\n',
  'blank lines and comments behind keys without values': 'a:\n \n \nb:\n\n# c\n\nd:\n\n # e\n\n\nf:\n',
  'maps in maps': 'a:\n  b:\n      c: d\n  e: f\ng:\n h: i\n',
  'a list': '- a\n- b\n-\n- \n-   c\n- # none\n- 1\n',
  'a list at the column of its key': 'a:\n- b\n- c: d\n  e:\n  - f\ng: h\n',
  'an indented list': 'a:\n  - b\n  -   c: d\n      e:\n        - f\n\n  - g\nh: i\n',
  'a dash without a value at the end': 'a:\n  - b\n  -',
  'lists in lists': '- - a\n  - b\n-   - - c\n-\n  - d\n',
  'a map below its dash': '-\n  a: b\n  c: d\n-\n\n  # c\n  e: f\n',
  'quoted values': `a: "b"\nc: 'd'\ne: ''\nf: ""\ng: 'it''s'\nh: "\\"\\\\\\n\\u00e4"\n`,
  'quoted keys': `"a": b\n'c d': e\n`,
  'marks inside of values': 'a: b:c\nd: e#f\ng: -h\ni: a - b\nj: "k: l # m"\nm: a, b]\no: x{y}\np: $(Q)\nr: <s>\nt: =u\n',
  'numbers and words': 'a: 0400\nb: 0x1F\nc: 1e3\nd: .5\ne: -7\nf: yes\ng: Null\nh: 12:30\ni: 2024-01-01\nj: 1_000\nk: n\n',
  comments:
    '# a\na: b # c\n  # deeper\n# d\nc:\n  # e\n  d: e\n\n  # f\n\n# g\nf:\n  - g # h\n    # i\n  # j\n  - k\n # l\n# m\n',
  'comments behind a deep value': 'a:\n  b:\n    c: d\n\n    # of c\n  # of b\n# of a\ne:\n- f: g\n\n  # of f\n# of e\n- h\n',
  'blank lines': '\n  \na: b\n\n\nc:\n\n  d: e\n   \n  f: g\n\n\n',
  'a marker': '---\na: b\n',
  'a marker below comments': '# a\n\n---\n\n# b\na: b\n',
  'spaces before everything': '  a: b\n  c:\n  - d\n',
  'spaces at the ends of lines': 'a:  b  \nc: "d"  \ne:  \n',
  'empty collections': 'a: {}\nb: []\nc:\n- {}\n- [] # e\n',
  'escapes before quotes': 'a: "\\\\"\nb: ["\\"", "\\\\\\"", "\\\\"]\n',
  'lists in brackets': `a: [b]\nc: [ d , e,f ]\ng: ["h i", 'j''k', l.m/n=o@p-1+2]\nq:\n- [1, true, "]"] # r\n`,
  'maps in braces': `a: {b: c}\nd: { e: f , "g h": 'i',j: {k: l:m} }\nz:\n- {o: [p, {q: r}], s: {}} # t\n`,
  'brackets in brackets': `a: [[b], [ {c: d} , [e, {f: "}"}]]]\ng: ${'['.repeat(21)}${']'.repeat(21)}\n`,
  'addresses in brackets': 'a: [http://b:80/c, d.e:1.2]\n',
  'other letters': 'ä: ö\nb: 日本語 😀\n"é": è\n',
  'a key twice': 'a: b\na: c\nd: {e: f, e: g}\n',
  'a quoted merge key': '"<<": {}\na: {"<<": {}}\n',
  'names of prototypes': 'constructor: a\ntoString: b\nprototype: c\n',
  'many levels': `${DEEP(150)}${' '.repeat(150)}b: c\n`,
};

/** What needs the package: to be read, or to say what is wrong. */
const NEEDS_PACKAGE: Readonly<Record<string, string>> = {
  nothing: '',
  'comments alone': '# a\n',
  'a marker alone': '---\n',
  'a scalar alone': 'a\n',
  'a list in brackets alone': '[a]\n',
  'a value behind a marker': '--- a: b\n',
  'two markers': '---\na: b\n---\nc: d\n',
  'a document end': 'a: b\n...\n',
  'a document end before a colon': 'a: b\n... c: d\n',
  'a directive': '%YAML 1.1\n---\na: b\n',
  'a byte order mark': '\uFEFFa: b\n',
  'a tab': 'a:\tb\n',
  'a line break of YAML 1.1 in quotes': 'a: "\u2028"\n',
  'an anchor': 'a: &x b\n',
  'an alias': 'a: *x\n',
  'a tag': 'a: !!str 1\n',
  'a merge key': '<<: {}\na: b\n',
  'an explicit key': '? a\n: b\n',
  'a block scalar': 'a: |\n  b\n',
  'a folded scalar': 'a: >-\n  b\n',
  'a value on the next line': 'a:\n  b\n',
  'a value of several lines': 'a: b\n  c\n',
  'an item of several lines': '- a\n  b\n',
  'a value of several lines, blank ones between': 'a: b\n\n  c\nd: e\n',
  'a quoted value of several lines': 'a: "b\n  c"\n',
  'a quoted value of lines that look like entries': 'a: "b\nc: d"\n',
  'a list in brackets over several lines': 'a: [b,\n  c]\n',
  'braces with a space': 'a: { }\n',
  'a key without a value in braces': 'a: {b}\n',
  'an empty value in braces': 'a: {b: }\n',
  'a colon without a space in braces': 'a: {"b":c}\n',
  'a comma too many in braces': 'a: {b: c,}\n',
  'a merge key in braces': 'a: {<<: {}}\n',
  'a list as a key in braces': 'a: {[b]: c}\n',
  'a number as a key in braces': 'a: {1: b}\n',
  'a colon at the end of a word in braces': 'a: {b: c:}\n',
  'a question mark in braces': 'a: {b: c?}\n',
  'braces as a key': '{a: b}: c\n',
  'more than twenty brackets': `a: ${'['.repeat(22)}${']'.repeat(22)}\n`,
  'a map in brackets': 'a: [b: c]\n',
  'a comma too many': 'a: [b,]\n',
  'a reserved character in brackets': 'a: [@b]\n',
  'two words in brackets': 'a: [b c]\n',
  'an open bracket': 'a: [b\n',
  'an open quote in brackets': 'a: ["b]\n',
  'an open quote': "a: 'b''\n",
  'an escaped quote at the end': 'a: "b\\"\n',
  'a brace alone': 'a: {\n',
  'text behind quotes': 'a: "b" c\n',
  'a comment too near': 'a: "b"#c\n',
  'a comment too near to brackets': 'a: []#c\n',
  'a second colon': 'a: b: c\n',
  'a second colon behind quotes': 'a: "b": c\n',
  'a colon at the end': 'a: b:\n',
  'a list behind a key': 'a: - b\n',
  'a dash behind a key': 'a: -\n',
  'a space before the colon': 'a : b\n',
  'a list as a key': '[a]: b\n',
  'a key that is a number': '1: a\n',
  'a key that is a truth': 'yes: a\n',
  'a key that is null': '~: a\n',
  'the key __proto__': '__proto__: a\n',
  'a long key': `${'a'.repeat(1001)}: b\n`,
  'an escape that JSON does not have': 'a: "\\x41"\n',
  'a wrong escape': 'a: "\\q"\n',
  'reserved characters': 'a: @b\n',
  'a percent sign': 'a: %b\n',
  'a backtick': 'a: `b`\n',
  'a key that is indented too little': 'a:\n    b: c\n  d: e\n',
  'a key that is indented too far': 'a: b\n  c: d\n',
  'a key without a value that is indented too far': 'a: b\n  c:\n',
  'a dash that is indented too far': 'a:\n- b\n  - c\n',
  'a dash below a value': 'a: b\n- c\n',
  'a key behind a list': '- a\nb: c\n',
  'a key below the margin of the document': '  a: b\nc: d\n',
  'more than two hundred levels': `${DEEP(201)}${' '.repeat(201)}b: c\n`,
};

suite('yaml/read/quick', (test) => {
  for (const [name, text] of Object.entries(SIMPLE)) {
    const cut = text.replace(/\n$/, '');
    for (const [form, written] of Object.entries({
      '': text,
      ' in CRLF': text.replaceAll('\n', '\r\n'),
      ' without its end': cut,
    })) {
      test(`${name}${form} is read as the package reads it`, () => {
        assert.ok(readQuickly(written), 'it is left to the package');
        assert.is(readsOtherwise(written), undefined);
      });
    }
  }

  for (const [name, text] of Object.entries(NEEDS_PACKAGE)) {
    test(`${name} is left to the package`, () => {
      assert.is(readQuickly(text), undefined);
      assert.is(readsOtherwise(text), undefined);
    });
  }
});
