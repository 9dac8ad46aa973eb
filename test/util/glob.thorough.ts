/** The worst texts for the worst globs that are allowed. */
import { compilePathGlob } from '../../src/util/glob.ts';
import { assert, suite } from '../harness.ts';

suite('glob: worst texts', (test) => {
  test('within them the worst texts take seconds at most', () => {
    const WORST: readonly [glob: string, text: string][] = [
      ['*a*a*ab', 'a'.repeat(255)],
      ['*a*a*ab', 'a'.repeat(100_000)],
      ['**/a/**/a/**/a/b', 'a/'.repeat(512)],
      ['**/*a*/**/*a*b', `${'a'.repeat(15)}/`.repeat(64)],
      ['{a,aa,aaa}{a,aa,aaa}{a,aa,aaa}*a*a*b', 'a'.repeat(255)],
    ];
    for (const [glob, text] of WORST) {
      const begin = performance.now();
      assert.is(compilePathGlob(glob)(text), false);
      const took = performance.now() - begin;
      assert.ok(took < 10_000, `${glob} took ${took} ms`);
    }
  });
});
