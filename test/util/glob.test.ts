/** Globs of paths, names and images. */
import { compileImageGlob, compilePathGlob, imageGlobProblem, pathGlobProblem } from '../../src/util/glob.ts';
import { assert, suite } from '../harness.ts';

const CASES: readonly [glob: string, matching: readonly string[], others: readonly string[]][] = [
  ['*.yaml', ['a.yaml', '.yaml', '.hidden.yaml'], ['a/b.yaml', 'a.yml', 'a.yaml.bak', 'aXyaml']],
  ['**/*.yaml', ['a.yaml', 'a/b.yaml', 'a/b/.c.yaml'], ['a.yml', 'yaml']],
  ['apps/*/web.yaml', ['apps/shop/web.yaml'], ['apps/web.yaml', 'apps/a/b/web.yaml']],
  ['apps/**/web.yaml', ['apps/web.yaml', 'apps/a/web.yaml', 'apps/a/b/web.yaml'], ['apps/xweb.yaml', 'myapps/web.yaml']],
  ['apps/**', ['apps/a', 'apps/a/b.yaml'], ['apps', 'apps2/a']],
  ['**', ['a', 'a/b'], []],
  ['a**z', ['az', 'abz'], ['a', 'za', 'a/b/z']],
  ['v?.yaml', ['v1.yaml'], ['v.yaml', 'v10.yaml', 'v/.yaml']],
  ['{dev,test}/*.yaml', ['dev/a.yaml', 'test/b.yaml'], ['prod/a.yaml', '{dev,test}/a.yaml']],
  ['{a,b{c,d/**}}/x', ['a/x', 'bc/x', 'bd/e/f/x'], ['b/x', 'bd/x/y']],
  ['a{,.local}.yaml', ['a.yaml', 'a.local.yaml'], ['a,.local.yaml']],
  ['{a}/b', ['{a}/b', '{a}/b/c'], ['a/b']],
  ['a}b,c', ['a}b,c'], ['ab']],
  ['\\*\\{a,b\\}.yaml', ['*{a,b}.yaml'], ['x{a,b}.yaml', '*a.yaml']],
  ['a\\\\*', ['a\\b'], ['ab']],
  ['\\w\\.*', ['w.x'], ['a.x', 'wax']],
  ['[ab]+(c).$', ['[ab]+(c).$'], ['a', 'abc']],
  ['[ab]+(c|d)*.$', ['[ab]+(c|d).$', '[ab]+(c|d)x.$'], ['a', 'acc.$', '[ab]+c.$']],
  ['!(a)*', ['!(a)b'], ['b', '!ab']],
  ['@(a|b)"^?"', ['@(a|b)"^x"'], ['a^x', '@a"^x"']],
  ['legacy', ['legacy', 'legacy/a.yaml', 'legacy/a/b'], ['legacy2', 'x/legacy', 'legacy2/a']],
  ['./apps/*/old/', ['apps/a/old', 'apps/a/old/b'], ['apps/a/older', 'apps/old']],
  ['apps/*', ['apps/a'], ['apps/a/b', 'apps']],
  ['', [''], ['a']],
  ['*', ['', 'a', '.a'], ['a/b']],
  ['{,a}', ['', 'a'], ['b']],
];

const IMAGES: readonly (typeof CASES)[number][] = [
  ['docker.io/library/nginx', ['docker.io/library/nginx'], ['docker.io/library/nginx/x', 'docker.io/library/nginxx']],
  ['docker.io/bitnami/*', ['docker.io/bitnami/redis', 'docker.io/bitnami/a/b'], ['docker.io/bitnami', 'docker.io/bitnamix/a']],
  ['*/tools/**', ['example.com/tools/x', 'a.b/c/tools/x/y'], ['example.com/tool/x']],
  ['a.b/c?', ['a.b/cd'], ['a.b/c', 'axb/cd', 'a.b/c/']],
  ['{ghcr.io,quay.io}/a/*', ['ghcr.io/a/b', 'quay.io/a/b'], ['docker.io/a/b']],
  ['1.*', ['1.8', '1.8.10-alpine'], ['1', '10.8']],
  ['*', ['latest', '1.0'], []],
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

  for (const [glob, matching, others] of IMAGES) {
    test(`of images: ${glob}`, () => {
      const matches = compileImageGlob(glob);
      assert.equal(
        matching.filter((name) => !matches(name)),
        [],
      );
      assert.equal(
        others.filter((name) => matches(name)),
        [],
      );
    });
  }

  test('what no file and no object can be called matches no wildcard', () => {
    assert.is(compilePathGlob('*')('a'.repeat(255)), true);
    assert.is(compilePathGlob('*')('a'.repeat(256)), false);
    assert.is(compilePathGlob('**')('a/'.repeat(512)), true);
    assert.is(compilePathGlob('**')('a/'.repeat(513)), false);
  });
});

suite('glob: limits', (test) => {
  const many = '**/a/**/a/**/a/**/a';
  const PROBLEMS: readonly [glob: string, path: RegExp | undefined, image: RegExp | undefined][] = [
    ['**/*-test-*/**/*.{yml,yaml}', undefined, /: \* may stand 3 times in a glob, not 5/],
    [many, /: \*\* may stand 3 times in a glob, not 4/, /: \* may stand 3 times in a glob, not 4; write several globs instead/],
    ['*a*a*', undefined, undefined],
    ['*a*a*a*', /: \* after another \* between the same slashes may stand 2 times in a glob, not 3/, /3 times in a glob, not 4/],
    ['\\*a*a*a\\*', undefined, undefined],
    ['a*/b*/c*', undefined, undefined],
    ['{a,b}{a,b}{a,b}', undefined, undefined],
    ['{a,b}{a,b}{a,b}{a,b}', /\{ may stand 3 times in a glob, not 4/, /\{ may stand 3 times/],
    ['a'.repeat(1024), undefined, undefined],
    ['a'.repeat(1025), /longer than 1024 characters/, /longer than 1024/],
    ['a{b', /a \{ has no \}/, /a \{ has no \}/],
    ['a\\{b}', undefined, undefined],
    ['a\\', /a backslash needs a character/, /a backslash needs a character/],
    ['a\\\\', undefined, undefined],
  ];
  const fits = (problem: string | undefined, expected: RegExp | undefined): boolean =>
    expected === undefined ? problem === undefined : expected.test(problem ?? '');

  for (const [glob, path, image] of PROBLEMS) {
    test(glob.slice(0, 30), () => {
      assert.ok(fits(pathGlobProblem(glob), path), pathGlobProblem(glob));
      assert.ok(fits(imageGlobProblem(glob), image), imageGlobProblem(glob));
    });
  }

  test('a glob with a problem is not compiled', () => {
    assert.throws(() => compilePathGlob(many), /too slow to match/);
    assert.throws(() => compileImageGlob(many), /too slow to match/);
  });
});
