/** The configuration of a KRM function. */
import { readFunctionConfig } from '../../src/config/index.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { configIn, configOf, linesOf } from './read.ts';

const kharden = (spec: JsonObject): JsonObject => ({
  apiVersion: 'kharden.dev/v1alpha1',
  kind: 'KhardenConfig',
  metadata: { name: 'kharden', annotations: { 'config.kubernetes.io/function': 'exec: {path: ./kharden}' } },
  spec,
});
const configMap = (data: JsonObject): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'kharden' },
  data,
});
const errorsOf = (object: JsonObject): string[] => linesOf(readFunctionConfig(object)).map((line) => line.replace(/^1:1 /, ''));

suite('config: KhardenConfig', (test) => {
  test('has the keys of the file under spec', () => {
    const text = 'skip: [resources]\nkubeVersion: "1.29"\nexclude: [a/**]\n';
    const object = kharden({ skip: ['resources'], kubeVersion: '1.29', exclude: ['a/**'] });
    assert.equal(configOf(readFunctionConfig(object)), configIn(text));
  });

  test('may be empty', () => {
    assert.equal(configOf(readFunctionConfig({ apiVersion: 'kharden.dev/v1alpha1', kind: 'KhardenConfig' })), {
      options: {},
      exclude: [],
    });
  });

  test('errors of several keys', () => {
    assert.equal(errorsOf(kharden({ skp: [], kubeVersion: 1.3 })), [
      'spec.skp: unknown key: did you mean skip?',
      'spec.kubeVersion: expected a version in quotes such as "1.30", found the number 1.3: quote it',
    ]);
  });

  test('a wrong envelope', () => {
    assert.equal(errorsOf({ apiVersion: 'v1', kind: 'KhardenConfig', skip: [], spec: [] }), [
      'skip: unknown key: there are apiVersion, kind, metadata, spec',
      'apiVersion: expected kharden.dev/v1alpha1, found the text "v1"',
      'spec: expected a map, found an empty list',
    ]);
    assert.equal(errorsOf({ kind: 'KhardenConfig' }), ['lacks apiVersion']);
    assert.equal(errorsOf({ kind: 'KHardenConfg' }), [
      'kind: expected KhardenConfig or ConfigMap, found "KHardenConfg": did you mean KhardenConfig?',
    ]);
    assert.equal(errorsOf({}), ['kind: expected KhardenConfig or ConfigMap, found null']);
  });

  test('errors stand where the locator says', () => {
    const result = readFunctionConfig(kharden({ skip: 1, hooks: 1 }), (pointer) => ({
      path: pointer,
      line: pointer === '/spec/hooks' ? 3 : 7,
      column: 2,
    }));
    assert.equal('errors' in result && result.errors.map(({ path, line }) => `${path}:${line}`), [
      '/spec/hooks:3',
      '/spec/skip:7',
    ]);
  });
});

suite('config: ConfigMap', (test) => {
  test('words, scalars and YAML by key', () => {
    const object = configMap({
      skip: 'resources, read-only-root-fs',
      enable: '[resources]',
      only: '- resources\n- run-as-non-root\n',
      override: 'true',
      kubeVersion: '1.30',
      platform: 'openshift\n',
      exclude: '**/x.yaml,{a,b}/c/**',
      writablePaths: 'nginx: [/run]\n',
      workloads: '- {apiVersion: argoproj.io/v1alpha1, kind: Rollout, podSpec: /spec/template/spec}',
      transforms: 'resources:\n  limits:\n    cpu: null\n',
      overrides: '- match: {name: a}\n  skip: all\n',
    });
    const text = [
      'skip: [resources, read-only-root-fs]',
      'enable: [resources]',
      'only: [resources, run-as-non-root]',
      'override: true',
      'kubeVersion: "1.30"',
      'platform: openshift',
      'exclude: ["**/x.yaml", "{a,b}/c/**"]',
      'writablePaths: {nginx: [/run]}',
      'workloads: [{apiVersion: argoproj.io/v1alpha1, kind: Rollout, podSpec: /spec/template/spec}]',
      'transforms: {resources: {limits: {cpu: null}}}',
      'overrides: [{match: {name: a}, skip: all}]',
    ];
    assert.equal(configOf(readFunctionConfig(object)), configIn(text.join('\n')));
  });

  test('without data it is the empty configuration', () => {
    assert.equal(configOf(readFunctionConfig({ apiVersion: 'v1', kind: 'ConfigMap' })), { options: {}, exclude: [] });
    assert.equal(configOf(readFunctionConfig(configMap({ skip: '' }))), { options: { skip: [] }, exclude: [] });
  });

  test('errors of several keys', () => {
    assert.equal(
      errorsOf(
        configMap({
          skp: 'a',
          skip: 'resource',
          override: 'maybe',
          kubeVersion: 'new',
          images: '[',
          overrides: 'a: 1\na: 2',
          hooks: 5,
          writablePaths: 'a: !x b',
          safeOnly: 'yes',
        }),
      ),
      [
        'data.images: line 1: Flow sequence must end with a ]',
        'data.overrides: line 2: the key a is there twice: remove one',
        'data.writablePaths: line 1: unknown tag !x: write the plain value',
        'data.safeOnly: line 1: yes is true in YAML 1.1 and a string in YAML 1.2: write true',
        'data.skp: unknown key: did you mean skip?',
        'data.skip[0]: expected a transform, found the text "resource": did you mean resources?',
        'data.override: expected true or false, found the text "maybe"',
        'data.kubeVersion: expected a version in quotes such as "1.30", found the text "new"',
        'data.hooks: expected harden or skip, found the number 5',
      ],
    );
    assert.equal(errorsOf({ kind: 'ConfigMap', data: 'x' }), ['data: expected a map']);
  });
});
