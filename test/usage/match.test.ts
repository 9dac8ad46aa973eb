import { openFile } from '../../src/engine/read.ts';
import { createImageLookup } from '../../src/images/index.ts';
import { kindsOf } from '../../src/kubernetes/kinds.ts';
import type { KubernetesObject } from '../../src/kubernetes/object.ts';
import { matchUsage, type MatchedUsage } from '../../src/usage/match.ts';
import type { ContainerUsage } from '../../src/usage/usage.ts';
import { assert, suite } from '../harness.ts';

/** Workloads as `Deployment shop/web: a b`, the containers behind the colon. */
function workloads(...titles: readonly string[]): readonly KubernetesObject[] {
  const documents = titles.map((title) => {
    const [, kind = '', namespace, name = '', containers = ''] = /^(\w+) (?:(\w+)\/)?([\w-]+): (.*)$/.exec(title) ?? [];
    const metadata = { name, ...(namespace !== undefined && { namespace }) };
    const spec = { template: { spec: { containers: containers.split(' ').map((one) => ({ name: one, image: 'x' })) } } };
    return JSON.stringify({ apiVersion: 'apps/v1', kind, metadata, spec });
  });
  const content = documents.join('\n---\n');
  return openFile({ path: 'a.yaml', content }, { kinds: kindsOf(), lookup: createImageLookup([]) }).objects();
}

function used(pod: string, container = 'a', namespace?: string): ContainerUsage {
  const place = namespace === undefined ? {} : { namespace };
  return { ...place, pod, container, used: { cpu: '1' }, span: 'moment', source: 'top' };
}

/** For each workload how many usages its first container has, or why it has none. */
function found({ usageOf }: MatchedUsage, objects: readonly KubernetesObject[]): (number | string)[] {
  return objects.map(({ pods: [pod] }) => {
    const [container] = pod?.containers ?? [];
    if (!container) throw new Error('no container');
    const { usages, ambiguous } = usageOf(container);
    return ambiguous ?? usages.length;
  });
}

const POD = 'web-66b6c48dd5-x2x4z';

suite('usage/match', (test) => {
  const CASES: readonly (readonly [
    name: string,
    usages: readonly ContainerUsage[],
    titles: readonly string[],
    expected: readonly (number | string)[],
  ])[] = [
    ['no usage', [], ['Deployment web: a'], [0]],
    ['several pods', [used(POD), used('web-66b6c48dd5-bcdfg'), used('web-0')], ['Deployment web: a'], [2]],
    ['another container', [used(POD, 'b')], ['Deployment web: a'], [0]],
    ['a namespace on one side', [used(POD)], ['Deployment shop/web: a'], [1]],
    ['a namespace on the other side', [used(POD, 'a', 'shop')], ['Deployment web: a'], [1]],
    ['another namespace', [used(POD, 'a', 'test')], ['Deployment shop/web: a'], [0]],
    ['the same namespace before none', [used(POD, 'a', 'shop')], ['Deployment shop/web: a', 'Deployment web: a'], [1, 0]],
    ['twins', [used(POD)], ['Deployment web: a', 'Deployment web: a'], [1, 1]],
    [
      'two namespaces, and usage of none',
      [used(POD)],
      ['Deployment shop/web: a', 'Deployment test/web: a'],
      Array(2).fill(`the pod ${POD} (top) fits Deployment shop/web and Deployment test/web`),
    ],
    ['the one that has the container', [used(POD)], ['Deployment shop/web: a', 'Deployment test/web: b'], [1, 0]],
    [
      'two kinds',
      [used('web-x2x4z')],
      ['DaemonSet web: a', 'ReplicaSet web: a'],
      Array(2).fill('the pod web-x2x4z (top) fits DaemonSet web and ReplicaSet web'),
    ],
    [
      'usage of two namespaces',
      [used(POD, 'a', 'shop'), used(POD, 'a', 'test')],
      ['Deployment web: a'],
      ['the workload names no namespace, and usage of shop and test fits it'],
    ],
  ];
  for (const [name, usages, titles, expected] of CASES) {
    test(name, () => {
      const objects = workloads(...titles);
      assert.equal(
        found(
          matchUsage(usages, () => objects),
          objects,
        ),
        expected,
      );
    });
  }

  test('what fits no workload is told, what fits one without its container is not', () => {
    const recommended: ContainerUsage = {
      workload: { kind: 'DaemonSet', name: 'web' },
      container: 'a',
      target: {},
      upperBound: {},
      scalesLimits: false,
      source: 'an autoscaler',
    };
    const unknown = used('mail-66b6c48dd5-x2x4z');
    const usages = [
      used(POD, 'istio-proxy'),
      unknown,
      recommended,
      { ...recommended, workload: { kind: 'Deployment', name: 'web' } },
    ];
    assert.equal(matchUsage(usages, () => workloads('Deployment web: a')).unmatched, [unknown, recommended]);
  });
});
