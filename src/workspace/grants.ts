/** What bindings give, one grant for each of their subjects. */
import type { KubernetesObject } from '../kubernetes/object.ts';
import { isObject, itemsAt, stringAt } from '../util/json.ts';

/** A RoleBinding or ClusterRoleBinding. */
export interface Binding {
  readonly kind: string;
  readonly name: string;
  readonly role: string;
  readonly file: string;
  readonly line: number;
}

/** What one subject of a binding gets. */
export interface Grant {
  readonly subject: 'ServiceAccount' | 'Group' | 'User';
  readonly namespace: string | undefined;
  readonly name: string;
  readonly binding: Binding;
}

const GROUP = /^system:serviceaccounts(?::(.+))?$/;
const USER = /^system:serviceaccount:([^:]+):(.+)$/;

/** The grants of an object; none when it is no binding. */
export function grantsOf({ value, group, kind, name, namespace, file, line }: KubernetesObject): Grant[] {
  if ((kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding') || group !== 'rbac.authorization.k8s.io') return [];
  const role = `${stringAt(value, 'roleRef', 'kind') ?? 'Role'} ${stringAt(value, 'roleRef', 'name') ?? ''}`;
  const binding = { kind, name, role, file, line };
  const own = kind === 'RoleBinding' ? namespace : undefined;
  return itemsAt(value, 'subjects').flatMap((subject): Grant[] => {
    const subjectKind = stringAt(subject, 'kind');
    const subjectName = stringAt(subject, 'name');
    if (!isObject(subject) || subjectName === undefined) return [];
    if (subjectKind !== 'ServiceAccount' && subjectKind !== 'Group' && subjectKind !== 'User') return [];
    return [{ subject: subjectKind, namespace: stringAt(subject, 'namespace') ?? own, name: subjectName, binding }];
  });
}

/**
 * True when a grant reaches an account. Group names of service accounts: Kubernetes documentation, "Service account permissions".
 * What every authenticated user may do says nothing about the needs of one workload, and a new account may do it too.
 */
export function reaches(grant: Grant, namespace: string | undefined, name: string): boolean {
  switch (grant.subject) {
    case 'ServiceAccount':
      return grant.name === name && mayBeSame(grant.namespace, namespace);
    case 'Group': {
      const group = GROUP.exec(grant.name);
      return group !== null && mayBeSame(group[1], namespace);
    }
    case 'User': {
      const [, userNamespace, userName] = USER.exec(grant.name) ?? [];
      return userName === name && mayBeSame(userNamespace, namespace);
    }
  }
}

/** True unless two namespaces are written and differ. */
export function mayBeSame(left: string | undefined, right: string | undefined): boolean {
  return left === undefined || right === undefined || left === right;
}
