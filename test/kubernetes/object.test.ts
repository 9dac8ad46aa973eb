import {
  effective,
  effectivePointer,
  fromObject,
  keepsUser,
  takesField,
  type Container,
  type Pod,
} from '../../src/kubernetes/object.ts';
import { kindsOf } from '../../src/kubernetes/kinds.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { readWorkloads } from '../objects.ts';

function containerWith(pod: JsonObject, container: JsonObject): Container {
  const spec = { securityContext: pod, containers: [{ name: 'a', image: 'a', securityContext: container }] };
  const [workload] = readWorkloads({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec } } });
  const found = workload?.pods[0]?.containers[0];
  if (!found) throw new Error('no container');
  return found;
}

const STEP = '/spec/steps/0/securityContext';

/** The first pod of a custom resource. */
function podOf(apiVersion: string, kind: string, spec: JsonObject): Pod {
  const pod = readWorkloads({ apiVersion, kind, spec })[0]?.pods[0];
  if (!pod) throw new Error('no pod');
  return pod;
}

suite('kubernetes/object: the fields that a kind takes', (test) => {
  test('a whole pod takes what is not refused', () => {
    const { pod } = containerWith({}, {});
    assert.ok(takesField(pod, '/spec/hostNetwork') && takesField(pod, '/metadata/annotations/a'));
    const head = { containers: [{ name: 'a', image: 'a' }] };
    const ray = podOf('ray.io/v1', 'RayCluster', { headGroupSpec: { template: { spec: head } } });
    assert.equal(
      ['/spec/containers/0/resources', '/spec/containers/0/resources/limits', '/spec/serviceAccountName'].filter((one) =>
        takesField(ray, one),
      ),
      [],
    );
    assert.ok(takesField(ray, '/spec/initContainers/0/resources') && takesField(ray, '/spec/containers/0'));
  });

  test('a part of a pod takes only what is named', () => {
    const pod = podOf('tekton.dev/v1', 'Task', { steps: [{ image: 'a' }], sidecars: [{ image: 'b' }] });
    const taken = [`${STEP}/allowPrivilegeEscalation`, '/spec/sidecars/0/securityContext/capabilities/drop/-'];
    const others = [`${STEP}/runAsUser`, STEP, '/spec/steps/0/volumeMounts/-', '/spec/hostNetwork', '/metadata/annotations/a'];
    assert.equal(
      [...taken, ...others].filter((one) => takesField(pod, one)),
      taken,
    );
    assert.equal(pod.containers.map(keepsUser), [true, true]);
    assert.equal(containerWith({}, {}).pod.containers.map(keepsUser), [false]);
  });

  test('what the controller sets as a whole is only completed', () => {
    const spec = (pod: JsonObject): JsonObject => ({ nodeSets: [{ podTemplate: { spec: pod } }] });
    const elastic = (pod: JsonObject): Pod => podOf('elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', spec(pod));
    const ofPod = '/spec/securityContext/seccompProfile';
    const ofContainer = '/spec/containers/1/securityContext/seccompProfile';
    assert.equal(
      [elastic({}), elastic({ securityContext: null })].map((pod) => takesField(pod, ofPod)),
      [false, false],
    );
    assert.ok(takesField(elastic({ securityContext: {} }), ofPod));
    const containers = [{ image: 'a' }, { image: 'b', securityContext: { runAsUser: 1 } }];
    assert.ok(takesField(elastic({ containers }), ofContainer));
    assert.not(takesField(elastic({ containers }), ofContainer.replace('1', '0')));
    assert.not(takesField(elastic({ containers }), ofPod));
  });
});

suite('kubernetes/object', (test) => {
  test('a pointer from the object', () => {
    const { pod } = containerWith({}, {});
    assert.is(fromObject(pod, ''), '/spec/template');
    assert.is(fromObject(pod, '/spec'), '/spec/template/spec');
    assert.is(fromObject(pod, '/spec/containers/0'), '/spec/template/spec/containers/0');
    assert.is(fromObject(pod, '/metadata'), '/spec/template/metadata');
    assert.is(fromObject(pod, '/metadata/annotations/a'), '/spec/template/metadata/annotations/a');
    assert.throws(() => fromObject(pod, '/specs'), /no place in a pod: \/specs/);
    assert.throws(() => fromObject(pod, '/status'), /no place in a pod: \/status/);
  });

  test('a pod without a place for metadata', () => {
    const kinds = kindsOf([{ apiVersion: 'example.com/v1', kind: 'App', podSpec: '/pod' }]);
    const app = { apiVersion: 'example.com/v1', kind: 'App', pod: { containers: [{ name: 'a', image: 'a' }] } };
    const pod = readWorkloads(app, { kinds })[0]?.pods[0];
    if (!pod) throw new Error('no pod');
    assert.is(fromObject(pod, '/spec/volumes'), '/pod/volumes');
    assert.is(fromObject(pod, ''), '');
    assert.throws(() => fromObject(pod, '/metadata/labels'), /no place in a pod: \/metadata\/labels/);
  });

  test("the container's own value wins over the pod's, a null counts as missing", () => {
    const cases: readonly (readonly [pod: JsonObject, container: JsonObject, value: unknown, at: 'pod' | 'container'])[] = [
      [{}, {}, undefined, 'pod'],
      [{ runAsUser: 1 }, {}, 1, 'pod'],
      [{ runAsUser: 1 }, { runAsUser: null }, 1, 'pod'],
      [{ runAsUser: null }, { runAsUser: null }, undefined, 'pod'],
      [{ runAsUser: 1 }, { runAsUser: 0 }, 0, 'container'],
      [{}, { runAsUser: 2 }, 2, 'container'],
    ];
    for (const [ofPod, own, value, at] of cases) {
      const container = containerWith(ofPod, own);
      assert.is(effective(container, 'runAsUser'), value);
      const base = at === 'pod' ? '/spec' : '/spec/containers/0';
      assert.is(effectivePointer(container, 'runAsUser'), `${base}/securityContext/runAsUser`);
    }
  });
});
