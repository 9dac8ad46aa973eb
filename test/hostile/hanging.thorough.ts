/** Inputs of 1 kB and of 20 kB that hang others: each is examined in a thread that can be stopped. */
import { Examiner } from '../fuzz/examiner.ts';
import { assert, suite } from '../harness.ts';
import { longTexts, manyOfTheSame } from './inputs.ts';

/** How long an input may take, in milliseconds: no measure of speed, but the mark of a hang. */
const LIMITS: readonly [size: number, limit: number][] = [
  [0.05, 5_000],
  [1, 15_000],
];

for (const [size, limit] of LIMITS) {
  suite(`inputs of ${20 * size} kB that hang others`, (test) => {
    const examiner = new Examiner(limit);
    for (const [what, text] of Object.entries({ ...longTexts(size), ...manyOfTheSame(size) })) {
      test(what, async () =>
        assert.is(await examiner.examine({ path: 'pod.yaml', bytes: Buffer.from(text), options: {} }), undefined),
      );
    }
    test('the thread ends', () => examiner.close());
  });
}
