import { openFile } from '../../src/engine/read.ts';
import { createImageLookup } from '../../src/images/index.ts';
import { reachOf } from '../../src/workspace/reach.ts';
import { readWorkspace, type Workspace } from '../../src/workspace/workspace.ts';
import { assert, suite } from '../harness.ts';
import { KINDS } from '../objects.ts';

function workspace(files: Readonly<Record<string, string>>): Workspace {
  const run = { kinds: KINDS, lookup: createImageLookup([]) };
  return readWorkspace(Object.entries(files).map(([path, content]) => openFile({ path, content }, run)));
}

const list = (key: string, ...paths: readonly string[]): string => `${key}:\n${paths.map((path) => `- ${path}\n`).join('')}`;

const shop = workspace({
  'base/kustomization.yaml': list('resources', 'web.yaml', './sub/worker.yaml'),
  'dev/kustomization.yml': `namespace: dev\n${list('resources', '../base/', 'extra.yaml')}${list('patches', 'path: small.yaml')}`,
  'prod/Kustomization': `namespace: prod\nnamePrefix: p-\n${list('bases', '../base')}${list('components', '../parts')}`,
  'parts/kustomization.yaml': `kind: Component\n${list('resources', 'part.yaml')}`,
  'all/kustomization.yaml': list('resources', '../prod', 'https://example.com/repository//path?ref=v1'),
  'chart/Chart.yaml': 'name: chart',
  'chart/charts/sub/Chart.yaml': 'name: sub',
});

suite('workspace: units', (test) => {
  const MEMBERSHIPS: readonly (readonly [file: string, units: string, isListed: boolean])[] = [
    ['base/web.yaml', 'base', true],
    ['base/sub/worker.yaml', 'base', true],
    ['base/other.yaml', 'base', false],
    ['base/sub/deeper/other.yaml', 'base', false],
    ['dev/extra.yaml', 'dev', true],
    ['dev/small.yaml', 'dev', false],
    ['parts/part.yaml', 'parts', true],
    ['plain/web.yaml', '', false],
    ['web.yaml', '', false],
    ['basement/web.yaml', '', false],
  ];
  for (const [file, units, isListed] of MEMBERSHIPS) {
    test(file, () => assert.equal(shop.membershipOf(file), { units: units === '' ? [] : [units], isListed }));
  }

  test('a file that two kustomizations name is part of both, in any order', () => {
    const files = {
      'kustomization.yaml': list('resources', 'a/web.yaml'),
      'a/kustomization.yaml': list('resources', 'web.yaml'),
      'a/web.yaml': '',
    };
    for (const order of [files, Object.fromEntries(Object.entries(files).reverse())]) {
      assert.equal(workspace(order).membershipOf('a/web.yaml'), { units: ['', 'a'], isListed: true });
    }
  });

  test('a build goes up to all that include a unit and down to all that they include', () => {
    const sorted = (set: ReadonlySet<string>): string[] => [...set].sort();
    assert.equal(sorted(shop.unitsWithin('prod')), ['base', 'parts', 'prod']);
    assert.equal(sorted(shop.unitsAbove('base')), ['all', 'base', 'dev', 'prod']);
    assert.equal(sorted(shop.unitsBuiltWith('base')), ['all', 'base', 'dev', 'parts', 'prod']);
    assert.equal(sorted(shop.unitsBuiltWith('dev')), ['base', 'dev']);
  });

  test('kustomizations that include each other come to an end', () => {
    const circle = workspace({
      'a/kustomization.yaml': list('resources', '../b'),
      'b/kustomization.yaml': list('resources', '../a'),
    });
    assert.equal([...circle.unitsBuiltWith('a')].sort(), ['a', 'b']);
  });

  for (const [what, path, text] of [
    ['an alias', 'a b/web.yaml', 'x: &x a b/web.yaml\nresources:\n- *x\n'],
    ['a quoted name with spaces', 'my app/web.yaml', 'resources: ["my app/web.yaml"]\n'],
    ['a plain name with spaces', 'my app/web.yaml', 'resources:\n- my app/web.yaml\n'],
    ['an escape', 'web.yaml', 'resources: ["w\\x65b.yaml"]\n'],
    ['flow style', 'web.yaml', '{resources: [web.yaml,other.yaml]}\n'],
    ['a comment', 'web.yaml', 'resources:\n- web.yaml # the web\n'],
  ] as const) {
    test(`a path is found behind ${what}`, () =>
      assert.ok(workspace({ 'kustomization.yaml': text }).membershipOf(path).isListed));
  }

  test('a kustomization that cannot be read is still a boundary', () => {
    assert.equal(workspace({ 'a/kustomization.yaml': 'resources: [' }).membershipOf('a/web.yaml'), {
      units: ['a'],
      isListed: false,
    });
  });
});

suite('workspace: files that are no manifests', (test) => {
  const patched = workspace({
    'k/kustomization.yaml': [
      list('patchesStrategicMerge', 'merge.yaml', '|-\n  kind: Deployment\n  metadata: {name: inline}'),
      list('patchesJson6902', 'path: json.yaml'),
      list('patches', 'path: any.yaml', 'patch: "[]"'),
      list('replacements', 'path: replacement.yaml'),
      list('resources', 'web.yaml'),
    ].join(''),
  });
  for (const [path, expected] of [
    ['merge', true],
    ['json', true],
    ['any', true],
    ['replacement', false],
    ['web', false],
  ] as const) {
    test(`${path} is ${expected ? 'a' : 'no'} patch`, () => assert.is(patched.isPatch(`k/${path}.yaml`), expected));
  }

  const CHARTS: readonly (readonly [file: string, chart: string | undefined])[] = [
    ['chart/templates/web.yaml', 'chart'],
    ['chart/templates/tests/smoke.yaml', 'chart'],
    ['chart/charts/sub/templates/web.yaml', 'chart/charts/sub'],
    ['chart/crds/shop.yaml', undefined],
    ['chart/values.yaml', undefined],
    ['templates/web.yaml', undefined],
  ];
  for (const [file, chart] of CHARTS) test(`${file} in ${chart ?? 'no chart'}`, () => assert.is(shop.chartOf(file), chart));

  const VALUES: readonly (readonly [file: string, expected: boolean])[] = [
    ['chart/values.yaml', true],
    ['chart/values-prod.yml', true],
    ['chart/ci/small.yaml', true],
    ['chart/charts/sub/values.yaml', true],
    ['chart/other.yaml', false],
    ['values.yaml', false],
    ['ci/small.yaml', false],
  ];
  for (const [file, expected] of VALUES)
    test(`${file} holds ${expected ? '' : 'no '}values`, () => assert.is(shop.isChartValues(file), expected));
});

suite('workspace: reach', (test) => {
  type Case = readonly [from: string, other: string, reach: string];
  const CASES: readonly Case[] = [
    ['plain/a/web.yaml', 'plain/a/rbac.yaml', 'alongside within near'],
    ['plain/a/web.yaml', 'plain/b/rbac.yaml', 'within near'],
    ['plain/a/web.yaml', 'plain/a/deep/rbac.yaml', 'within near'],
    ['plain/a/web.yaml', 'elsewhere/b/rbac.yaml', 'within'],
    ['plain/a/web.yaml', 'base/web.yaml', ''],
    ['base/web.yaml', 'base/sub/worker.yaml', 'alongside within near'],
    ['base/web.yaml', 'base/unlisted.yaml', 'within rival near'],
    ['base/web.yaml', 'dev/extra.yaml', 'within rival near'],
    ['base/web.yaml', 'parts/part.yaml', 'within rival near'],
    ['base/web.yaml', 'plain/a/rbac.yaml', ''],
    ['dev/extra.yaml', 'base/web.yaml', 'alongside within near'],
    ['dev/extra.yaml', 'parts/part.yaml', ''],
    ['base/unlisted.yaml', 'base/other.yaml', 'alongside within near'],
    ['base/unlisted.yaml', 'base/web.yaml', 'within rival near'],
    ['base/unlisted.yaml', 'plain/a/rbac.yaml', ''],
  ];
  for (const [from, other, expected] of CASES) {
    test(`${from} sees ${other}: ${expected === '' ? 'nothing' : expected}`, () => {
      const reach = reachOf(from, shop);
      const isWithin = reach.isWithin(other);
      const words = [
        reach.isAlongside(other) && 'alongside',
        isWithin && 'within',
        reach.isInOtherBuild(other) && 'rival',
        isWithin && reach.isNear(other) && 'near',
      ];
      assert.is(words.filter((word) => word !== false).join(' '), expected);
    });
  }

  test('namespaces and new names come from all builds', () => {
    const about = (file: string): unknown[] => [reachOf(file, shop).namespaces, reachOf(file, shop).isRenamed];
    assert.equal(about('plain/web.yaml'), ['written', false]);
    assert.equal(about('dev/extra.yaml'), ['given', false]);
    assert.equal(about('base/web.yaml'), ['varies', true]);
    assert.equal(about('parts/part.yaml'), ['given', true]);
    assert.equal(about('base/unlisted.yaml'), ['written', false]);
  });
});
