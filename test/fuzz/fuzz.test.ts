/** Fifty broken manifests, the same in every run; `run.ts` makes as many as there is time for. */
import { assert, suite } from '../harness.ts';
import { Examiner } from './examiner.ts';
import { run } from './fuzz.ts';
import { minimize } from './minimize.ts';
import { FIXTURES, manifestsIn, mutantsOf } from './mutants.ts';

suite('fuzz', (test) => {
  test('broken manifests are refused with a reason, or hardened as any other', async () => {
    assert.equal(await run({ seed: 20, count: 50, deadline: Infinity }), { passed: 50, failed: 0 });
  });

  test('a seed always gives the same mutants', () => {
    const manifests = manifestsIn(FIXTURES);
    const first = (seed: number): unknown[] => {
      const mutants = mutantsOf(manifests, seed);
      return Array.from({ length: 20 }, () => mutants.next().value);
    };
    assert.equal(first(1), first(1));
    assert.not.equal(first(1), first(2));
  });

  test('an input that takes too long is found out, and the next one is examined all the same', async () => {
    const slow = new Examiner(0);
    const pod = { path: 'pod.yaml', bytes: Buffer.from('kind: Pod\n'), options: {} };
    assert.is(await slow.examine(pod), 'takes longer than 0 ms');
    assert.is(await slow.examine(pod), 'takes longer than 0 ms');
    await slow.close();
  });

  test('what is left out is not needed', async () => {
    const numbers = Array.from({ length: 100 }, (_, index) => index);
    const fits = (some: readonly number[]): Promise<boolean> => Promise.resolve(some.includes(3) && some.includes(70));
    assert.equal(await minimize(numbers, fits, Infinity), [3, 70]);
  });
});
