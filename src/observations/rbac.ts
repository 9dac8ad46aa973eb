/** Rights that are wider than anything needs: reported, because only their owner knows what can go. */
import { itemsAt, stringAt, type JsonObject } from '../util/json.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';

export interface RbacObservation {
  readonly id: 'broad-binding' | 'cluster-admin-binding' | 'default-account-binding' | 'wildcard-rights';
  readonly message: string;
  /** JSON Pointer from the object. */
  readonly at: string;
}

const EVERYBODY = new Set(['system:anonymous', 'system:unauthenticated', 'system:authenticated']);

/** What a Role, ClusterRole, RoleBinding or ClusterRoleBinding gives away. */
export function observeRbac({ group, kind, value }: KubernetesObject): RbacObservation[] {
  if (group !== 'rbac.authorization.k8s.io') return [];
  if (kind === 'Role' || kind === 'ClusterRole') return [...wildcards(value)];
  return kind === 'RoleBinding' || kind === 'ClusterRoleBinding' ? [...subjects(value)] : [];
}

function* wildcards(role: JsonObject): Generator<RbacObservation> {
  for (const [index, rule] of itemsAt(role, 'rules').entries()) {
    const isWild = (field: string): boolean => itemsAt(rule, field).includes('*');
    const wild = ['verbs', 'resources'].filter(isWild);
    if (wild.length > 0 && itemsAt(rule, 'nonResourceURLs').length === 0) {
      yield {
        id: 'wildcard-rights',
        message: `allows ${wild.map((field) => `all ${field}`).join(' and ')}, those to come included: name what is needed`,
        at: `/rules/${index}`,
      };
    }
  }
}

function* subjects(binding: JsonObject): Generator<RbacObservation> {
  const role = stringAt(binding, 'roleRef', 'name') ?? '';
  for (const [index, subject] of itemsAt(binding, 'subjects').entries()) {
    const kind = stringAt(subject, 'kind');
    const name = stringAt(subject, 'name') ?? '';
    const at = `/subjects/${index}`;
    if (kind !== 'ServiceAccount' && EVERYBODY.has(name))
      yield { id: 'broad-binding', message: `gives ${role} to ${name}, that is to everybody: name those who need it`, at };
    if (kind === 'ServiceAccount' && name === 'default')
      yield {
        id: 'default-account-binding',
        message: `gives ${role} to a default account, and so to every workload that names none: name an account of its own`,
        at,
      };
    if (kind === 'ServiceAccount' && role === 'cluster-admin')
      yield {
        id: 'cluster-admin-binding',
        message: `makes the account ${name} cluster-admin: give it the rights that it needs`,
        at,
      };
  }
}
