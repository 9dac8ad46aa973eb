import type { Json } from '../../src/util/json.ts';
import { applyJsonPatch, toJsonPatch, type Edit, type AnyOperation, type PatchOperation } from '../../src/patch/index.ts';
import { assert, suite } from '../harness.ts';

const set = (value: Json): Edit => ({ kind: 'set', value });
const remove: Edit = { kind: 'remove' };
const object = (keys: Readonly<Record<string, Edit>>): Edit => ({ kind: 'object', keys: new Map(Object.entries(keys)) });
const array = (
  items: readonly (readonly [number, Edit])[],
  inserted: readonly (readonly [number, readonly Json[]])[] = [],
): Edit => ({
  kind: 'array',
  items: new Map(items),
  inserted: new Map(inserted),
});

const PATCHES: readonly (readonly [name: string, value: Json, edit: Edit, patch: readonly string[], result: Json])[] = [
  ['a new key is added', { a: 1 }, object({ b: set(2) }), ['add /b 2'], { a: 1, b: 2 }],
  ['a null is replaced', { a: null }, object({ a: set({}) }), ['test /a null', 'replace /a {}'], { a: {} }],
  ['a key is replaced', { a: 1 }, object({ a: set(2) }), ['test /a 1', 'replace /a 2'], { a: 2 }],
  ['a key is removed', { a: 1, b: 2 }, object({ a: remove }), ['test /a 1', 'remove /a'], { b: 2 }],
  ['a key with a slash', { 'a/b': {} }, object({ 'a/b': object({ '~': set(1) }) }), ['add /a~1b/~0 1'], { 'a/b': { '~': 1 } }],
  ['keys keep their order', {}, object({ b: set(1), a: set(2) }), ['add /b 1', 'add /a 2'], { b: 1, a: 2 }],
  ['a name of Object.prototype', {}, object({ valueOf: set(1) }), ['add /valueOf 1'], { valueOf: 1 }],
  ['items at the end', [1], array([], [[1, [2, 3]]]), ['add /1 3', 'add /1 2'], [1, 2, 3]],
  ['items at the start', [1], array([], [[0, [2, 3]]]), ['add /0 3', 'add /0 2'], [2, 3, 1]],
  ['an item is replaced', [1, 2], array([[1, set(3)]]), ['test /1 2', 'replace /1 3'], [1, 3]],
  [
    'items are removed from the back',
    [1, 2, 3],
    array([
      [0, remove],
      [2, remove],
    ]),
    ['test /2 3', 'remove /2', 'test /0 1', 'remove /0'],
    [2],
  ],
  [
    'an item goes before one that is removed',
    [1, 2],
    array([[1, remove]], [[1, [9]]]),
    ['test /1 2', 'remove /1', 'add /1 9'],
    [1, 9],
  ],
  ['inside of an item', [{ a: 1 }, {}], array([[1, object({ b: set(2) })]]), ['add /1/b 2'], [{ a: 1 }, { b: 2 }]],
];

function parsed(line: string): PatchOperation {
  const [op = '', path = '', value] = line.split(' ');
  return (value === undefined ? { op, path } : { op, path, value: JSON.parse(value) as Json }) as PatchOperation;
}

suite('patch/json-patch', (test) => {
  for (const [name, value, edit, patch, result] of PATCHES) {
    test(name, () => {
      const before = structuredClone(value);
      const written = toJsonPatch(value, edit);
      assert.equal(written, patch.map(parsed));
      assert.equal(applyJsonPatch(value, written), result);
      assert.equal(value, before);
    });
  }

  test('what is not there is tested as null, so that its removal fails', () => {
    const patch = toJsonPatch({}, object({ a: remove }));
    assert.equal(patch, ['test /a null', 'remove /a'].map(parsed));
    assert.throws(() => applyJsonPatch({}, patch));
  });

  test('a patch and its result share nothing', () => {
    const patch: PatchOperation[] = [{ op: 'add', path: '/a', value: { b: 1 } }];
    const result = applyJsonPatch({}, patch) as { a: { b: number } };
    result.a.b = 2;
    assert.equal(patch, [{ op: 'add', path: '/a', value: { b: 1 } }]);
  });

  /** Operations that others may write, on `{ a: [{ b: 1 }, { c: 2 }], d: { e: { f: 3 } } }`. */
  const OTHERS: readonly (readonly [name: string, patch: readonly AnyOperation[], result: Json])[] = [
    [
      'what is copied, and changed then',
      [
        { op: 'copy', from: '/d/e', path: '/g' },
        { op: 'replace', path: '/g/f', value: 4 },
      ],
      { a: [{ b: 1 }, { c: 2 }], d: { e: { f: 3 } }, g: { f: 4 } },
    ],
    [
      'what is moved, and changed then',
      [
        { op: 'move', from: '/d/e', path: '/d/g' },
        { op: 'add', path: '/d/g/f', value: 4 },
        { op: 'remove', path: '/d/g/f' },
      ],
      { a: [{ b: 1 }, { c: 2 }], d: { g: {} } },
    ],
    [
      'what moves up in a list',
      [
        { op: 'add', path: '/a/1/x', value: 0 },
        { op: 'remove', path: '/a/0' },
        { op: 'add', path: '/a/0/y', value: 0 },
        { op: 'add', path: '/a/0', value: {} },
        { op: 'add', path: '/a/1/z', value: 0 },
      ],
      { a: [{}, { c: 2, x: 0, y: 0, z: 0 }], d: { e: { f: 3 } } },
    ],
    [
      'a part that becomes the whole',
      [
        { op: 'move', from: '/d', path: '' },
        { op: 'add', path: '/g', value: 0 },
        { op: 'add', path: '/e/h', value: 0 },
      ],
      { e: { f: 3, h: 0 }, g: 0 },
    ],
    [
      'a new whole',
      [
        { op: 'replace', path: '', value: { a: { b: 0 } } },
        { op: 'add', path: '/a/c', value: 0 },
      ],
      { a: { b: 0, c: 0 } },
    ],
  ];
  for (const [name, patch, result] of OTHERS) {
    test(`${name}: the value and the patch stay as they are`, () => {
      const value = { a: [{ b: 1 }, { c: 2 }], d: { e: { f: 3 } } };
      const before = structuredClone([value, patch]);
      assert.equal(applyJsonPatch(value, patch), result);
      assert.equal([value, patch], before);
    });
  }

  test('a test that does not hold is an error', () => assert.throws(() => applyJsonPatch({ a: 1 }, [parsed('test /a 2')])));
  test('a path that is not there is an error', () => assert.throws(() => applyJsonPatch({}, [parsed('replace /a 2')])));

  for (const path of ['/__proto__/x', '/a/prototype/x', '/constructor']) {
    test(`refuses ${path}`, () =>
      assert.throws(
        () => applyJsonPatch({ a: {} }, [{ op: 'add', path, value: 1 }]),
        (error: Error) => error.message === `refused path ${path}`,
      ));
  }

  test('takes names that only look like them', () => {
    assert.equal(applyJsonPatch({}, [parsed('add /constructors 1'), parsed('add /proto 2')]), { constructors: 1, proto: 2 });
  });
});
