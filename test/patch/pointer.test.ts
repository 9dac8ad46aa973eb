import { formatPointer, parsePointer } from '../../src/patch/index.ts';
import { assert, suite } from '../harness.ts';

const POINTERS: readonly (readonly [pointer: string, ...tokens: string[]])[] = [
  [''],
  ['/', ''],
  ['/a', 'a'],
  ['/a/0/-', 'a', '0', '-'],
  ['//a/', '', 'a', ''],
  ['/a~1b', 'a/b'],
  ['/a~0b', 'a~b'],
  ['/~01', '~1'],
  ['/~1~1~0~0', '//~~'],
];

suite('patch/pointer', (test) => {
  for (const [pointer, ...tokens] of POINTERS) {
    test(`"${pointer}"`, () => {
      assert.equal(parsePointer(pointer), tokens);
      assert.is(formatPointer(tokens), pointer);
    });
  }

  test('indices are written as they are', () => assert.is(formatPointer(['items', 10]), '/items/10'));

  test('the tokens of the empty pointer are a list of their own', () => {
    parsePointer('').push('x');
    assert.equal(parsePointer(''), []);
  });

  for (const pointer of ['a', 'a/', '~1a']) {
    test(`${pointer} is none`, () =>
      assert.throws(
        () => parsePointer(pointer),
        (error: Error) => error.message === `not a JSON Pointer: ${pointer}`,
      ));
  }
});
