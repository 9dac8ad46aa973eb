/** What is reported about Roles, ClusterRoles and their bindings. */
import type { KubernetesObject } from '../kubernetes/object.ts';
import { itemsAt, stringAt, type JsonObject } from '../util/json.ts';
import type { Facts } from '../workspace/facts.ts';
import type { FindingId } from './catalogue.ts';
import { observation, type Observation } from './observation.ts';
import { powerfulRights } from './rights.ts';

/** Groups and users that are open to many, or that no role limits (system:masters). */
const EVERYBODY = new Set(['system:anonymous', 'system:unauthenticated', 'system:authenticated', 'system:masters']);

/**
 * The rights in a Role, ClusterRole, RoleBinding or ClusterRoleBinding that are wider than a workload needs. What a role allows is
 * reported at the binding that gives it to somebody.
 */
export function observeRbac(object: KubernetesObject, facts: Facts): Observation[] {
  const { group, kind, value } = object;
  if (group !== 'rbac.authorization.k8s.io') return [];
  if (kind === 'Role' || kind === 'ClusterRole') return [...wildcards(value)];
  return kind === 'RoleBinding' || kind === 'ClusterRoleBinding' ? [...subjects(value), ...rights(object, facts)] : [];
}

/** The powerful rights of the role that a binding gives, where the role is among the inputs. */
function* rights({ value, namespace }: KubernetesObject, facts: Facts): Generator<Observation> {
  const kind = stringAt(value, 'roleRef', 'kind');
  const name = stringAt(value, 'roleRef', 'name');
  const subjects = itemsAt(value, 'subjects').map((one) => `${stringAt(one, 'kind') ?? ''} ${stringAt(one, 'name') ?? ''}`);
  if ((kind !== 'Role' && kind !== 'ClusterRole') || name === undefined || subjects.length === 0) return;
  const role = facts.object(kind, kind === 'Role' ? namespace : undefined, name);
  const given = new Map<FindingId, string[]>();
  for (const { id, may } of role ? powerfulRights(role.value) : []) given.set(id, [...(given.get(id) ?? []), may]);
  for (const [id, may] of given)
    yield observation(id, `lets ${subjects.join(', ')} ${may.join(' and ')} (${kind} ${name})`, { at: '/roleRef' });
}

function* wildcards(role: JsonObject): Generator<Observation> {
  for (const [index, rule] of itemsAt(role, 'rules').entries()) {
    const isWild = (field: string): boolean => itemsAt(rule, field).includes('*');
    const wild = ['verbs', 'resources'].filter(isWild).map((field) => `all ${field}`);
    if (wild.length > 0 && itemsAt(rule, 'nonResourceURLs').length === 0)
      yield observation('wildcard-rights', `allows ${wild.join(' and ')}`, { at: `/rules/${index}` });
  }
}

function* subjects(binding: JsonObject): Generator<Observation> {
  const role = stringAt(binding, 'roleRef', 'name') ?? '';
  for (const [index, subject] of itemsAt(binding, 'subjects').entries()) {
    const kind = stringAt(subject, 'kind');
    const name = stringAt(subject, 'name') ?? '';
    const at = `/subjects/${index}`;
    if (kind !== 'ServiceAccount' && EVERYBODY.has(name)) yield observation('broad-binding', `gives ${role} to ${name}`, { at });
    if (kind !== 'ServiceAccount') continue;
    if (name === 'default') yield observation('default-account-binding', `gives ${role} to the default ServiceAccount`, { at });
    if (role === 'cluster-admin')
      yield observation('cluster-admin-binding', `gives cluster-admin to the ServiceAccount ${name}`, { at });
  }
}
