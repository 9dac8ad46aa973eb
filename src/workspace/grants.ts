/** What bindings give, one grant for each of their subjects. */
import { isObject, itemsAt, stringAt } from '../util/json.ts';
import type { SourcedObject } from './facts.ts';
import { apiGroup } from '../kubernetes/kinds.ts';

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
export function grantsOf({ object, file, line }: SourcedObject): Grant[] {
  const kind = stringAt(object, 'kind');
  if (
    (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding') ||
    apiGroup(stringAt(object, 'apiVersion') ?? '') !== 'rbac.authorization.k8s.io'
  )
    return [];
  const role = `${stringAt(object, 'roleRef', 'kind') ?? 'Role'} ${stringAt(object, 'roleRef', 'name') ?? ''}`;
  const binding = { kind, name: stringAt(object, 'metadata', 'name') ?? '', role, file, line };
  const own = kind === 'RoleBinding' ? stringAt(object, 'metadata', 'namespace') : undefined;
  return itemsAt(object, 'subjects').flatMap((subject): Grant[] => {
    const subjectKind = stringAt(subject, 'kind');
    const name = stringAt(subject, 'name');
    if (!isObject(subject) || name === undefined) return [];
    if (subjectKind !== 'ServiceAccount' && subjectKind !== 'Group' && subjectKind !== 'User') return [];
    return [{ subject: subjectKind, namespace: stringAt(subject, 'namespace') ?? own, name, binding }];
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
