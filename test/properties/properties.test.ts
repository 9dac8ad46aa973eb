/** A short run of every property with a fixed seed; `npm run test:soak` runs them for as long as one likes. */
import { assert, suite } from '../harness.ts';
import { everyFile, everyPod, restricted } from './invariants.ts';
import { SEED, tryProperty, type Property } from './property.ts';
import { printed, spliced } from './splicer.ts';

suite(`properties (SEED=${SEED})`, (test) => {
  const holds = <T>(property: Property<T>, cases: number): void =>
    test(property.name, () => {
      const { failure } = tryProperty(property, { seed: SEED, cases });
      if (failure !== undefined) console.error(failure);
      assert.is(failure, undefined, 'a counterexample is above');
    });
  holds(printed, 60);
  holds(spliced, 120);
  holds(everyFile, 18);
  holds(everyPod, 25);
  holds(restricted, 20);
});
