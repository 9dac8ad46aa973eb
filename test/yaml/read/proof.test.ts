/** Which readers the proof uses, and what it reads. */
import { Composer } from 'yaml';
import { readForProof } from '../../../src/yaml/index.ts';
import type { Json } from '../../../src/util/json.ts';
import { assert, suite } from '../../harness.ts';

/** The value that the proof reads, and how many documents the package composed for it. */
function read(text: string): { value: Json | undefined; composed: number } {
  const { compose } = Composer.prototype;
  let composed = 0;
  Composer.prototype.compose = function (...given) {
    composed++;
    return compose.apply(this, given);
  };
  try {
    return { value: readForProof(text), composed };
  } finally {
    Composer.prototype.compose = compose;
  }
}

suite('yaml/read/proof', (test) => {
  test('simple style is read without the package', () =>
    assert.equal(read('kind: Pod\nmetadata:\n  name: web\n'), {
      value: { kind: 'Pod', metadata: { name: 'web' } },
      composed: 0,
    }));

  test('the package reads all else', () => assert.equal(read('a: &x 1\nb: *x\n'), { value: { a: 1, b: 1 }, composed: 1 }));

  for (const text of ['a: [', 'a: b\u0085', 'a: {b:, c}', 'a: b\rc\n', '---\na: b\n---x\n', '']) {
    test(`${JSON.stringify(text)} has no value`, () => assert.is(readForProof(text), undefined));
  }
});
