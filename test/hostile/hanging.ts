/** Declares the tests of inputs that hang others: each is examined in a thread that can be stopped. */
import { Examiner } from '../fuzz/examiner.ts';
import { assert, suite } from '../harness.ts';
import { longTexts, manyOfTheSame } from './inputs.ts';

/**
 * @param size See `inputs.ts`.
 * @param limit How long one input may take, in milliseconds: no measure of speed, but the mark of a hang.
 */
export function declareHangingInputs(name: string, size: number, limit: number): void {
  suite(name, (test) => {
    const examiner = new Examiner(limit);
    for (const [what, text] of Object.entries({ ...longTexts(size), ...manyOfTheSame(size) })) {
      test(what, async () =>
        assert.is(await examiner.examine({ path: 'pod.yaml', bytes: Buffer.from(text), options: {} }), undefined),
      );
    }
    test('the thread ends', () => examiner.close());
  });
}
