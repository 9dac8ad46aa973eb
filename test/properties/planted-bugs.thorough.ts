/** The planted bugs, and a copy without one. */
import { assert, suite } from '../harness.ts';
import { BUGS, NONE, failureWith } from './planted-bugs.ts';
import { SEED } from './property.ts';

suite(`planted bugs (SEED=${SEED})`, (test) => {
  test('a copy without a bug has none', async () => assert.is(await failureWith(NONE), undefined));

  for (const bug of BUGS) {
    test(bug.name, async () => assert.ok(await failureWith(bug), `${bug.cases} cases do not show it`));
  }
});
