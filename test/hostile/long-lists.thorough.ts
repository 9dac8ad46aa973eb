/** Long lists that the `yaml` package takes its time to read. */
import { compareFields } from '../../src/kubernetes/field-order.ts';
import { compose, type Edit } from '../../src/patch/index.ts';
import { assert, suite } from '../harness.ts';
import { readsOtherwise } from '../yaml/quick-reader.ts';
import { MANY, spliced } from './long.ts';

suite('long lists that are read slowly', (test) => {
  test('one key again and again', () => {
    const edit = compose({ a: 1, b: 2 }, [{ op: 'remove', path: '/b', was: 2 }], compareFields);
    assert.is(spliced(`a: 1\n${'b: 2\n'.repeat(MANY)}`, edit as Edit), 'a: 1\n');
  });

  test('blank lines before a comment', () => {
    assert.is(readsOtherwise(`a:\n  b: c\n${'\n'.repeat(MANY)}    # d\n`), undefined);
  });
});
