import { apiGroup, kindsOf, type Kinds } from '../../src/kubernetes/kinds.ts';
import { assert, suite } from '../harness.ts';

/** The versions that ever served a kind: the API reference and the guide to deprecated APIs of Kubernetes; its pod spec there. */
const SERVED: readonly (readonly [kind: string, versions: string, podSpec: string])[] = [
  ['Deployment', 'apps/v1 apps/v1beta1 apps/v1beta2 extensions/v1beta1', '/spec/template/spec'],
  ['StatefulSet', 'apps/v1 apps/v1beta1 apps/v1beta2', '/spec/template/spec'],
  ['DaemonSet', 'apps/v1 apps/v1beta2 extensions/v1beta1', '/spec/template/spec'],
  ['CronJob', 'batch/v1 batch/v1beta1 batch/v2alpha1', '/spec/jobTemplate/spec/template/spec'],
  ['Job', 'batch/v1 extensions/v1beta1', '/spec/template/spec'],
  ['ReplicaSet', 'apps/v1 apps/v1beta2 extensions/v1beta1', '/spec/template/spec'],
  ['ReplicationController', 'v1', '/spec/template/spec'],
  ['Pod', 'v1', '/spec'],
  ['PodTemplate', 'v1', '/template/spec'],
];
const VERSIONS = [...new Set(SERVED.flatMap(([, versions]) => versions.split(' ')))];
/** Kinds into which kustomize (`namereference.go`) does not carry the new name of a ServiceAccount. */
const NOT_FOLLOWED = new Set(['ReplicaSet', 'PodTemplate']);
/** What decides about workloads elsewhere: rights, bounds of namespaces, storage, mounted files, how pods are reached. */
const FACTS = `ServiceAccount Role ClusterRole RoleBinding ClusterRoleBinding LimitRange ResourceQuota Namespace PersistentVolume
  PersistentVolumeClaim ConfigMap Secret Service Route SecurityContextConstraints`.split(/\s+/);

const KINDS = kindsOf();

function versionsOf(kinds: Kinds, kind: string): string[] {
  return VERSIONS.filter((version) => kinds.workloadOf(version, kind));
}

suite('kubernetes/kinds', (test) => {
  for (const [kind, served, podSpec] of SERVED) {
    test(`${kind} is in the groups that serve it or did once`, () => {
      const groups = new Set(served.split(' ').map(apiGroup));
      const known = VERSIONS.filter((version) => groups.has(apiGroup(version)));
      assert.equal(versionsOf(KINDS, kind), known);
      const [first = ''] = served.split(' ');
      const found = KINDS.workloadOf(first, kind);
      assert.equal(found?.podSpecs, [podSpec]);
      assert.is(found?.isBuiltIn, true);
      assert.is(found?.isFollowedByKustomize, !NOT_FOLLOWED.has(kind));
      for (const version of VERSIONS) assert.is(KINDS.isForeign(version, kind), !known.includes(version));
      assert.is(KINDS.isForeign('', kind), true);
      assert.is(KINDS.workloadOf('', kind), undefined);
    });
  }

  test('all kinds are in the order of their claim to a name', () => {
    assert.equal(
      KINDS.workloads.filter(({ isBuiltIn }) => isBuiltIn).map(({ kind }) => kind),
      SERVED.map(([kind]) => kind),
    );
  });

  test('another kind is neither a workload nor foreign', () => {
    assert.is(KINDS.workloadOf('v1', 'Service'), undefined);
    assert.is(KINDS.isForeign('v1', 'Service'), false);
    assert.is(KINDS.isForeign('', 'Service'), false);
  });

  test('lists are the untyped ones and those of kinds that matter', () => {
    const lists = ['List', 'ResourceList', ...[...SERVED.map(([kind]) => kind), ...FACTS].map((kind) => `${kind}List`)];
    assert.equal(lists.filter(KINDS.isList), lists);
    assert.equal(['Lists', 'EndpointsList', 'MyList', 'Deployment', 'DeploymentListX', '', 'list'].filter(KINDS.isList), []);
  });

  test('what may change is found by the whole word', () => {
    const words = SERVED.flatMap(([kind]) => [kind, `${kind}List`]);
    for (const word of [...words, 'List', 'ResourceList']) assert.ok(KINDS.changed.test(`kind: ${word}\n`), word);
    for (const word of ['Service', 'Deployments', 'MyDeployment', 'RoleBindingList', 'Lists', 'ServiceAccount'])
      assert.not(KINDS.changed.test(`kind: ${word}\n`), word);
  });

  test('facts are found by the whole word', () => {
    const kinds = [...FACTS, 'Kustomization', 'Component'];
    for (const kind of [...kinds, ...kinds.map((one) => `${one}List`), 'List', 'ResourceList'])
      assert.ok(KINDS.facts.test(`kind: ${kind}\n`), kind);
    for (const word of ['Endpoints', 'Deployment', 'ServiceAccounts', 'MyRole', 'Lists', 'DeploymentList'])
      assert.not(KINDS.facts.test(`kind: ${word}\n`), word);
  });

  test('a kind of the user counts in its group, in every version, with all of its pod specs', () => {
    const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' };
    const kinds = kindsOf([
      { ...rollout, podSpec: '/spec/template/spec' },
      { ...rollout, podSpec: '/spec/jobs/*/spec' },
      { apiVersion: 'example.com/v1', kind: 'Rollout', podSpec: '/pod' },
      { apiVersion: 'example.com/v1', kind: 'Deployment', podSpec: '/spec' },
    ]);
    assert.equal(kinds.workloadOf('argoproj.io/v1', 'Rollout'), {
      kind: 'Rollout',
      groups: ['argoproj.io'],
      podSpecs: ['/spec/template/spec', '/spec/jobs/*/spec'],
      isFollowedByKustomize: false,
      isBuiltIn: false,
      isAdded: true,
      refuses: [],
    });
    assert.equal(kinds.workloadOf('example.com/v1', 'Rollout')?.podSpecs, ['/pod']);
    assert.equal(KINDS.workloadOf('argoproj.io/v1', 'Rollout')?.podSpecs, ['/spec/template/spec']);
    assert.is(kinds.workloadOf('other.io/v1', 'Rollout'), undefined);
    assert.is(kinds.isForeign('other.io/v1', 'Rollout'), false);
    assert.is(kinds.isForeign('example.com/v2', 'Deployment'), false);
    assert.ok(kinds.isList('RolloutList') && kinds.changed.test('kind: RolloutList'));
  });

  test('a kind that a transform targets may change, also one with signs in its name', () => {
    const kinds = kindsOf(
      [],
      [
        { group: '', kind: 'Namespace' },
        { group: '', kind: 'A.b+c' },
      ],
    );
    assert.ok(kinds.changed.test('kind: Namespace') && kinds.isList('NamespaceList'));
    assert.ok(kinds.changed.test('kind: A.b+c'));
    assert.not(kinds.changed.test('kind: Axbbc'));
    assert.is(kinds.workloadOf('v1', 'Namespace'), undefined);
  });

  test('the group of an apiVersion', () => {
    assert.equal(['v1', 'apps/v1', 'a.b.io/v1/x', '', '/v1'].map(apiGroup), ['', 'apps', 'a.b.io', '', '']);
  });
});
