import { fnv1a, freeName, shorten, toLabel } from '../../src/kubernetes/names.ts';
import { assert, suite } from '../harness.ts';

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

suite('kubernetes/names', (test) => {
  test('the hash is FNV-1a of 32 bits: the vectors of its authors', () => {
    assert.equal(['', 'a', 'foobar', 'chongo was here!\n'].map(fnv1a), [0x811c9dc5, 0xe40c292c, 0xbf9cf968, 0xd49930d5]);
  });

  test('labels', () => {
    assert.is(toLabel('/var/cache/Nginx'), 'var-cache-nginx');
    assert.is(toLabel('--a..b__c--'), 'a-b-c');
    assert.is(toLabel('/'), 'volume');
    assert.is(toLabel('a'.repeat(63)), 'a'.repeat(63));
    assert.is(toLabel('a'.repeat(64)).length, 63);
    assert.match(toLabel('é/'.repeat(99)), LABEL);
    for (const text of ['x/'.repeat(60), 'A'.repeat(200), `${'a'.repeat(53)}-${'b'.repeat(53)}`])
      assert.match(toLabel(text), LABEL);
  });

  test('a name that fits stays, a longer one ends with the hash of all of it', () => {
    assert.is(shorten('a'.repeat(20), 20), 'a'.repeat(20));
    const long = `${'a'.repeat(20)}b`;
    assert.is(shorten(long, 20), `${'a'.repeat(11)}-${fnv1a(long).toString(16).padStart(8, '0')}`);
    assert.not.equal(shorten(long, 20), shorten(`${'a'.repeat(20)}c`, 20));
  });

  test('a name is not cut behind dashes and dots', () => {
    assert.match(shorten(`abc.-${'d'.repeat(30)}`, 14), /^abc-[0-9a-f]{8}$/);
  });

  test('a short hash is filled up', () => {
    const name = Array.from({ length: 5000 }, (_, index) => `long-name-of-a-volume-${index}`).find((one) => fnv1a(one) < 2 ** 28);
    assert.match(shorten(name ?? '', 20), /^long-name-o-0[0-9a-f]{7}$/);
  });

  test('the first free name', () => {
    assert.is(freeName('tmp', new Set()), 'tmp');
    assert.is(freeName('tmp', new Set(['tmp'])), 'tmp-2');
    assert.is(freeName('tmp', new Set(['tmp', 'tmp-2', 'tmp-3'])), 'tmp-4');
    const long = 'a'.repeat(63);
    const taken = new Set([long]);
    for (let count = 2; count < 12; count++) taken.add(freeName(long, taken));
    for (const name of taken) assert.ok(name.length <= 63 && LABEL.test(name), name);
    assert.is(taken.size, 11);
    assert.is(freeName('b'.repeat(61), new Set(['b'.repeat(61)])), `${'b'.repeat(61)}-2`);
  });
});
