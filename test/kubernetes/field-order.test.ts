import { compareFields } from '../../src/kubernetes/field-order.ts';
import { assert, suite } from '../harness.ts';

/** Objects as the examples in the Kubernetes documentation print them, one field after the other. */
const PRINTED: readonly string[] = [
  'apiVersion kind metadata automountServiceAccountToken',
  'name namespace labels annotations',
  'generateName namespace labels annotations',
  'requests limits',
  'cpu memory ephemeral-storage hugepages-2Mi nvidia.com/gpu',
  'name resources securityContext env volumeMounts image',
  'resources securityContext volumeMounts',
  'serviceAccountName automountServiceAccountToken securityContext volumes hostNetwork',
  'runAsNonRoot runAsUser runAsGroup fsGroup fsGroupChangePolicy seccompProfile sysctls supplementalGroups',
  'runAsNonRoot runAsUser runAsGroup seccompProfile allowPrivilegeEscalation readOnlyRootFilesystem capabilities privileged',
  'add drop',
  'type localhostProfile',
  'name value',
  'name mountPath readOnly subPath',
  'name emptyDir',
  'medium sizeLimit',
  'alpha beta gamma',
];

suite('kubernetes/field-order', (test) => {
  for (const fields of PRINTED) {
    test(fields, () => {
      const expected = fields.split(' ');
      assert.equal(expected.toReversed().sort(compareFields), expected);
      assert.equal(expected.toSorted(compareFields), expected);
    });
  }

  test('other fields follow, in the order of their names', () => {
    const others = new Set(
      'hugepages-2Mi nvidia.com/gpu image hostNetwork supplementalGroups privileged readOnly subPath alpha beta gamma'.split(' '),
    );
    const fields = new Set(PRINTED.flatMap((line) => line.split(' ')).filter((field) => !others.has(field)));
    for (const field of fields) assert.equal([compareFields(field, 'a') < 0, compareFields('a', field) > 0], [true, true], field);
    assert.equal([compareFields('alpha', 'beta'), compareFields('beta', 'alpha')], [-1, 1]);
  });

  test('a field is in the same place as itself', () =>
    assert.equal([compareFields('drop', 'drop'), compareFields('x', 'x')], [0, 0]));
});
