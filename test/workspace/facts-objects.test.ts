import { assert, suite } from '../harness.ts';
import { facts, inNamespace } from './facts-of.ts';

suite('facts: other objects', (test) => {
  const config = (name: string, namespace?: string, kind = 'ConfigMap'): string =>
    `---\napiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}${inNamespace(namespace)}}\n`;
  const files = {
    'far.yaml': config('settings', 'prod'),
    'near/rival.yaml': config('settings', 'prod'),
    'outside.yaml': config('elsewhere'),
    'web.yaml': config('settings', 'prod') + config('settings', 'test') + config('limits', undefined, 'LimitRange'),
  };
  const found = facts(files);
  test('by name: that of the namespace, one that is applied together before one of another build', () =>
    assert.equal(found.object('ConfigMap', 'prod', 'settings')?.file, 'web.yaml'));
  test('by name: none of another namespace, another kind or out of reach', () => {
    assert.is(found.object('ConfigMap', 'stage', 'settings'), undefined);
    assert.is(found.object('Secret', 'prod', 'settings'), undefined);
    assert.is(found.object('ConfigMap', 'prod', 'elsewhere'), undefined);
  });
  test('by kind: those of the namespace and those without one', () => {
    assert.equal(
      found.objects('LimitRange', 'prod').map(({ name }) => name),
      ['limits'],
    );
    assert.equal(
      found.objects('ConfigMap', 'test').map(({ namespace }) => namespace),
      ['test'],
    );
  });
  test('by kind: also one whose kind is written with an escape', () =>
    assert.is(
      facts({ 'a.yaml': '{"apiVersion": "v1", "kind": "Limit\\u0052ange", "metadata": {"name": "x"}}' }).objects(
        'LimitRange',
        undefined,
      ).length,
      1,
    ));
});
