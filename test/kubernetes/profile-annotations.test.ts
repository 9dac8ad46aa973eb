import { annotationFor, profileAnnotations, type ProfileField } from '../../src/kubernetes/profile-annotations.ts';
import type { Json, JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { readWorkloads } from '../objects.ts';

const POD = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/web';

/** KEP-135: the values of the annotations, and the fields that say the same. */
const PROFILES: readonly (readonly [value: Json, profile: JsonObject | undefined])[] = [
  ['runtime/default', { type: 'RuntimeDefault' }],
  ['docker/default', { type: 'RuntimeDefault' }],
  ['unconfined', { type: 'Unconfined' }],
  ['localhost/audit.json', { type: 'Localhost', localhostProfile: 'audit.json' }],
  ['localhost/profiles/audit.json', { type: 'Localhost', localhostProfile: 'profiles/audit.json' }],
  ['', undefined],
  ['localhost', undefined],
  ['x/localhost/', undefined],
  ['runtime/other', undefined],
  [true, undefined],
];

function read(annotations: JsonObject, field: ProfileField = 'seccompProfile') {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { annotations }, spec: { containers: [{ name: 'web', image: 'a' }] } };
  const [workload] = readWorkloads(pod);
  return workload?.pods.flatMap((pod) => profileAnnotations(pod, field));
}

suite('kubernetes/profile-annotations', (test) => {
  for (const [value, profile] of PROFILES) {
    test(`reads ${String(value)}`, () => {
      assert.equal(read({ [POD]: value }), profile ? [{ annotation: POD, container: undefined, profile }] : []);
      assert.equal(read({ [CONTAINER]: value }), profile ? [{ annotation: CONTAINER, container: 'web', profile }] : []);
    });
  }

  test('reads all of them in their order, and no other annotation', () => {
    const all = read({ [CONTAINER]: 'unconfined', [POD]: 'unconfined', [`${POD}s`]: 'unconfined', a: 'runtime/default' });
    assert.equal(
      all?.map(({ annotation }) => annotation),
      [CONTAINER, POD],
    );
  });

  test('those of AppArmor are for single containers', () => {
    const name = 'container.apparmor.security.beta.kubernetes.io/web';
    const all = read({ [name]: 'localhost/audit', [CONTAINER]: 'unconfined', [POD]: 'unconfined' }, 'appArmorProfile');
    assert.equal(all, [{ annotation: name, container: 'web', profile: { type: 'Localhost', localhostProfile: 'audit' } }]);
    assert.is(annotationFor('appArmorProfile', 'web'), name);
    assert.is(annotationFor('appArmorProfile', undefined), undefined);
    assert.is(annotationFor('seccompProfile', 'web'), CONTAINER);
    assert.is(annotationFor('seccompProfile', undefined), POD);
  });
});
