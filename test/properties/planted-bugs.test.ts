/** The planted bugs that few cases show. The thorough test plants the others too. */
import { assert, suite } from '../harness.ts';
import { BUGS, failureWith } from './planted-bugs.ts';
import { SEED } from './property.ts';

const FEW = 1000;

suite(`planted bugs (SEED=${SEED})`, (test) => {
  for (const bug of BUGS.filter(({ cases }) => cases <= FEW)) {
    test(bug.name, async () => assert.ok(await failureWith(bug), `${bug.cases} cases do not show it`));
  }
});
