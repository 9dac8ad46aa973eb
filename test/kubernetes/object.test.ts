import { effective, effectivePointer, fromObject, type Container } from '../../src/kubernetes/object.ts';
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
