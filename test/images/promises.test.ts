/** The promises for images that are special in some way. The thorough test takes all. */
import { createImageLookup, knownEntries } from '../../src/images/index.ts';
import { parseImageReference } from '../../src/kubernetes/image-reference.ts';
import { assert, suite } from '../harness.ts';
import { referenceOf } from './manifests.ts';
import { SPECIAL, brokenPromisesOf } from './promises.ts';

suite('image knowledge: promises', (test) => {
  const lookup = createImageLookup([]);
  for (const entry of knownEntries()) {
    test(`${entry.id} is found`, () => {
      const reference = parseImageReference(referenceOf(entry));
      assert.is(reference && lookup(reference)?.id, entry.id);
    });
  }

  const chosen = knownEntries().filter(({ id = '' }) => SPECIAL.has(id));
  for (const entry of chosen) test(entry.id ?? '', () => assert.equal(brokenPromisesOf(entry), []));
});
