import type { Json } from '../../src/util/json.ts';
import { applyEdit, compose, ConflictError, ShapeError, type Op } from '../../src/patch/index.ts';
import { assert, suite } from '../harness.ts';

const byName = (left: string, right: string): number => (left < right ? -1 : 1);

/** `add /a 1`, `replace /a 1 2` (from 1 to 2), `remove /a 1`: values are JSON without spaces. */
function op(line: string): Op {
  const [kind = '', at = '', first = 'null', second] = line.split(' ');
  const path = at as `/${string}`;
  const value = JSON.parse(first) as Json;
  if (kind === 'add') return { op: 'add', path, value };
  return kind === 'remove'
    ? { op: 'remove', path, was: value }
    : { op: 'replace', path, was: value, value: JSON.parse(second ?? '') as Json };
}

function result(value: Json, ops: readonly string[]): Json {
  const edit = compose(value, ops.map(op), byName);
  return edit ? applyEdit(value, edit) : value;
}

const RESULTS: readonly (readonly [name: string, value: Json, ops: readonly string[], result: Json])[] = [
  ['nothing to do', { a: 1 }, [], { a: 1 }],
  ['a new key goes last', { b: 1 }, ['add /a 2'], { b: 1, a: 2 }],
  ['new keys are sorted, whatever the order of the operations', { m: 1 }, ['add /z 1', 'add /a 2'], { m: 1, a: 2, z: 1 }],
  ['a null is filled', { a: null }, ['add /a 1'], { a: 1 }],
  ['a value is replaced in its place', { a: 1, b: 2 }, ['replace /a 1 3'], { a: 3, b: 2 }],
  ['a null is replaced', { a: null }, ['replace /a null 3'], { a: 3 }],
  ['a key is removed', { a: 1, b: 2 }, ['remove /a 1'], { b: 2 }],
  ['missing parents are made', {}, ['add /a/b/c 1'], { a: { b: { c: 1 } } }],
  ['a null parent becomes a map', { a: null }, ['add /a/b 1'], { a: { b: 1 } }],
  ['a null parent becomes a list', { a: null }, ['add /a/- 1', 'add /a/- 2'], { a: [1, 2] }],
  ['a missing parent becomes a list', {}, ['add /a/- {"b":1}'], { a: [{ b: 1 }] }],
  ['the keys of made parents are sorted', {}, ['add /a/z 1', 'add /a/b/d 2', 'add /a/b/c 3'], { a: { b: { c: 3, d: 2 }, z: 1 } }],
  ['items are appended in order', { a: [0] }, ['add /a/- 1', 'add /a/- 2'], { a: [0, 1, 2] }],
  ['items go before an index', { a: [0, 1] }, ['add /a/1 8', 'add /a/1 9', 'add /a/0 7'], { a: [7, 0, 8, 9, 1] }],
  ['an index behind the last one appends', { a: [0] }, ['add /a/1 1'], { a: [0, 1] }],
  ['an item is replaced', { a: [0, 1] }, ['replace /a/1 1 2'], { a: [0, 2] }],
  ['an item is removed', { a: [0, 1, 2] }, ['remove /a/1 1'], { a: [0, 2] }],
  ['an item is removed and one added in its place', { a: [0, 1] }, ['remove /a/0 0', 'add /a/0 9'], { a: [9, 1] }],
  ['inside of an item', [{ a: 1 }, { a: 2 }], ['replace /1/a 2 3', 'add /1/b 4'], [{ a: 1 }, { a: 3, b: 4 }]],
  ['the same operation twice', {}, ['add /a {"b":1}', 'add /a {"b":1}'], { a: { b: 1 } }],
  ['the same removal twice', { a: 1, b: 1 }, ['remove /a 1', 'remove /a 1'], { b: 1 }],
  ['names with slashes', { 'a/b': {} }, ['add /a~1b/c~0d 1'], { 'a/b': { 'c~d': 1 } }],
  ['names of Object.prototype are not there', {}, ['add /toString 1'], { toString: 1 }],
];

const CONFLICTS: readonly (readonly [message: string, value: Json, ops: readonly string[]])[] = [
  ['an operation names the whole document', {}, ['add  1']],
  ['/a is not what replace expects', { a: 1 }, ['replace /a 2 3']],
  ['/a is not what replace expects', {}, ['replace /a null 3']],
  ['/a is not what remove expects', { a: 1 }, ['remove /a 2']],
  ['/a is there already', { a: 1 }, ['add /a 1']],
  ['/a is there already', { a: false }, ['add /a 1']],
  ['/a is written in two ways', {}, ['add /a 1', 'add /a 2']],
  ['/a is written and removed', { a: 1 }, ['replace /a 1 2', 'remove /a 1']],
  ['/a is written and removed', { a: 1 }, ['remove /a 1', 'replace /a 1 2']],
  ['/a is written as a whole and in parts', {}, ['add /a {}', 'add /a/b 1']],
  ['/a is written as a whole and in parts', {}, ['add /a/- 1', 'add /a []']],
  ['/a is written as a whole and in parts', { a: { b: 1 } }, ['remove /a {"b":1}', 'add /a/c 1']],
  ['/a is used as an array and as an object', {}, ['add /a/- 1', 'add /a/b 1']],
  ['/a/2 names no item', { a: [0, 1] }, ['add /a/2/b 1']],
  ['/a/-1 names no item', { a: [0] }, ['add /a/-1/b 1']],
];

suite('patch/edit', (test) => {
  for (const [name, value, ops, expected] of RESULTS) {
    test(name, () => {
      const before = structuredClone(value);
      assert.is(JSON.stringify(result(value, ops)), JSON.stringify(expected));
      assert.equal(value, before);
    });
  }

  for (const [message, value, ops] of CONFLICTS) {
    test(`${ops.join(', ')}: ${message}`, () =>
      assert.throws(
        () => result(value, ops),
        (error: unknown) => error instanceof ConflictError && error.message === message,
      ));
  }

  const SCALAR = 'a scalar, but Kubernetes expects a map or a list';
  const LIST = 'a list, but Kubernetes expects a map';
  const SHAPES: readonly (readonly [pointer: string, value: Json, op: string, found: string])[] = [
    ['/a', { a: 'text' }, 'add /a/b 1', SCALAR],
    ['/a', { a: 0 }, 'add /a/- 1', SCALAR],
    ['/a/b', { a: { b: false } }, 'add /a/b/c/d 1', SCALAR],
    ['', 'text', 'add /a 1', SCALAR],
    ['/a', { a: [0] }, 'add /a/x/b 1', LIST],
    ['/a', { a: [0] }, 'add /a/0.5/b 1', LIST],
    ['/a', { a: [0] }, 'add /a/x 1', LIST],
  ];
  for (const [pointer, value, line, found] of SHAPES) {
    test(`${line} in ${JSON.stringify(value)} meets ${found}`, () =>
      assert.throws(
        () => result(value, [line]),
        (error: unknown) =>
          error instanceof ShapeError && error.pointer === pointer && error.message === `${pointer} is ${found}`,
      ));
  }

  test('no operation makes no edit', () => assert.is(compose({}, [], byName), undefined));

  test('an edit holds no more than its operations', () => {
    assert.equal(compose({ a: [{}] }, [op('add /a/0/b 1'), op('add /a/- 2')], byName), {
      kind: 'object',
      keys: new Map([
        [
          'a',
          {
            kind: 'array',
            items: new Map([[0, { kind: 'object', keys: new Map([['b', { kind: 'set', value: 1 }]]) }]]),
            inserted: new Map([[1, [2]]]),
          },
        ],
      ]),
    });
  });

  test('what is not there is made to apply an edit', () => {
    assert.equal(applyEdit(null, { kind: 'object', keys: new Map([['a', { kind: 'set', value: 1 }]]) }), { a: 1 });
    assert.equal(applyEdit({}, { kind: 'array', items: new Map(), inserted: new Map([[0, [1]]]) }), [1]);
  });

  test('the root cannot be removed', () => {
    assert.throws(
      () => applyEdit({}, { kind: 'remove' }),
      (error: unknown) => error instanceof ConflictError && error.message === 'the root of an edit cannot be removed',
    );
  });
});
