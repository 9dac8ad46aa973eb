import { mayHoldKind } from '../../../src/yaml/index.ts';
import { assert, suite } from '../../harness.ts';

const KINDS = /\b(?:Pod|Deployment)\b/;

const MAY: readonly string[] = [
  'kind: Pod\n',
  'kind: Pod',
  'kind: Pod\r\n',
  'kind: Pod # the only one\n',
  '"kind": "Pod"\n',
  "'kind': 'Pod'\n",
  'kind \t:\tPod\n',
  'apiVersion: v1\nkind: Deployment\n',
  'kind: Service\nkind: Pod\n',
  'kind: !!str Pod\n',
  'kind: &kind Pod\n',
  'kind: *kind\n# Pod\n',
  'kind:\n  Pod\n',
  '{"kind":"Pod"}',
  '{"kind" : "Pod"}',
  '{kind: Pod}',
  "{'kind': 'Pod'}",
  '{"kind":\n  "Pod"}',
  '{kind: !!str Pod}',
  '{kind: &a Pod}',
  '{a: &k Pod, kind: *k}',
  '  kind: Pod\n',
  '? kind\n: Pod\nkind: "a b"\n',
];

const CANNOT: readonly string[] = [
  '',
  'kind: Service\n',
  'kind: Service # next to a Pod\n',
  'kind: Service\nspec:\n  kind: Pod\n',
  '"kind": "Service"\n# Pod\n',
  "'kind': 'Service'\n# Pod\n",
  'kind: Service\r\n# Pod\r\n',
  'a: Pod\n',
  '{"kind":"Service","note":"Pod"}',
  '{"kinds":"Pod"}',
  '{mankind: Pod}',
  'kind: PodMonitor\n',
  '# kind: Pod\n',
  '\uFEFF---\r\n  # kind: Pod\r\n...\r\n',
];

suite('yaml/source/prefilter', (test) => {
  for (const text of MAY) test(`may: ${JSON.stringify(text)}`, () => assert.is(mayHoldKind(text, KINDS), true));
  for (const text of CANNOT) test(`cannot: ${JSON.stringify(text)}`, () => assert.is(mayHoldKind(text, KINDS), false));

  test('each set of kinds counts for itself', () => {
    assert.is(mayHoldKind('{kind: Pod}', /\bPod\b/), true);
    assert.is(mayHoldKind('{kind: Pod, of: Job}', /\bJob\b/), false);
    assert.is(mayHoldKind('{kind: Job, of: Pod}', /\bJob\b/), true);
  });
});
