import { kindsOf } from '../../src/kubernetes/kinds.ts';
import { objectsIn } from '../../src/kubernetes/read-object.ts';
import type { Json, JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { KINDS, readObjects } from '../objects.ts';

const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' };
const CONTAINER = { name: 'a', image: 'a' };
const deployment = (spec: Json): JsonObject => ({ ...DEPLOYMENT, spec: { template: { spec } } });

/** Each object as its kind, pointer and the item of an untyped list that holds it. */
function found(value: Json): string[] {
  return [...objectsIn(value, KINDS)].map(
    ({ value: { apiVersion, kind }, pointer, item }) => `${String(apiVersion)} ${String(kind)} ${pointer} ${item}`,
  );
}

const list = (kind: string, items: Json, apiVersion = 'v1'): JsonObject => ({ apiVersion, kind, items });

suite('kubernetes/read-object: lists', (test) => {
  const CASES: readonly (readonly [what: string, value: Json, ...expected: string[]])[] = [
    ['no object', 'text'],
    ['a null', null],
    ['an object', DEPLOYMENT, 'apps/v1 Deployment  undefined'],
    [
      'a List',
      list('List', [{ kind: 'A' }, null, DEPLOYMENT]),
      'undefined A /items/0 /items/0',
      'apps/v1 Deployment /items/2 /items/2',
    ],
    ['a ResourceList', list('ResourceList', [DEPLOYMENT]), 'apps/v1 Deployment /items/0 /items/0'],
    ['a List in a List', list('List', [list('List', [DEPLOYMENT])]), 'apps/v1 Deployment /items/0/items/0 /items/0/items/0'],
    ['a typed list', list('DeploymentList', [{ spec: 1 }], 'apps/v1'), 'apps/v1 Deployment /items/0 undefined'],
    ['a typed list in a List', list('List', [list('PodList', [{}])]), 'v1 Pod /items/0/items/0 /items/0'],
    ['an item with a kind of its own', list('PodList', [DEPLOYMENT]), 'apps/v1 Deployment /items/0 undefined'],
    ['a typed list without an apiVersion', { kind: 'PodList', items: [{}] }, 'null Pod /items/0 undefined'],
    ['a List of no list', { kind: 'List', items: 'a' }, 'undefined List  undefined'],
    ['a kind that is no list', list('ConfigMap', [DEPLOYMENT]), 'v1 ConfigMap  undefined'],
    ['an item of a List without a kind', list('List', [{ a: 1 }]), 'undefined undefined /items/0 /items/0'],
  ];
  for (const [what, value, ...expected] of CASES) test(what, () => assert.equal(found(value), expected));
});

suite('kubernetes/read-object: what is left alone', (test) => {
  const CASES: readonly (readonly [what: string, object: JsonObject, leftAlone: string | undefined])[] = [
    ['a workload', deployment({ containers: [CONTAINER] }), undefined],
    ['with a null for init containers', deployment({ containers: [CONTAINER], initContainers: null }), undefined],
    ['another kind', { apiVersion: 'v1', kind: 'Service' }, undefined],
    ['a kind of another group', { apiVersion: 'example.com/v1', kind: 'Deployment' }, 'skipped-foreign'],
    ['without an apiVersion', { ...deployment({ containers: [CONTAINER] }), apiVersion: '' }, 'skipped-foreign'],
    ['without a template', DEPLOYMENT, 'skipped-patch'],
    ['a null for its template', { ...DEPLOYMENT, spec: { template: null } }, 'skipped-patch'],
    ['a null for its pod spec', deployment(null), 'skipped-patch'],
    ['without containers', deployment({}), 'skipped-patch'],
    ['no containers in their list', deployment({ containers: [] }), 'skipped-patch'],
    ['a null for containers', deployment({ containers: null }), 'skipped-patch'],
    ['a container without an image', deployment({ containers: [CONTAINER, { name: 'b' }] }), 'skipped-patch'],
    [
      'an init container without an image',
      deployment({ containers: [CONTAINER], initContainers: [{ name: 'b' }] }),
      'skipped-patch',
    ],
    ['an image that is no text', deployment({ containers: [{ name: 'a', image: 1 }] }), 'skipped-patch'],
    ['a text for its template', { ...DEPLOYMENT, spec: { template: 'a' } }, 'skipped-malformed'],
    ['a text for its pod spec', deployment('a'), 'skipped-malformed'],
    ['a list for its pod spec', deployment([]), 'skipped-malformed'],
    ['a map for containers', deployment({ containers: {} }), 'skipped-malformed'],
    ['a text for a container', deployment({ containers: [CONTAINER, 'a'] }), 'skipped-malformed'],
    ['a null for a container', deployment({ containers: [null] }), 'skipped-malformed'],
    ['a map for init containers', deployment({ containers: [CONTAINER], initContainers: {} }), 'skipped-malformed'],
  ];
  for (const [what, object, expected] of CASES) {
    test(what, () => {
      const [read] = readObjects(object);
      assert.is(read?.leftAlone, expected);
      assert.is(read?.pods.length, expected === undefined && object['kind'] === 'Deployment' ? 1 : 0);
    });
  }

  const custom = (podSpec: string): Parameters<typeof kindsOf>[0] => [{ apiVersion: 'a.io/v1', kind: 'App', podSpec }];
  const CUSTOM: readonly (readonly [what: string, podSpec: string, value: JsonObject, expected: string])[] = [
    ['no pod spec', '/pod', {}, 'no-pod-spec'],
    ['an empty list of pod specs', '/pods/*', { pods: [] }, 'no-pod-spec'],
    ['one of several is a patch', '/pods/*', { pods: [{ containers: [CONTAINER] }, {}] }, 'skipped-patch'],
    ['one of several is no pod', '/pods/*', { pods: [{ containers: [CONTAINER] }, 'a'] }, 'skipped-malformed'],
    ['a text above the pod spec', '/a/pod', { a: 'b' }, 'skipped-malformed'],
    ['all of them', '/pods/*', { pods: [{ containers: [CONTAINER] }, { containers: [CONTAINER] }] }, '/pods/0 /pods/1'],
    ['a map where a list is', '/pods/*/spec', { pods: { spec: { containers: [CONTAINER] } } }, 'no-pod-spec'],
    ['a key with a slash', '/a~1b/~0c', { 'a/b': { '~c': { containers: [CONTAINER] } } }, '/a~1b/~0c'],
  ];
  for (const [what, podSpec, value, expected] of CUSTOM) {
    test(`a kind of the user: ${what}`, () => {
      const [object] = readObjects({ apiVersion: 'a.io/v1', kind: 'App', ...value }, { kinds: kindsOf(custom(podSpec)) });
      assert.is(object?.leftAlone ?? object?.pods.map(({ specPointer }) => specPointer).join(' '), expected);
    });
  }
});

suite('kubernetes/read-object: objects and pods', (test) => {
  test('what stands in the metadata', () => {
    const metadata = { name: 'web', namespace: 'shop', annotations: { a: 'b' } };
    const [object] = readObjects({ ...DEPLOYMENT, metadata }, { lineOf: (pointer) => (pointer === '' ? 7 : 1), file: 'x.yaml' });
    const { name, namespace, annotations, group, kind, apiVersion, line, file, placement } = object ?? {};
    assert.equal(
      [name, namespace, annotations, group, kind, apiVersion],
      ['web', 'shop', { a: 'b' }, 'apps', 'Deployment', 'apps/v1'],
    );
    assert.equal([line, file, placement], [7, 'x.yaml', { kind: 'document' }]);
  });

  test('an object without metadata', () => {
    const [object] = readObjects({}, { isFlowDocument: true });
    const { name, namespace, annotations, group, kind, apiVersion, placement } = object ?? {};
    assert.equal([name, namespace, annotations, group, kind, apiVersion], ['', undefined, {}, '', '', '']);
    assert.equal(placement, { kind: 'none' });
  });

  test('a new object goes beside the item of a List, also in JSON', () => {
    const [object] = readObjects(list('List', [DEPLOYMENT]), { isFlowDocument: true });
    assert.equal([object?.placement, object?.pointer], [{ kind: 'item', pointer: '/items/0' }, '/items/0']);
  });

  test('containers in the order of their start, with their roles', () => {
    const spec = {
      containers: [CONTAINER, { image: 'b' }],
      initContainers: [
        { name: 'i', image: 'i' },
        { name: 's', image: 's', restartPolicy: 'Always' },
        { name: 'n', image: 'n', restartPolicy: 'Never' },
      ],
    };
    const [object] = readObjects(deployment(spec));
    assert.equal(
      object?.pods[0]?.containers.map(({ role, name, pointer }) => `${role} ${name} ${pointer}`),
      [
        'initContainer i /spec/initContainers/0',
        'sidecar s /spec/initContainers/1',
        'initContainer n /spec/initContainers/2',
        'container a /spec/containers/0',
        'container  /spec/containers/1',
      ],
    );
  });

  test('the annotations and labels of a pod stand beside its spec', () => {
    const spec = { template: { metadata: { annotations: { a: 'b' }, labels: { e: 'f' } }, spec: { containers: [CONTAINER] } } };
    const pod = readObjects({ ...DEPLOYMENT, metadata: { annotations: { c: 'd' }, labels: { g: 'h' } }, spec })[0]?.pods[0];
    assert.equal([pod?.annotations, pod?.labels, pod?.metadataPointer], [{ a: 'b' }, { e: 'f' }, '/spec/template/metadata']);
  });

  test('the annotations and labels of a pod in a list', () => {
    const kinds = kindsOf([{ apiVersion: 'example.com/v1', kind: 'Cluster', podSpec: '/spec/workers/*/template/spec' }]);
    const template = { metadata: { annotations: { a: 'b' }, labels: { e: 'f' } }, spec: { containers: [CONTAINER] } };
    const value = { apiVersion: 'example.com/v1', kind: 'Cluster', spec: { workers: [{ template }] } };
    const pod = readObjects(value, { kinds })[0]?.pods[0];
    assert.equal([pod?.annotations, pod?.labels], [{ a: 'b' }, { e: 'f' }]);
  });

  test('a pod spec of another name has no metadata', () => {
    const kinds = kindsOf([{ apiVersion: 'a.io/v1', kind: 'App', podSpec: '/podspec' }]);
    const app = {
      apiVersion: 'a.io/v1',
      kind: 'App',
      metadata: { annotations: { a: 'b' } },
      podspec: { containers: [CONTAINER] },
    };
    const pod = readObjects(app, { kinds })[0]?.pods[0];
    assert.equal([pod?.annotations, pod?.metadataPointer], [{}, undefined]);
  });

  test('Windows shows in the spec or in an image', () => {
    const isWindowsImage = (image: string): boolean => image === 'w';
    const isWindows = (spec: Json): boolean | undefined =>
      readObjects(deployment(spec), { isWindowsImage })[0]?.pods[0]?.isWindows;
    assert.is(isWindows({ containers: [CONTAINER] }), false);
    assert.is(isWindows({ containers: [CONTAINER], os: { name: 'windows' } }), true);
    assert.is(isWindows({ containers: [CONTAINER, { name: 'b', image: 'w' }] }), true);
    assert.is(isWindows({ containers: [CONTAINER], initContainers: [{ name: 'b', image: 'w' }] }), true);
  });
});
