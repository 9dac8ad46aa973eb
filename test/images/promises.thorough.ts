/** The promises for every entry of the image knowledge. */
import { knownEntries } from '../../src/images/index.ts';
import { assert, suite } from '../harness.ts';
import { brokenPromisesOf } from './promises.ts';

suite('image knowledge: all promises', (test) => {
  for (const entry of knownEntries()) test(entry.id ?? '', () => assert.equal(brokenPromisesOf(entry), []));
});
