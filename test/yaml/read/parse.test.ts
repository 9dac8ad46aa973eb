import type { Json } from '../../../src/util/json.ts';
import { duplicateKeys, isParsed, parseYaml, type ParsedYaml } from '../../../src/yaml/index.ts';
import { quotedRanges } from '../../../src/yaml/read/inspect.ts';
import { assert, suite } from '../../harness.ts';

function read(text: string): ParsedYaml {
  const parsed = parseYaml(text);
  if (!isParsed(parsed)) throw new Error(`${parsed.offset}: ${parsed.message}`);
  return parsed;
}

/** What Go takes and what the package alone would not. */
const VALUES: readonly (readonly [name: string, text: string, value: Json])[] = [
  ['a map', 'a: 1\nb:\n', { a: 1, b: null }],
  ['a list', '- a\n-\n', ['a', null]],
  ['an alias', 'a: &x {b: 1}\nc: *x\n', { a: { b: 1 }, c: { b: 1 } }],
  ['a merge key', 'a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n', { a: { b: 1, c: 2 }, d: { b: 1, c: 3 } }],
  ['a quoted merge key is a key', 'a: {"<<": {b: 1}}\n', { a: { '<<': { b: 1 } } }],
  ['the last of duplicate keys', 'a: 1\na: 2\n', { a: 2 }],
  ['a list with an alias', 'a: &x [1]\nb: *x\n', { a: [1], b: [1] }],
  ['double quotes, too little indented', 'a:\n  b: "one\n  two\n\n three"\nc: 1\n', { a: { b: 'one two\nthree' }, c: 1 }],
  ['double quotes at the margin', 'a:\n  b: "one\ntwo"\n', { a: { b: 'one two' } }],
  ['single quotes at the margin', "a:\n  b: 'one\nit''s'\n", { a: { b: "one it's" } }],
  ['doubled quotes between lines', "a:\n  b: 'one\nit''s\ntwo'\n", { a: { b: "one it's two" } }],
  ['a backslash in single quotes', "a:\n  b: 'one\ntwo\\'\nc: 1\n", { a: { b: 'one two\\' }, c: 1 }],
  ['closed brackets before', 'a:\n  b: [[1], {c: 2},\n3]\n', { a: { b: [[1], { c: 2 }, 3] } }],
  ['an escaped quote', 'a:\n  b: "one\n\\"two"\n', { a: { b: 'one "two' } }],
  ['an escaped backslash before the end', 'a:\n  b: "one\ntwo\\\\"\nc: "x"\n', { a: { b: 'one two\\' }, c: 'x' }],
  ['several of them', 'a:\n  b: "1\n2"\n  c: \'3\n4\'\n', { a: { b: '1 2', c: '3 4' } }],
  ['CRLF in quotes', 'a:\r\n  b: "one\r\ntwo"\r\n', { a: { b: 'one two' } }],
  ['a flow list at the margin', 'a:\n  b: [\n1,\n2\n]\n', { a: { b: [1, 2] } }],
  ['a flow map at the margin', 'a:\n  b: {\nc: 1,\nd: {e: [2]}\n}\nf: 3\n', { a: { b: { c: 1, d: { e: [2] } } }, f: 3 }],
  ['brackets in quotes', 'a:\n  b: [\n"]",\n\'}\',\n"\\"]"\n]\n', { a: { b: [']', '}', '"]'] } }],
  ['flow inside of flow', 'a:\n  b: [[1, [2]], [\n3]]\n', { a: { b: [[1, [2]], [3]] } }],
  ['a map that begins at the margin of its list', 'a:\n  - {b: [\n1], c: 2}\n', { a: [{ b: [1], c: 2 }] }],
  [
    'block scalars beside them',
    'a:\n  b: |\n    x\n\n    y\n  c: >\n    x\n    y\n  d: "1\n2"\n',
    { a: { b: 'x\n\ny\n', c: 'x y\n', d: '1 2' } },
  ],
  ['words of several lines beside them', 'a:\n  b: x\n   y\n  c: "1\n2"\n', { a: { b: 'x y', c: '1 2' } }],
  ['a number sign inside of a word', 'a:\n  b: [\nx#y,\n2\n]\n', { a: { b: ['x#y', 2] } }],
  ['flow behind other flow on the line', 'a:\n  - {b: [], c: {d: [\n1]}}\n', { a: [{ b: [], c: { d: [1] } }] }],
];

const FLOW = 'Flow sequence in block collection must be sufficiently indented and end with a ]';
const repeated = (text: string, count: number): string => Array.from({ length: count }, () => text).join(', ');

const PROBLEMS: readonly (readonly [text: string, at: string, message: string])[] = [
  ['', '', 'the document is empty'],
  ['# note\n', '# note\n', 'the document is empty'],
  ['a: [1\nb: 2\n', 'b: 2\n', FLOW],
  ['a: "b\n', '', 'Missing closing "quote'],
  ['a: *x\n', '*x\n', 'Unresolved alias (the anchor must be set before the alias): x'],
  ['a: &x [*x]\n', '*x]\n', 'an anchor contains an alias to itself'],
  ['a: &x\n  b:\n  - c: *x\n', '*x\n', 'an anchor contains an alias to itself'],
  ['a: &x 1\n<<: *x\n', '<<: *x\n', 'a merge key takes a map or a list of maps'],
  ['a: &x [1]\n<<: *x\n', '<<: *x\n', 'a merge key takes a map or a list of maps'],
  ['a: 1\n b: 2\n', '1\n b: 2\n', 'Nested mappings are not allowed in compact mappings'],
  ['a: 1\nb\n', 'b\n', 'Implicit map keys need to be followed by map values'],
  ['a:\n  b: [\n1, # one\n]\n', '1, # one\n]\n', FLOW],
  ['a:\n  b: [\n"x\n]\n', '"x\n]\n', FLOW],
  ['a:\n  b: "1\n2"\nc: [\n', '\n2"\nc: [\n', 'Missing closing "quote'],
  ['{a: [{b: c}, [[1], {d: *x}]]}\n', '*x}]]}\n', 'Unresolved alias (the anchor must be set before the alias): x'],
  [
    '# <<: x\na: &x 1\nb: {"<<": 1, <<: *x}\n',
    '<<: x\na: &x 1\nb: {"<<": 1, <<: *x}\n',
    'a merge key takes a map or a list of maps',
  ],
  [`a: [1]\nb: {c: ${'{d: '.repeat(300)}1${'}'.repeat(300)}}\n`, `{d: 1${'}'.repeat(301)}\n`, 'nested too deeply to be read'],
  ['a:\n  b: [\n1, [2\n', '1, [2\n', FLOW],
  ['a:\n  - ]\n', ']\n', 'Unexpected flow-seq-end token in YAML stream: "]"'],
  [
    `a: &a [${repeated('1', 30)}]\nb: &b [${repeated('*a', 30)}]\nc: &c [${repeated('*b', 30)}]\nd: [${repeated('*c', 30)}]\n`,
    `*a, ${repeated('*a', 29)}]\nc: &c [${repeated('*b', 30)}]\nd: [${repeated('*c', 30)}]\n`,
    'too many aliases: this looks like an alias bomb',
  ],
  [
    `{"a": [0], "b": ${'['.repeat(20_000)}${']'.repeat(20_000)}, "c": [1]}`,
    `[${']'.repeat(20_000)}, "c": [1]}`,
    'nested too deeply to be read',
  ],
];

suite('yaml/read', (test) => {
  for (const [name, text, value] of VALUES) {
    test(`${name}: ${JSON.stringify(text)}`, () => {
      const parsed = read(text);
      assert.equal(parsed.value, value);
      assert.is(parsed.text, text);
    });
  }

  for (const [text, at, message] of PROBLEMS) {
    test(`a problem: ${JSON.stringify(text)}`, () => {
      const problem = parseYaml(text);
      if (isParsed(problem)) throw new Error('it was read');
      assert.equal([text.slice(problem.offset), problem.message], [at, message]);
    });
  }

  const NESTED: readonly (readonly [name: string, nested: (depth: number) => string])[] = [
    ['flow lists', (depth) => '['.repeat(depth) + ']'.repeat(depth)],
    ['flow maps', (depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`],
    ['block lists', (depth) => `${'- '.repeat(depth)}x`],
    ['block maps', (depth) => `${Array.from({ length: depth }, (_, index) => `${' '.repeat(index)}a:`).join('\n')} 1`],
  ];
  for (const [name, nested] of NESTED) {
    test(`${name} may be 256 deep`, () => {
      assert.ok(isParsed(parseYaml(nested(256))));
      assert.ok(!isParsed(parseYaml(nested(257))));
    });
  }

  test('chains of merge keys may be 50 long', () => {
    const chain = (length: number): string =>
      Array.from({ length }, (_, index) => `a${index + 1}: &a${index + 1} {<<: *a${index}}\n`).reduce(
        (all, one) => all + one,
        'a0: &a0 {x: 1}\n',
      );
    assert.equal((read(chain(50)).value as { a50: Json }).a50, { x: 1 });
    const problem = parseYaml(chain(51));
    assert.is('message' in problem && problem.message, 'too many aliases: this looks like an alias bomb');
    assert.ok(isParsed(parseYaml(`${chain(30)}b0: &b0 {<<: [*a30, *a1]}\nb1: {<<: [*a1, *b0]}\n`)));
  });

  test('aliases may add 400,000 nodes to those that are written', () => {
    const text = (copies: number): string =>
      `a: &a [${repeated('1', 999)}]\nb: &b [${repeated('*a', 99)}]\nc: [${repeated('*b', 3)}, ${repeated('*a', copies)}]\n`;
    assert.ok(isParsed(parseYaml(text(3))));
    assert.ok(!isParsed(parseYaml(text(4))));
  });

  test('only brackets that are open count', () => {
    const lists = (text: string): unknown => read(`a: &x ${text}\nb: ["{", *x]\n`).value;
    assert.ok(lists(`[${repeated('[1]', 300)}]`) && lists(`[${repeated('{a: {}}', 300)}]`) && lists(`["${'['.repeat(300)}"]`));
    assert.match(String(read('--- |\n[').value), /^\[/);
  });

  test('keys count as values do', () => {
    const problem = parseYaml(`${'{? '.repeat(300)}1${'}'.repeat(300)}`);
    assert.is('message' in problem && problem.message, 'nested too deeply to be read');
  });

  test('many documents that are nested too deeply do not end the process', () => {
    for (let depth = 800; depth < 2400; depth += 40) assert.ok(!isParsed(parseYaml('['.repeat(depth) + ']'.repeat(depth))));
  });

  test('two places with one anchor share no object', () => {
    const { value } = read('a: &x {b: [1]}\nc: *x\n') as unknown as { value: Record<string, { b: number[] }> };
    value['a']?.b.push(2);
    assert.equal(value, { a: { b: [1, 2] }, c: { b: [1] } });
  });

  const ALIASES: readonly (readonly [text: string, has: boolean])[] = [
    ['a: 1\n', false],
    ['a: &x 1\n', false],
    ['a: &x 1\nb: *x\n', true],
    ['<<: {a: 1}\n', true],
    ['"<<": {a: 1}\n', false],
    ['a: [{b: {<<: {c: 1}}}]\n', true],
  ];
  for (const [text, has] of ALIASES)
    test(`has ${has ? '' : 'no '}aliases: ${JSON.stringify(text)}`, () => assert.is(read(text).hasAliases, has));

  const DUPLICATES: readonly (readonly [text: string, ...found: string[]])[] = [
    ['a: 1\nb: {a: 2}\n'],
    ['a: 1\na: 2\na: 3\n', 'a at a: 2\na: 3\n', 'a at a: 3\n'],
    ['x:\n- b: 1\n  "b": 2\n', 'b at "b": 2\n'],
    ['1: a\n"1": b\n', '1 at "1": b\n'],
    ['a: &x {}\n<<: *x\n<<: *x\n', '<< at <<: *x\n'],
  ];
  for (const [text, ...found] of DUPLICATES) {
    test(`duplicate keys: ${JSON.stringify(text)}`, () =>
      assert.equal(
        duplicateKeys(read(text)).map(({ key, offset }) => `${key} at ${text.slice(offset)}`),
        found,
      ));
  }

  test('the ranges of quoted and block scalars', () => {
    const text = `a: "b"\n'c': d\ne: |\n  f\ng: [h, "i"]\n`;
    assert.equal(
      quotedRanges(read(text)).map(([start, end]) => text.slice(start, end)),
      ['"b"', "'c'", '|\n  f\n', '"i"'],
    );
  });

  const FLOWS: readonly (readonly [text: string, isFlow: boolean])[] = [
    ['{"a": 1}', true],
    ['# note\n[a]\n', true],
    ['a: {}\n', false],
    ['text\n', false],
  ];
  for (const [text, isFlow] of FLOWS)
    test(`${isFlow ? 'flow' : 'no flow'}: ${JSON.stringify(text)}`, () => assert.is(read(text).isFlowDocument, isFlow));
});
