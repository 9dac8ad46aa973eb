/** What the conformance cases of Kubernetes leave out of the words of the API reference. */
import type { Json, JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { isAllowed, isIsolated, type Endpoint, type Pod, type Protocol } from './evaluator.ts';
import { selects } from './labels.ts';

const client: Pod = { namespace: 'default', name: 'client', labels: { app: 'client' }, ip: '10.0.0.1' };
const server: Pod = {
  namespace: 'default',
  name: 'server',
  labels: { app: 'server' },
  ip: '10.0.0.2',
  ports: [
    { name: 'http', number: 8080 },
    { name: 'dns', number: 53, protocol: 'UDP' },
    { name: 'dns', number: 53 },
  ],
};
const node: Pod = { namespace: 'default', name: 'node', labels: { app: 'client' }, ip: '192.168.0.1', hostNetwork: true };
const OUTSIDE = '203.0.113.5';

/** A policy for all pods of the namespace `default`, which stands nowhere in it. */
const policy = (spec: JsonObject): Json => ({ metadata: { name: 'a' }, spec: { podSelector: {}, ...spec } });

/** Whether a policy lets the client reach the server, or other two that are given. */
function reaches(
  spec: JsonObject,
  port = 8080,
  protocol: Protocol = 'TCP',
  from: Endpoint = client,
  to: Endpoint = server,
): boolean {
  return isAllowed({ from, to, port, protocol }, { policies: [policy(spec)] });
}

suite('network/evaluator', (test) => {
  test('without policyTypes: ingress always, egress if there are rules for it', () => {
    const directions = (spec: JsonObject): boolean[] =>
      (['Ingress', 'Egress'] as const).map((direction) => isIsolated(server, direction, { policies: [policy(spec)] }));
    assert.equal(directions({}), [true, false]);
    assert.equal(directions({ policyTypes: [], egress: [] }), [true, false]);
    assert.equal(directions({ egress: [{}] }), [true, true]);
    assert.equal(directions({ policyTypes: ['Ingress'], egress: [{}] }), [true, false]);
    assert.equal(directions({ policyTypes: ['Egress'], ingress: [{}] }), [false, true]);
  });

  test('everyone and everything: what is missing, null or empty', () => {
    for (const rule of [{}, { from: [], ports: [] }, { from: null, ports: null }]) assert.ok(reaches({ ingress: [rule] }));
    for (const ingress of [null, []]) assert.not(reaches({ ingress }));
    assert.ok(reaches({ ingress: [{}] }, 1, 'SCTP', OUTSIDE));
    assert.ok(reaches({ egress: [{}], policyTypes: ['Egress'] }, 1, 'SCTP', client, OUTSIDE));
  });

  test('a policy is for pods of its own namespace only', () => {
    const other: Pod = { ...server, namespace: 'other' };
    assert.ok(reaches({}, 8080, 'TCP', client, other));
    assert.not(reaches({ ingress: [{ from: [{ podSelector: {} }] }] }, 8080, 'TCP', other, server));
    assert.ok(reaches({ ingress: [{ from: [{ namespaceSelector: {} }] }] }, 8080, 'TCP', other, server));
  });

  test('labels of namespaces', () => {
    const reachesFrom = (namespaceSelector: JsonObject): boolean =>
      isAllowed(
        { from: { ...client, namespace: 'team' }, to: server, port: 1 },
        { policies: [policy({ ingress: [{ from: [{ namespaceSelector }] }] })], namespaces: { team: { tier: 'front' } } },
      );
    assert.ok(reachesFrom({ matchLabels: { tier: 'front', 'kubernetes.io/metadata.name': 'team' } }));
    assert.not(reachesFrom({ matchLabels: { tier: 'front', 'kubernetes.io/metadata.name': 'default' } }));
    assert.not(reachesFrom({ matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }));
  });

  test('label selectors', () => {
    const meets = (operator: string, key: string, values?: string[]): boolean =>
      selects({ matchExpressions: [{ key, operator, ...(values && { values }) }] }, { a: 'b', empty: '' });
    assert.equal([meets('In', 'a', ['b', 'c']), meets('In', 'a', ['c']), meets('In', 'x', ['b'])], [true, false, false]);
    assert.equal([meets('NotIn', 'a', ['b', 'c']), meets('NotIn', 'a', ['c']), meets('NotIn', 'x', ['b'])], [false, true, true]);
    assert.equal([meets('Exists', 'a'), meets('Exists', 'empty'), meets('Exists', 'x')], [true, true, false]);
    assert.equal([meets('DoesNotExist', 'a'), meets('DoesNotExist', 'x')], [false, true]);
    assert.equal(
      [selects({ matchLabels: { empty: '' } }, { empty: '' }), selects({ matchLabels: { x: '' } }, {})],
      [true, false],
    );
    assert.not(selects({ matchLabels: { a: 'b' }, matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] }, { a: 'b' }));
    assert.not(selects({ matchExpressions: [{ key: 'toString', operator: 'Exists' }] }, {}));
    assert.throws(() => meets('Equals', 'a', ['b']), /no operator/);
  });

  test('ports', () => {
    const opens = (item: JsonObject, port: number, protocol?: Protocol): boolean =>
      reaches({ ingress: [{ ports: [item] }] }, port, protocol);
    assert.equal(
      [79, 80, 85, 90, 91].map((port) => opens({ port: 80, endPort: 90 }, port)),
      [false, true, true, true, false],
    );
    assert.not(opens({ port: 80, endPort: 90 }, 85, 'UDP'));
    assert.equal(
      [opens({ port: 'http' }, 8080), opens({ port: 'http' }, 8081), opens({ port: 'other' }, 8080)],
      [true, false, false],
    );
    assert.equal([opens({ port: 'dns', protocol: 'UDP' }, 53, 'UDP'), opens({ port: 'dns' }, 53, 'UDP')], [true, false]);
    assert.not(opens({ port: 'http', protocol: 'UDP' }, 8080, 'UDP'));
    assert.equal([opens({ protocol: 'UDP' }, 7, 'UDP'), opens({ protocol: 'UDP' }, 7, 'TCP'), opens({}, 7)], [true, false, true]);
    for (const item of [{ endPort: 90 }, { port: 'http', endPort: 90 }, { port: 90, endPort: 80 }])
      assert.throws(() => opens(item, 85), /no range of ports/);
  });

  test('a named port of egress is one of the destination', () => {
    const spec = { policyTypes: ['Egress'], egress: [{ ports: [{ port: 'http' }] }] };
    assert.ok(reaches(spec));
    assert.not(reaches(spec, 8080, 'TCP', server, client));
    assert.not(reaches(spec, 8080, 'TCP', client, OUTSIDE));
    assert.not(reaches(spec, 8080, 'TCP', client, { ...server, name: 'other', hostNetwork: true }));
  });

  test('blocks of addresses, those of pods too', () => {
    const covers = (ipBlock: JsonObject, from: Endpoint): boolean =>
      reaches({ ingress: [{ from: [{ ipBlock }] }] }, 1, 'TCP', from);
    assert.equal([covers({ cidr: '10.0.0.0/24' }, client), covers({ cidr: '10.0.1.0/24' }, client)], [true, false]);
    assert.ok(covers({ cidr: '0.0.0.0/0' }, OUTSIDE));
    assert.ok(covers({ cidr: '203.0.113.77/24' }, OUTSIDE), 'bits behind the mask do not count');
    assert.not(covers({ cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '203.0.113.0/24'] }, OUTSIDE));
    assert.ok(covers({ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] }, OUTSIDE));
    assert.equal([covers({ cidr: '::/0' }, OUTSIDE), covers({ cidr: '::/0' }, '2001:db8::1')], [false, true]);
    assert.equal(
      [covers({ cidr: '2001:db8::/64' }, '2001:db8::1'), covers({ cidr: '2001:db8:0:1::/64' }, '2001:db8::1')],
      [true, false],
    );
    assert.not(covers({ cidr: '0.0.0.0/0' }, { namespace: 'default', name: 'without-ip', labels: {} }));
    assert.throws(() => covers({ cidr: '10.0.0.0' }, client), /no CIDR/);
  });

  test('no policy stands between a pod and itself', () => {
    assert.ok(reaches({ policyTypes: ['Ingress', 'Egress'] }, 1, 'TCP', server, server));
    assert.ok(reaches({ policyTypes: ['Ingress', 'Egress'] }, 1, 'TCP', server, { ...server }));
  });

  test('a pod in the network of its node is not governed, and only its address can be named', () => {
    const deny = { policyTypes: ['Ingress', 'Egress'] };
    assert.equal([reaches(deny, 1, 'TCP', node, OUTSIDE), reaches(deny, 1, 'TCP', OUTSIDE, node)], [true, true]);
    assert.not(reaches(deny, 1, 'TCP', node, server));
    assert.not(reaches({ ingress: [{ from: [{ podSelector: {} }] }] }, 1, 'TCP', node, server));
    assert.ok(reaches({ ingress: [{ from: [{ ipBlock: { cidr: '192.168.0.0/16' } }] }] }, 1, 'TCP', node, server));
  });

  test('a peer that the API server refuses is an error', () => {
    for (const peer of [{}, { podSelector: null }, { podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }])
      assert.throws(() => reaches({ ingress: [{ from: [peer] }] }), /no peer/);
  });
});
