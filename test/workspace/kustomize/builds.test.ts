import { openFile } from '../../../src/engine/read.ts';
import { createImageLookup } from '../../../src/images/index.ts';
import type { Step } from '../../../src/workspace/kustomize/step.ts';
import { readWorkspace, type Workspace } from '../../../src/workspace/workspace.ts';
import { objectAt, stringAt, type JsonObject } from '../../../src/util/json.ts';
import { assert, suite } from '../../harness.ts';
import { KINDS } from '../../objects.ts';

function workspace(files: Readonly<Record<string, string>>): Workspace {
  const run = { kinds: KINDS, lookup: createImageLookup([]) };
  return readWorkspace(Object.entries(files).map(([path, content]) => openFile({ path, content }, run)));
}

const list = (key: string, ...paths: readonly string[]): string => `${key}:\n${paths.map((path) => `- ${path}\n`).join('')}`;

const WEB = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels: { a: 'b' } },
  spec: { template: { spec: { containers: [{ name: 'web', image: 'nginx:1' }] } } },
};

/** What the builds of a file do to an object, by the folder that is built. */
function stepsByBuild(
  files: Readonly<Record<string, string>>,
  file: string,
  object: JsonObject = WEB,
): Record<string, readonly Step[]> {
  return Object.fromEntries(
    workspace(files)
      .buildsOf(file)
      .map(({ folder, stepsFor }) => [folder, stepsFor(object)]),
  );
}

function built(steps: readonly Step[], object: JsonObject = WEB): JsonObject | undefined {
  return steps.reduce<JsonObject | undefined>((value, step) => value && step.apply(value), object);
}

suite('builds: every way to write a patch', (test) => {
  const merge =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {serviceAccountName: admin}}}\n';
  const json = '[{op: add, path: /spec/template/spec/serviceAccountName, value: admin}]';
  const FORMS: readonly (readonly [what: string, kustomization: string, files?: Record<string, string>])[] = [
    ['patches, path', list('patches', 'path: p.yaml'), { 'p.yaml': merge }],
    ['patches, path and target', list('patches', '{path: p.yaml, target: {kind: Deploy.*, name: w.b}}'), { 'p.yaml': json }],
    ['patches, inline', `patches:\n- patch: |-\n    ${merge.replaceAll('\n', '\n    ')}\n`],
    ['patches, inline JSON Patch', `patches:\n- target: {name: web}\n  patch: '${json}'\n`],
    ['patches, inline for all', `patches:\n- target: {labelSelector: a=b}\n  patch: '${json}'\n`],
    ['patchesStrategicMerge, file', list('patchesStrategicMerge', 'p.yaml'), { 'p.yaml': `---\n${merge}` }],
    ['patchesStrategicMerge, inline', `patchesStrategicMerge:\n- |-\n  ${merge.replaceAll('\n', '\n  ')}\n`],
    [
      'patchesJson6902',
      list('patchesJson6902', '{path: p.json, target: {kind: Deployment, name: web}}'),
      { 'p.json': '[{"op":"add","path":"/spec/template/spec/serviceAccountName","value":"admin"}]' },
    ],
    [
      'a whole spec',
      `patches:\n- target: {name: web}\n  patch: '[{op: replace, path: /spec/template/spec, value: {serviceAccountName: admin}}]'\n`,
    ],
    ['a prefixed name', `namePrefix: dev-\npatches:\n- target: {name: dev-web}\n  patch: '${json}'\n`],
  ];
  for (const [what, kustomization, files = {}] of FORMS) {
    test(what, () => {
      const steps = stepsByBuild(
        { 'kustomization.yaml': `${list('resources', 'web.yaml')}${kustomization}`, ...files },
        'web.yaml',
      );
      assert.equal(Object.keys(steps), ['']);
      assert.is(stringAt(built(steps[''] ?? []), 'spec', 'template', 'spec', 'serviceAccountName'), 'admin');
      const other = { ...WEB, metadata: { name: 'worker' } };
      assert.equal(
        stepsByBuild({ 'kustomization.yaml': `${list('resources', 'web.yaml')}${kustomization}`, ...files }, 'web.yaml', other)[
          ''
        ],
        [],
      );
    });
  }

  test('none in broken patches and in those of a sibling', () => {
    const steps = stepsByBuild(
      {
        'a/kustomization.yaml': `${list('resources', '../base', 'a.yaml')}${list('patches', 'path: p.yaml', 'path: missing.yaml', '{patch: "serviceAccount: ["}', '{patch: "a: serviceAccount"}')}`,
        'a/p.yaml': merge,
        'b/kustomization.yaml': list('resources', '../base', 'b.yaml'),
        'base/kustomization.yaml': list('resources', 'web.yaml'),
      },
      'base/web.yaml',
    );
    assert.equal(
      Object.entries(steps).map(([folder, { length }]) => [folder, length]),
      [
        ['a', 1],
        ['b', 0],
        ['base', 0],
      ],
    );
  });
});

suite('builds: the order', (test) => {
  const note = (name: string): string =>
    `{target: {kind: Deployment}, patch: '[{op: add, path: /metadata/labels/${name}, value: x}]'}`;
  const order = (steps: readonly Step[] = []): string => Object.keys(objectAt(built(steps), 'metadata', 'labels')).join(' ');
  const FILES = {
    'base/kustomization.yaml': list('resources', 'web.yaml') + list('patches', note('base')),
    'parts/kustomization.yaml': `kind: Component\n${list('components', '../inner')}${list('patches', note('parts'))}`,
    'inner/kustomization.yaml': `kind: Component\n${list('patches', note('inner'))}`,
    'prod/kustomization.yaml': `${list('resources', '../base')}${list('components', '../parts')}${list('patchesJson6902', note('late'))}${list('patches', note('prod'))}`,
    'all/kustomization.yaml': list('resources', '../prod') + list('patches', note('all')),
    'loop/kustomization.yaml': list('resources', '../loop', 'web.yaml') + list('components', '../loop'),
  };

  test('resources, then components, then the kustomization itself', () => {
    const steps = stepsByBuild(FILES, 'base/web.yaml');
    assert.equal(Object.keys(steps), ['all', 'base', 'prod']);
    assert.is(order(steps['base']), 'a base');
    assert.is(order(steps['prod']), 'a base inner parts prod late');
    assert.is(order(steps['all']), 'a base inner parts prod late all');
  });

  test('what no other kustomization includes is an end', () => {
    const ends = workspace(FILES)
      .buildsOf('base/web.yaml')
      .filter(({ isEnd }) => isEnd);
    assert.equal(
      ends.map(({ folder }) => folder),
      ['all'],
    );
  });

  test('a kustomization that includes itself comes to an end', () => {
    assert.equal(Object.keys(stepsByBuild(FILES, 'loop/web.yaml')), ['loop']);
  });

  test('a file of a component is in the builds that include it', () => {
    const files = {
      'c/kustomization.yaml': `kind: Component\n${list('resources', 'web.yaml')}${list('patches', note('c'))}`,
      'o/kustomization.yaml': list('components', '../c'),
    };
    const steps = stepsByBuild(files, 'c/web.yaml');
    assert.equal(Object.keys(steps), ['o']);
    assert.is(order(steps['o']), 'a c');
  });
});

suite('builds: where a patch is written', (test) => {
  const places = (files: Readonly<Record<string, string>>): string[] =>
    (stepsByBuild(files, 'web.yaml')[''] ?? []).map(({ file, line, what }) => `${what} ${file}:${line}`);

  test('each operation, each document, each entry', () => {
    const files = {
      'kustomization.yaml': [
        'resources: [web.yaml]',
        'patches:',
        '- target: {kind: Deployment}',
        '  patch: |-',
        '    - {op: test, path: /kind, value: Deployment}',
        '    - op: add',
        '      path: /spec/a',
        '      value: 1',
        '- path: p.yaml',
        '- patch: "apiVersion: apps/v1\\nkind: Deployment\\nmetadata: {name: web}"',
        'commonAnnotations: {x: z}',
        'images:',
        '- {name: a, newTag: b}',
        '- name: nginx',
        '  newTag: "2"',
        '',
      ].join('\n'),
      'p.yaml':
        '# a\n---\n# b\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n',
    };
    assert.equal(places(files), [
      'the patch kustomization.yaml:5',
      'the patch kustomization.yaml:6',
      'the patch p.yaml:4',
      'the patch p.yaml:8',
      'the patch kustomization.yaml:10',
      'commonAnnotations kustomization.yaml:11',
      'the image kustomization.yaml:13',
      'the image kustomization.yaml:14',
    ]);
  });
});
