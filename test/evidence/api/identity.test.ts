import { suite, assert } from '../../harness.ts';
import { identityOf, usedIdentity } from '../../../src/evidence/api/identity.ts';

suite('evidence/api/identity', (test) => {
  for (const key of ['eks.amazonaws.com/role-arn', 'iam.gke.io/gcp-service-account', 'azure.workload.identity/client-id'])
    test(`${key} of an account`, () => assert.is(identityOf({ note: 'x', [key]: 'a' }), `${key}: "a"`));
  test('no other annotation and no empty one', () => {
    assert.is(identityOf({ 'eks.amazonaws.com/audience': 'a' }), undefined);
    assert.is(identityOf({ 'eks.amazonaws.com/role-arn': '' }), undefined);
  });

  test('a label of Azure', () =>
    assert.equal(usedIdentity({ labels: { 'azure.workload.identity/use': 'true' }, spec: {} }), {
      mark: 'azure.workload.identity/use: "true"',
      keys: ['metadata', 'labels', 'azure.workload.identity/use'],
    }));
  test('nodes of Google Cloud', () =>
    assert.is(
      usedIdentity({ labels: {}, spec: { nodeSelector: { 'iam.gke.io/gke-metadata-server-enabled': 'true' } } })?.mark,
      'iam.gke.io/gke-metadata-server-enabled: "true"',
    ));
  test('nothing else', () => {
    assert.is(usedIdentity({ labels: {}, spec: {} }), undefined);
    assert.is(usedIdentity({ labels: { 'azure.workload.identity/use': 'false' }, spec: {} }), undefined);
  });
});
