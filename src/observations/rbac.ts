/** What is reported about Roles, ClusterRoles and their bindings. */
import type { KubernetesObject } from '../kubernetes/object.ts';
import { itemsAt, stringAt, type JsonObject } from '../util/json.ts';
import { observation, type Observation } from './observation.ts';

const EVERYBODY = new Set(['system:anonymous', 'system:unauthenticated', 'system:authenticated']);

/** The rights in a Role, ClusterRole, RoleBinding or ClusterRoleBinding that are wider than a workload needs. */
export function observeRbac({ group, kind, value }: KubernetesObject): Observation[] {
  if (group !== 'rbac.authorization.k8s.io') return [];
  if (kind === 'Role' || kind === 'ClusterRole') return [...wildcards(value)];
  return kind === 'RoleBinding' || kind === 'ClusterRoleBinding' ? [...subjects(value)] : [];
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
