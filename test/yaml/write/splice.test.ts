/**
 * The cases in `splices/`: operations, the text before and the text after, byte for byte. `␍`, `␉` and `␜` stand for a carriage
 * return, a tab and a byte order mark, `\ no newline at the end` for a last line without one.
 */
import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deepEqual, isArray, member, type Json, type JsonObject } from '../../../src/util/json.ts';
import { applyEdit, compose, parsePointer, type Edit, type Op } from '../../../src/patch/index.ts';
import {
  applyTextEdits,
  isParsed,
  parseYaml,
  splice,
  SpliceError,
  writeDocument,
  type ParsedYaml,
} from '../../../src/yaml/index.ts';
import { assert, suite } from '../../harness.ts';

const folder = fileURLToPath(new URL('splices/', import.meta.url));

interface Case {
  readonly name: string;
  readonly operations: readonly string[];
  readonly before: string;
  readonly after: string;
}

function casesOf(file: string): Case[] {
  const blocks = readFileSync(folder + file, 'utf8')
    .split(/^=== /m)
    .slice(1);
  return blocks.map((block) => {
    const [head = '', before = '', after = ''] = block.split(/^--- (?:before|after)\n/m);
    const [name = '', ...operations] = head.trimEnd().split('\n');
    return { name, operations, before: plain(before), after: plain(after) };
  });
}

function plain(text: string): string {
  return text
    .replaceAll('␍', '\r')
    .replaceAll('␉', '\t')
    .replaceAll('␜', '\uFEFF')
    .replace(/\n\\ no newline at the end\n$/, '');
}

function read(text: string): ParsedYaml {
  const parsed = parseYaml(text);
  if (!isParsed(parsed)) throw new Error(parsed.message);
  return parsed;
}

/** `add /a {"b": 1}`, `replace /a 2`, `remove /a`. */
function operation(line: string, value: Json): Op {
  const [, op, path = '', json = 'null'] = /^(\w+) (\S+) ?(.*)$/.exec(line) ?? [];
  const at = path as `/${string}`;
  const was =
    parsePointer(path).reduce<Json | undefined>(
      (inner, token) => (isArray(inner) ? inner[Number(token)] : member(inner, token)),
      value,
    ) ?? null;
  if (op === 'remove') return { op, path: at, was };
  const wanted = JSON.parse(json) as Json;
  return op === 'add' ? { op, path: at, value: wanted } : { op: 'replace', path: at, was, value: wanted };
}

suite('yaml/write', (test) => {
  for (const file of fastGlob.sync('*.txt', { cwd: folder }).sort()) {
    for (const { name, operations, before, after } of casesOf(file)) {
      test(`${file}: ${name}`, () => {
        const parsed = read(before);
        const edit = compose(
          parsed.value,
          operations.map((line) => operation(line, parsed.value)),
          () => 0,
        );
        if (!edit) throw new Error('there is no operation');
        assert.sameText(applyTextEdits(before, splice(parsed, edit)), after);
        assert.ok(deepEqual(read(after).value, applyEdit(parsed.value, edit)), 'the value is not that of the operations');
      });
    }
  }

  const set = (value: Json): Edit => ({ kind: 'set', value });
  const object = (keys: Readonly<Record<string, Edit>>): Edit => ({ kind: 'object', keys: new Map(Object.entries(keys)) });
  const array = (items: Readonly<Record<number, Edit>>): Edit => ({
    kind: 'array',
    items: new Map(Object.entries(items).map(([index, edit]) => [Number(index), edit])),
    inserted: new Map(),
  });
  const remove: Edit = { kind: 'remove' };

  const REFUSED: readonly (readonly [text: string, edit: Edit, message: string])[] = [
    ['a: 1\n', set(2), 'cannot set here'],
    ['a: 1\n', array({}), 'cannot array here'],
    ['- 1\n', object({}), 'cannot object here'],
    ['a: 1\n', object({ a: object({ b: set(1) }) }), 'cannot object here'],
    ['a: 1\n', object({ b: object({ c: set(1) }) }), 'no key b to change'],
    ['a: 1\n', object({ a: remove }), 'a map would lose all of its keys'],
    ['{a: 1}\n', object({ a: remove }), 'a map would lose all of its keys'],
    ['- 1\n', array({ 0: remove }), 'a list would lose all of its items'],
    ['- 1\n', array({ 1: set(2) }), 'no item 1'],
    ['a: {}\n', object({ a: object({ b: remove, c: set(1) }) }), 'an empty value has nothing to remove'],
  ];
  for (const [text, edit, message] of REFUSED) {
    test(`refused: ${message}: ${JSON.stringify(text)}`, () =>
      assert.throws(
        () => splice(read(text), edit),
        (error: unknown) => error instanceof SpliceError && error.message === message,
      ));
  }

  test('what is there already needs no edit', () => assert.equal(splice(read('a: &x 1\nb: *x\n'), object({ b: set(1) })), []));

  test('removing what is not there changes nothing', () => assert.equal(splice(read('a: 1\n'), object({ b: remove })), []));

  test('edits that touch are carried out, edits that overlap are refused', () => {
    const edits = [
      { start: 1, end: 2, text: 'x' },
      { start: 2, end: 2, text: 'y' },
      { start: 2, end: 3, text: '' },
    ];
    assert.is(applyTextEdits('abcd', edits), 'axyd');
    assert.throws(
      () =>
        applyTextEdits('abcd', [
          { start: 1, end: 3, text: '' },
          { start: 2, end: 4, text: '' },
        ]),
      (error: unknown) => error instanceof SpliceError && error.message === 'text edits overlap',
    );
  });

  const OBJECT: JsonObject = { kind: 'X', metadata: { name: 'a b' }, items: [{ c: [1] }], none: {} };
  const DOCUMENTS: readonly (readonly [name: string, beside: string, lineBreak: '\n' | '\r\n', written: string])[] = [
    ['defaults', 'a: 1\n', '\n', 'kind: X\nmetadata:\n  name: "a b"\nitems:\n- c: [1]\nnone: {}\n'],
    [
      'four spaces, indented lists',
      "a:\n    b: 'c'\nd:\n  - 1\n",
      '\n',
      "kind: X\nmetadata:\n    name: 'a b'\nitems:\n  - c: [1]\nnone: {}\n",
    ],
    ['CRLF', 'a: 1\r\n', '\r\n', 'kind: X\r\nmetadata:\r\n  name: "a b"\r\nitems:\r\n- c: [1]\r\nnone: {}\r\n'],
    ['beside flow', '{"a": 1}\n', '\n', 'kind: X\nmetadata:\n  name: "a b"\nitems:\n- c: [1]\nnone: {}\n'],
  ];
  for (const [name, beside, lineBreak, written] of DOCUMENTS) {
    test(`a new document: ${name}`, () => assert.sameText(writeDocument(OBJECT, read(beside), lineBreak), written));
  }
});
