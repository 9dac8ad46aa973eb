import { CONTROLS, controlOf, violationsOf, type PodParts } from '../../../src/kubernetes/pod-security/index.ts';
import { isArray, isObject, objectAt, type Json, type JsonObject } from '../../../src/util/json.ts';
import { assert, suite } from '../../harness.ts';
import { STANDARD, type Statement } from './standard.ts';

const CONTEXT = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const CONTAINER: JsonObject = { name: 'c', image: 'a', securityContext: CONTEXT };
/** A pod that meets every control; in each list a second item, in which the fields of a list are set. */
const POD: JsonObject = {
  metadata: { annotations: {} },
  spec: {
    securityContext: {
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
      sysctls: [{ name: 'net.ipv4.tcp_rmem' }, { name: 'net.ipv4.tcp_wmem' }],
    },
    volumes: [{ name: 'v' }, { name: 'w' }],
    ...Object.fromEntries(
      ['initContainers', 'containers', 'ephemeralContainers'].map((list) => [
        list,
        [CONTAINER, { ...CONTAINER, name: 'd', ports: [{ containerPort: 1 }, { containerPort: 2 }] }],
      ]),
    ),
  },
};

/** `spec.containers[*].ports` as keys: `*` in brackets is the second item, and a container in the name of an annotation. */
function keysOf(field: string): string[] {
  const [plain = '', annotation] = field.split(/\["|"\]/);
  const keys = plain.replaceAll('[*]', '.1').split('.');
  return annotation === undefined ? keys : [...keys, annotation.replace('*', 'd')];
}

function withValue(value: Json | undefined, [key, ...keys]: readonly string[], leaf: Json): Json {
  if (key === undefined) return leaf;
  if (isArray(value)) return value.map((item, index) => (String(index) === key ? withValue(item, keys, leaf) : item));
  return { ...(isObject(value) ? value : {}), [key]: withValue(isObject(value) ? value[key] : undefined, keys, leaf) };
}

/** The controls that a pod with a value in one field does not meet, with the container and the pointer of each. */
function unmet({ control }: Statement, field: string, value: Json): string[] {
  const pod = withValue(POD, keysOf(field), value);
  const parts: PodParts = { spec: objectAt(pod, 'spec'), annotations: objectAt(pod, 'metadata', 'annotations') };
  const level = control.startsWith('baseline/') ? 'baseline' : 'restricted';
  return violationsOf(parts, level).map(({ control: id, container, pointer }) => `${id} ${container ?? '-'} ${pointer}`);
}

/** Where a control reports a field: a source of a volume and a sysctl at the item of their list, others at themselves. */
function expected({ control }: Statement, field: string): string {
  const keys = keysOf(field).map((key) => key.replaceAll('/', '~1'));
  const isItem = /^spec\.volumes|\.sysctls/.test(field);
  const container = /[cC]ontainers\[|\["/.test(field) ? 'd' : '-';
  return `${control} ${container} /${(isItem ? keys.slice(0, -1) : keys).join('/')}`;
}

suite('kubernetes/pod-security', (test) => {
  for (const [index, statement] of STANDARD.entries()) {
    test(`${statement.control}: what the standard says of ${statement.fields[0]} (${index})`, () => {
      assert.is(CONTROLS.find(({ id }) => id === statement.control)?.title, statement.title);
      for (const field of statement.fields) {
        for (const value of statement.allowed)
          assert.equal(unmet(statement, field, value), [], `${field}: ${JSON.stringify(value)}`);
        for (const value of statement.refused)
          assert.equal(unmet(statement, field, value), [expected(statement, field)], `${field}: ${JSON.stringify(value)}`);
      }
    });
  }

  test('it states every control', () => {
    const ids = CONTROLS.map(({ id }) => id as string);
    assert.equal(ids, ids.toSorted());
    assert.equal([...new Set(STANDARD.map(({ control }) => control))].sort(), CONTROLS.map(({ id }) => id).sort());
  });

  test('an unknown id is an error', () => {
    assert.throws(() => controlOf('baseline/x' as 'baseline/sysctls'), /there is no control baseline\/x/);
  });
});
