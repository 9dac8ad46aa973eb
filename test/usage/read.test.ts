import { readUsage } from '../../src/usage/read/index.ts';
import { assert, suite } from '../harness.ts';

const ORIGIN = { path: 'u', date: '2026-11-20' };

/** Each entry in short: whose it is, what was used or recommended, and from where. */
function read(text: string): string[] {
  const result = readUsage(text, ORIGIN);
  if ('error' in result) throw new Error(JSON.stringify(result.error));
  return result.usage.map((one) => {
    const { namespace = '?', container, source, date = '' } = one;
    const amounts = (given: object): string => Object.values(given).join(' ');
    return 'pod' in one
      ? `${namespace}/${one.pod} ${container}: ${amounts(one.used)} of a ${one.span} (${source}, ${date})`
      : `${namespace}/${one.workload.kind} ${one.workload.name} ${container}: ${amounts(one.target)} to ${amounts(one.upperBound)}${one.scalesLimits ? ', scaled' : ''} (${source}, ${date})`;
  });
}

function series(metric: object, ...samples: readonly (readonly [number, string])[]): object {
  return samples.length === 1 ? { metric, value: samples[0] } : { metric, values: samples };
}

function answer(resultType: string, ...result: readonly object[]): string {
  return JSON.stringify({ status: 'success', data: { resultType, result } });
}

const AUTOSCALER = `apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: {name: v, namespace: shop}
spec: {targetRef: {kind: Deployment, name: web}}
status:
  recommendation:
    containerRecommendations:
      - {containerName: a, target: {cpu: 25m, memory: 262144k}, upperBound: {cpu: 1, memory: 1Gi}}
`;

suite('usage/read', (test) => {
  test('kubectl top: with and without header and namespaces, several outputs, the total of --sum', () => {
    const header = 'POD   NAME   CPU(cores)   MEMORY(bytes)   \n';
    const line = (words: string): string => `${words.replaceAll(' ', '      ')}   \n`;
    assert.equal(read(`${header}${line('web-0 a 43m 117Mi')}`), [
      '?/web-0 a: 43m 117Mi of a moment (kubectl top in u, 2026-11-20)',
    ]);
    assert.is(read(line('web-0 a 43m 117Mi')).length, 1);
    assert.match(read(line('shop web-0 a 43m 117Mi'))[0] ?? '', /^shop\/web-0 a: 43m 117Mi/);
    const swap = header.replace('\n', 'SWAP(bytes)\n') + line('web-0 a <unknown> 117Mi 0Mi');
    assert.match(read(swap)[0] ?? '', /^\?\/web-0 a: 117Mi of/);
    const both = `\uFEFF\r\nNAMESPACE ${header}${line('shop web-0 a 43m 117Mi')}\n${header}${line('web-1 a 1 2Gi')}`;
    assert.equal(
      read(`${both.replaceAll('\n', '\r\n')}     ________   ________   \n                 1043m   1Gi   \n`).map((one) =>
        one.slice(0, 14),
      ),
      ['shop/web-0 a: ', '?/web-1 a: 1 2'],
    );
  });

  test('Prometheus: of several samples the largest, by labels and by names of metrics', () => {
    const labels = { namespace: 'shop', pod: 'web-0', container: 'a' };
    const both = answer(
      'matrix',
      series({ ...labels, resource: 'cpu' }, [1763600000, '0.0431'], [1763686400.5, 'NaN'], [1763690000, '0.01']),
      series({ ...labels, resource: 'memory' }, [1763600000, '1.2e+07'], [1763686400, '+Inf']),
      series({ ...labels, container: '' }, [1, '1'], [2, '2']),
      series({ ...labels, container: 'POD', resource: 'cpu' }, [1, '1'], [2, '2']),
      series({ ...labels, resource: 'cpu' }, [1, 'NaN'], [2, 'NaN']),
    );
    assert.equal(read(both), [
      'shop/web-0 a: 44m of a period (Prometheus in u, 2025-11-21)',
      'shop/web-0 a: 12000000 of a period (Prometheus in u, 2025-11-21)',
    ]);
    const named = (name: string): string => answer('vector', series({ ...labels, __name__: name }, [0, '2']));
    assert.match(read(named('container_memory_working_set_bytes'))[0] ?? '', /a: 2 of .*1970-01-01/);
    const rule = 'node_namespace_pod_container:container_cpu_usage_seconds_total:sum_irate';
    assert.match(read(named(rule))[0] ?? '', /a: 2000m of/);
  });

  test('VerticalPodAutoscalers: one, a stream, a list in JSON, with others beside them', () => {
    const one = 'shop/Deployment web a: 25m 262144k to 1 1Gi, scaled (the VerticalPodAutoscaler v in u, 2026-11-20)';
    assert.equal(read(AUTOSCALER), [one]);
    assert.equal(read(`# A comment\n---\nkind: Service\n---\n${AUTOSCALER}---\n${AUTOSCALER}`), [one, one]);
    const item = {
      kind: 'VerticalPodAutoscaler',
      metadata: { name: 'v', managedFields: [{ time: '2026-11-19T08:00:00Z', fieldsV1: { 'f:status': {} } }] },
      spec: {
        targetRef: { kind: 'DaemonSet', name: 'd' },
        resourcePolicy: { containerPolicies: [{ containerName: '*', mode: 'Off' }] },
      },
      status: { recommendation: { containerRecommendations: [{ containerName: 'b', target: { cpu: 1 } }, { target: {} }] } },
    };
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [{ ...item, status: {} }, item] });
    assert.equal(read(list), ['?/DaemonSet d b: 1 to  (the VerticalPodAutoscaler v in u, 2026-11-19)']);
  });

  const metric = { pod: 'a', container: 'a' };
  const WRONG: readonly (readonly [text: string, place: string, message: RegExp])[] = [
    ['', '1:1', /^the file is empty: give what kubectl top pod --containers prints, VerticalPodAutoscaler objects, or a/],
    ['\n\n  some words\n', '3:3', /^unknown format: give what kubectl/],
    ['NAME CPU(cores) MEMORY(bytes)\na 1m 1Mi\n', '1:1', /^the containers are missing: use kubectl top pod --containers$/],
    ['a 1m 1Mi\n', '1:1', /^the containers are missing/],
    ['POD NAME CPU(cores) MEMORY(bytes)\n', '1:1', /^it holds no usage of any container$/],
    ['a b 1m 1Mi\na b  ?m 1Mi\n', '2:6', /^\?m is not an amount of CPU such as 43m: /],
    ['a b 1m 1Mi\na b  1m -1Mi\n', '2:9', /^-1Mi is not an amount of memory such as 117Mi: /],
    ['POD NAME CPU(cores) MEMORY(bytes)\nError from server\n', '2:1', /^3 columns instead of 4: /],
    [
      '{"status": "error", "errorType": "bad_data", "error": "no such function"}',
      '1:12',
      /^Prometheus answered with an error: no such/,
    ],
    [answer('scalar'), '1:42', /^a result of the type scalar has no series: use the query of docs\/usage.md$/],
    [answer('vector', series({ container: 'a' }, [1, '1'])), '1:71', /^a series without the label pod: /],
    [answer('vector', series({ pod: 'a' }, [1, '1'])), '1:71', /^a series without the label container: /],
    [
      answer('vector', series({ ...metric, __name__: 'container_cpu_usage_seconds_total' }, [1, '1'])),
      '1:71',
      /^a series that does not say/,
    ],
    [
      answer('vector', series({ ...metric, resource: 'disk' }, [1, '1'])),
      '1:71',
      /^a series that does not say whether it is CPU/,
    ],
    ['{"status":\n', '1:11', /\}/],
    [`kind: Service\n---\n${AUTOSCALER.replace('25m', 'some')}`, '10:42', /^this is no quantity: write it as 43m or 117Mi$/],
    ['kind: [\n', '2:1', /./],
    ['kind: Service\n', '1:1', /^no VerticalPodAutoscaler: give what kubectl get vpa -A -o yaml prints$/],
    [AUTOSCALER.slice(0, AUTOSCALER.indexOf('status')), '1:1', /^no VerticalPodAutoscaler has a recommendation yet/],
  ];
  for (const [text, place, message] of WRONG) {
    test(`refused: ${JSON.stringify(text.slice(0, 60))}`, () => {
      const result = readUsage(text, ORIGIN);
      if (!('error' in result)) throw new Error('it is read');
      assert.match(result.error.message, message);
      assert.is(`${result.error.path}:${result.error.line}:${result.error.column}`, `u:${place}`);
      assert.not.match(result.error.message, /\n/);
    });
  }
});
