/** Single edits that once went wrong: the smallest inputs that the properties found, with what they must become. */
import type { Json } from '../../../src/util/json.ts';
import { compareFields } from '../../../src/kubernetes/field-order.ts';
import { compose, type Op } from '../../../src/patch/index.ts';
import { applyTextEdits, isParsed, parseYaml, splice } from '../../../src/yaml/index.ts';
import { assert, suite } from '../../harness.ts';

type Case = readonly [name: string, input: string, ops: readonly Op[], output: string];

const set = (path: `/${string}`, was: Json, value: Json): Op => ({ op: 'replace', path, was, value });
const add = (path: `/${string}`, value: Json): Op => ({ op: 'add', path, value });
const remove = (path: `/${string}`, was: Json): Op => ({ op: 'remove', path, was });

const CASES: readonly Case[] = [
  ['an item becomes an empty map', 'a:\n- x\n', [set('/a/0', 'x', {})], 'a:\n- {}\n'],
  ['a flush list becomes a map', 'a:\n- x\n', [set('/a', ['x'], { b: 1 })], 'a:\n  b: 1\n'],
  ['an empty item becomes a map', 'a:\n-\n- x\n', [set('/a/0', null, { b: 1, c: 2 })], 'a:\n- b: 1\n  c: 2\n- x\n'],
  ['an empty item with a comment', 'a:\n- # c\n- x\n', [set('/a/0', null, { b: 1 })], 'a:\n- # c\n  b: 1\n- x\n'],
  [
    'an anchored map below its dash becomes a scalar',
    'a:\n- &a\n  # c\n  b: 1\n- x\n',
    [set('/a/0', { b: 1 }, 2)],
    'a:\n- &a 2\n  # c\n- x\n',
  ],
  ['a tag that no longer fits goes', 'a: !!str x # c\n', [set('/a', 'x', 1)], 'a: 1 # c\n'],
  ['a tag in a flow list', 'a: [!!str x]\n', [set('/a/0', 'x', null)], 'a: [null]\n'],
  ['a map in the place of a tagged item', 'a:\n- !!str x\n', [set('/a/0', 'x', { b: 1, c: 2 })], 'a:\n-\n  b: 1\n  c: 2\n'],
  [
    'a map that ends in kept lines becomes another',
    'a:\n  b: |+\n    x\n\nc: 1\n',
    [set('/a', { b: 'x\n\n' }, { d: 1 })],
    'a:\n  d: 1\nc: 1\n',
  ],
  [
    'kept lines become a map, with CRLF',
    'a: |+\r\n  x\r\n\r\nc: 1\r\n',
    [set('/a', 'x\n\n', { d: 1 })],
    'a:\r\n  d: 1\r\nc: 1\r\n',
  ],
  ['text that ends in a space without a break', 'a: |-\n  x\u00a0\nb: 1\n', [set('/a', 'x\u00a0', 'w')], 'a: w\nb: 1\n'],
  [
    'a comment between the removed first entry and the next',
    'a:\n- b: 1\n  # c\n  d: 2\n',
    [remove('/a/0/b', 1)],
    'a:\n-\n  # c\n  d: 2\n',
  ],
  ['a comment behind the comma before a removed item', 'a: [x, # c\n  w,\n  z]\n', [remove('/a/1', 'w')], 'a: [x, # c\n  z]\n'],
  [
    'a comment between the comma and two removed items',
    'a: [x, # c\n  w, v,\n  z]\n',
    [remove('/a/2', 'v'), remove('/a/1', 'w')],
    'a: [x, # c\n  z]\n',
  ],
  [
    'comments around two removed items',
    'a: [x,\n  # c\n  w,\n  # d\n  v, # e\n  z]\n',
    [remove('/a/2', 'v'), remove('/a/1', 'w')],
    'a: [x,\n  # c\n  # d\n  # e\n  z]\n',
  ],
  [
    'a removed item between a comment and an item on its line',
    'a: [x, # c\n  w, z]\n',
    [remove('/a/1', 'w')],
    'a: [x, # c\n  z]\n',
  ],
  [
    'a comment before the removed last items',
    'a: [x,\n  # c\n  w, v ]\n',
    [remove('/a/2', 'v'), remove('/a/1', 'w')],
    'a: [x\n  # c\n  ]\n',
  ],
  [
    'a comment above the item behind a removed one',
    'a: [\n  x,\n  # c\n  w]\n',
    [remove('/a/0', 'x')],
    'a: [\n  \n  # c\n  w]\n',
  ],
  [
    'a comment behind a removed first item that ends in kept lines, with CRLF',
    'a:\r\n- - |+\r\n    x\r\n  # c\r\n  - w\r\n',
    [remove('/a/0/0', 'x\n')],
    'a:\r\n-\r\n  # c\r\n  - w\r\n',
  ],
  [
    'a blank line behind what is removed below kept lines',
    'a:\n- |+\n  x\n\n- w\n\nb: 1\n',
    [remove('/a/1', 'w')],
    'a:\n- |+\n  x\n\nb: 1\n',
  ],
  ['the last line removed below kept lines', 'a: |+\n  x\n\nb: 1', [remove('/b', 1)], 'a: |+\n  x\n\n'],
  ['the last line replaced below kept lines', 'a: |+\n  x\n\nb: 1', [remove('/b', 1), add('/c', 2)], 'a: |+\n  x\n\nc: 2'],
  [
    'a deep comment that a block scalar would take in',
    'a:\n- |\n  x\n- w\n    # c\nb: 1\n',
    [remove('/a/1', 'w')],
    'a:\n- |\n  x\n# c\nb: 1\n',
  ],
  [
    'a line added and the last one removed, without a last break',
    'a:\n- x\nb: 1',
    [add('/a/-', 'w'), remove('/b', 1)],
    'a:\n- x\n- w',
  ],
  [
    'an item before the first of a list in a list, with CRLF',
    'a:\r\n- - x\r\n',
    [add('/a/0/0', 'w')],
    'a:\r\n- - w\r\n  - x\r\n',
  ],
  [
    'an item behind the removed first one',
    'a:\n- - x\n  - z\n',
    [remove('/a/0/0', 'x'), add('/a/0/1', 'w')],
    'a:\n-\n  - w\n  - z\n',
  ],
  ['an item in the place of a removed one in flow', 'a: [x, v, z]\n', [remove('/a/1', 'v'), add('/a/1', 'w')], 'a: [x, w, z]\n'],
  [
    'an entry in the place of the last one in flow',
    'a: {\n  b: 1,\n  # c\n  d: 2\n}\n',
    [remove('/a/d', 2), add('/a/e', 3)],
    'a: {\n  b: 1,\n  # c\n  e: 3\n}\n',
  ],
  [
    'a merged value under a removed one',
    'a: &a {x: 1}\nb:\n  <<: *a\n  x: 2\n  y: 3\n',
    [remove('/b/x', 2)],
    'a: &a {x: 1}\nb:\n  y: 3\n',
  ],
  [
    'an anchor of a merge that is no map any more',
    'a: &a\n  x: 1\nb:\n  <<: *a\n  x: 2\n',
    [set('/a', { x: 1 }, 'w')],
    'a: &a w\nb:\n  x: 2\n',
  ],
];

function edited(input: string, ops: readonly Op[]): string {
  const parsed = parseYaml(input);
  if (!isParsed(parsed)) throw new Error(parsed.message);
  const edit = compose(parsed.value, ops, compareFields);
  return edit ? applyTextEdits(input, splice(parsed, edit)) : input;
}

suite('yaml/write/found-splices', (test) => {
  for (const [name, input, ops, output] of CASES) test(name, () => assert.sameText(edited(input, ops), output));
});
