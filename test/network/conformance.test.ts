/** The evaluator for the tests against the conformance cases of Kubernetes. */
import { assert, suite } from '../harness.ts';
import { conformanceCases } from './conformance.ts';
import { isAllowed, type Connection } from './evaluator.ts';

/** A connection in words. */
function described({ from, to, port, protocol = 'TCP' }: Connection): string {
  const [source, target] = [from, to].map((one) => (typeof one === 'string' ? one : `${one.namespace}/${one.name}`));
  return `${source} > ${target} ${protocol} ${port}`;
}

suite('network/conformance', (test) => {
  const cases = conformanceCases();

  test('every case is there once, and some connections of most are refused', () => {
    assert.is(new Set(cases.map(({ name }) => name)).size, 48);
    assert.is(cases.length, 48);
    const refusing = cases.filter(({ situations }) =>
      situations.some(({ expectations }) => expectations.some((expected) => !expected.isAllowed)),
    );
    assert.equal(
      cases.filter((one) => !refusing.includes(one)).map(({ name }) => name),
      [
        'should enforce policy to allow ingress traffic from pods in all namespaces',
        // Refuses only what a pod sends to itself.
        'should enforce policy based on any PodSelectors',
        'should support allow-all policy',
      ],
    );
  });

  for (const { name, situations } of cases) {
    test(name, () => {
      const wrong = situations.flatMap(({ cluster, expectations }) =>
        expectations
          .filter((expected) => isAllowed(expected.connection, cluster) !== expected.isAllowed)
          .map((expected) => `${described(expected.connection)} is ${expected.isAllowed ? 'refused' : 'allowed'}`),
      );
      assert.equal(wrong, []);
    });
  }
});
