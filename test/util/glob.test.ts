/** Globs of paths. */
import { compilePathGlob } from '../../src/util/glob.ts';
import { assert, suite } from '../harness.ts';

const CASES: readonly [glob: string, matching: readonly string[], others: readonly string[]][] = [
  ['*.yaml', ['a.yaml', '.yaml', '.hidden.yaml'], ['a/b.yaml', 'a.yml', 'a.yaml.bak', 'aXyaml']],
  ['**/*.yaml', ['a.yaml', 'a/b.yaml', 'a/b/.c.yaml'], ['a.yml', 'yaml']],
  ['apps/*/web.yaml', ['apps/shop/web.yaml'], ['apps/web.yaml', 'apps/a/b/web.yaml']],
  ['apps/**/web.yaml', ['apps/web.yaml', 'apps/a/web.yaml', 'apps/a/b/web.yaml'], ['apps/xweb.yaml', 'myapps/web.yaml']],
  ['apps/**', ['apps/a', 'apps/a/b.yaml'], ['apps', 'apps2/a']],
  ['**', ['a', 'a/b'], []],
  ['a**z', ['az', 'a/b/z', 'abz'], ['a', 'za']],
  ['a***/z', ['a/z', 'a/b/z', 'ab/z'], ['az']],
  ['v?.yaml', ['v1.yaml', 'v😀.yaml'], ['v.yaml', 'v10.yaml', 'v/.yaml']],
  ['{dev,test}/*.yaml', ['dev/a.yaml', 'test/b.yaml'], ['prod/a.yaml', '{dev,test}/a.yaml']],
  ['{a,b{c,d/**}}/x', ['a/x', 'bc/x', 'bd/e/f/x'], ['b/x', 'bd/x/y']],
  ['a{,.local}.yaml', ['a.yaml', 'a.local.yaml'], ['a,.local.yaml']],
  ['{a}/{b', ['{a}/{b', '{a}/{b/c'], ['a/b', '{a}/b']],
  ['a}b,c', ['a}b,c'], ['ab']],
  ['\\*\\{a,b\\}.yaml', ['*{a,b}.yaml'], ['x{a,b}.yaml', '*a.yaml']],
  ['a\\', ['a\\'], ['a']],
  ['[ab]+(c).$', ['[ab]+(c).$'], ['a', 'abc']],
  ['legacy', ['legacy', 'legacy/a.yaml', 'legacy/a/b'], ['legacy2', 'x/legacy', 'legacy2/a']],
  ['./apps/*/old/', ['apps/a/old', 'apps/a/old/b'], ['apps/a/older', 'apps/old']],
  ['apps/*', ['apps/a'], ['apps/a/b', 'apps']],
  ['', [''], ['a']],
];

suite('glob', (test) => {
  for (const [glob, matching, others] of CASES) {
    test(`${glob || 'the empty glob'}`, () => {
      const matches = compilePathGlob(glob);
      assert.equal(
        matching.filter((path) => !matches(path)),
        [],
      );
      assert.equal(
        others.filter((path) => matches(path)),
        [],
      );
    });
  }

  test('many wildcards take no time that grows with their combinations', () => {
    const begin = performance.now();
    for (const glob of [`${'*a'.repeat(40)}b`, `${'**/'.repeat(40)}b`, `${'{a,aa}'.repeat(40)}b`, `${'**a'.repeat(40)}b`]) {
      assert.is(compilePathGlob(glob)('a'.repeat(1500)), false);
      assert.is(compilePathGlob(glob)('a/'.repeat(750)), false);
    }
    assert.ok(performance.now() - begin < 5000);
  });
});
