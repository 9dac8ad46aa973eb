import { suite, assert } from '../../harness.ts';
import { injectorOf, injectorOfNamespace } from '../../../src/evidence/api/injectors.ts';
import type { JsonObject } from '../../../src/util/json.ts';

const marks = (annotations: JsonObject, labels: JsonObject = {}): { annotations: JsonObject; labels: JsonObject } => ({
  annotations,
  labels,
});

const ASKED: readonly (readonly [annotations: JsonObject, injector: string])[] = [
  [{ 'consul.hashicorp.com/connect-inject': 'true' }, 'the Consul connect injector'],
  [{ note: 'x', 'consul.hashicorp.com/connect-inject': 'T' }, 'the Consul connect injector'],
  [{ 'vault.hashicorp.com/agent-inject': '1' }, 'the Vault agent injector'],
  [{ 'vault.hashicorp.com/agent-inject': true }, 'the Vault agent injector'],
  [{ 'vault.security.banzaicloud.io/vault-role': 'web' }, 'the webhook of Bank-Vaults'],
  [{ 'secrets-webhook.security.bank-vaults.io/vault-addr': 'https://vault' }, 'the webhook of Bank-Vaults'],
  [{ 'linkerd.io/inject': 'enabled' }, 'the proxy injector of Linkerd'],
  [{ 'linkerd.io/inject': 'ingress' }, 'the proxy injector of Linkerd'],
  [{ 'dapr.io/enabled': 'Yes' }, 'the sidecar injector of Dapr'],
  [{ 'kuma.io/sidecar-injection': 'enabled' }, 'the sidecar injector of Kuma'],
];

const NOT_ASKED: readonly JsonObject[] = [
  {},
  { 'consul.hashicorp.com/connect-inject': 'false' },
  { 'consul.hashicorp.com/connect-inject': 'enabled' },
  { 'consul.hashicorp.com/connect-service': 'web' },
  { 'my.consul.hashicorp.com/connect-inject': 'true' },
  { 'vault.hashicorp.com/agent-inject': 'no' },
  { 'vault.hashicorp.com/agent-inject-status': 'true' },
  { 'vault.security.banzaicloud.io/mutate': 'skip' },
  { 'vault.security.banzaicloud.io/vault-addr': 'https://vault', 'vault.security.banzaicloud.io/mutate': 'skip' },
  { 'linkerd.io/inject': 'disabled' },
  { 'linkerd.io/inject': 'true' },
  { 'dapr.io/enabled': 'false' },
  { 'dapr.io/app-id': 'web' },
  { 'kuma.io/sidecar-injection': 'disabled' },
  { 'sidecar.istio.io/inject': 'true' },
];

suite('evidence/api/injectors', (test) => {
  for (const [annotations, injector] of ASKED)
    test(`sees ${injector} in ${JSON.stringify(annotations)}`, () =>
      assert.is(injectorOf(marks(annotations))?.injector, injector));

  for (const annotations of NOT_ASKED)
    test(`sees none in ${JSON.stringify(annotations)}`, () => assert.is(injectorOf(marks(annotations)), undefined));

  test('names the mark that asks for it', () =>
    assert.equal(injectorOf(marks({ note: 'x', 'dapr.io/enabled': 'true' })), {
      injector: 'the sidecar injector of Dapr',
      mark: 'dapr.io/enabled: "true"',
      key: 'dapr.io/enabled',
      isLabel: false,
    }));
  test('only Kuma reads labels', () => {
    assert.is(injectorOf(marks({}, { 'kuma.io/sidecar-injection': 'enabled' }))?.isLabel, true);
    assert.is(injectorOf(marks({}, { 'linkerd.io/inject': 'enabled' })), undefined);
  });

  test('Linkerd and Kuma read the namespace, the others do not', () => {
    const askedOf = (annotations: JsonObject): string | undefined => injectorOfNamespace(marks(annotations), marks({}))?.injector;
    assert.is(askedOf({ 'linkerd.io/inject': 'enabled' }), 'the proxy injector of Linkerd');
    assert.is(askedOf({ 'kuma.io/sidecar-injection': 'enabled' }), 'the sidecar injector of Kuma');
    assert.is(askedOf({ 'consul.hashicorp.com/connect-inject': 'true' }), undefined);
    assert.is(askedOf({ 'vault.hashicorp.com/agent-inject': 'true' }), undefined);
    assert.is(askedOf({ 'dapr.io/enabled': 'true' }), undefined);
  });
  test('the word of the pod wins over that of its namespace', () => {
    const meshed = marks({ 'linkerd.io/inject': 'enabled' });
    assert.is(injectorOfNamespace(meshed, marks({ 'linkerd.io/inject': 'disabled' })), undefined);
    assert.ok(injectorOfNamespace(meshed, marks({ 'kuma.io/sidecar-injection': 'disabled' })));
  });
});
