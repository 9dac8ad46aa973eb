/** The real webhook of Knative, which knows more than its CRDs, takes the Services and Configurations that it took before. */
import { CUSTOM_KINDS, type KnownCustomKind } from '../../src/kubernetes/custom-kinds/index.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { cases, nameOf, PROFILES } from './custom-resources.ts';
import { execute, jsonLines } from './world.ts';

/** Why the webhook refuses each object; an empty text where it takes it. */
function objections(objects: readonly JsonObject[]): string[] {
  const input = objects.map((object) => `${JSON.stringify(object)}\n`).join('');
  const { status, stdout, stderr } = execute('knative-webhook', [], { input });
  assert.is(status, 0, stderr);
  return jsonLines<string>(stdout);
}

const SERVICE = { apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: 'a', namespace: 'a' } };

function service(spec: JsonObject, container: JsonObject = {}): JsonObject {
  return { ...SERVICE, spec: { template: { spec: { ...spec, containers: [{ image: 'nginx', ...container }] } } } };
}

suite('custom resources: the webhook of Knative', (test) => {
  const own = cases.filter(({ before }) => nameOf(before).startsWith('serving.knative.dev/'));
  const withNamespace = (object: JsonObject): JsonObject => {
    return { ...object, metadata: { ...(object['metadata'] as JsonObject), namespace: 'default' } };
  };

  test('it takes what kharden writes otherwise than in the pods of others', () => {
    const taken = [
      service({}),
      service({ hostNetwork: false, hostPID: false, hostIPC: false }),
      service({ automountServiceAccountToken: false, serviceAccountName: 'a', enableServiceLinks: false }),
    ];
    assert.equal(objections(taken), ['', '', '']);
  });

  const refused = new Map<string, JsonObject>([
    ['/spec/securityContext', service({ securityContext: { runAsNonRoot: true } })],
    ['/spec/hostUsers', service({ hostUsers: false })],
    ['/spec/runtimeClassName', service({ runtimeClassName: 'gvisor' })],
    [
      '/spec/containers/*/securityContext/appArmorProfile',
      service({}, { securityContext: { appArmorProfile: { type: 'RuntimeDefault' } } }),
    ],
    [
      '/spec/containers/*/securityContext/capabilities/add',
      service({}, { securityContext: { capabilities: { drop: ['ALL'], add: ['CHOWN'] } } }),
    ],
  ]);
  test('there is an example of each field that is never written', () => {
    const { refuses } = CUSTOM_KINDS.find(({ group, kind }) => `${group}/${kind}` === nameOf(SERVICE)) as KnownCustomKind;
    assert.equal(
      [...refused.keys()],
      refuses.filter((pointer) => !pointer.startsWith('/spec/initContainers/')),
    );
  });
  for (const [what, object] of refused) {
    test(`it refuses ${what}`, () => assert.match(objections([object])[0] ?? '', /must not set the field/));
  }

  const taken = own.filter(({ before }) => objections([withNamespace(before)])[0] === '');

  test('it takes the resources of Knative but one, which needs a feature that is off by default', () => {
    assert.equal(
      own.filter((one) => !taken.includes(one) && !one.file.startsWith('corpus/')).map(({ file }) => file),
      ['fixtures/host-network.yaml'],
    );
  });

  for (const [index, profile] of PROFILES.entries()) {
    test(`${taken.length} resources, ${profile}`, () => {
      assert.ok(taken.length > 5);
      const after = objections(taken.map((one) => withNamespace(one.after[index] as JsonObject)));
      assert.equal(
        after.filter((objection) => objection !== ''),
        [],
      );
    });
  }
});
