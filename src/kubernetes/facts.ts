/** What other documents say about a workload: service accounts and the bindings that give them rights. */
import { isObject, itemsAt, member, path, stringAt, type JsonObject } from '../json.ts';
import { apiGroup } from './kinds.ts';

/** An object with the place that a message names. */
export interface SourcedObject {
  readonly object: JsonObject;
  readonly file: string;
  readonly line: number;
}

export interface Account {
  readonly namespace: string | undefined;
  readonly name: string;
  readonly automount: boolean | undefined;
  readonly file: string;
}

/** A RoleBinding or ClusterRoleBinding, with one line per subject. */
export interface Binding {
  readonly kind: string;
  readonly name: string;
  readonly role: string;
  readonly file: string;
  readonly line: number;
}

interface Grant {
  readonly subject: 'ServiceAccount' | 'Group' | 'User';
  readonly namespace: string | undefined;
  readonly name: string;
  readonly binding: Binding;
}

/** Looked up by transforms; a namespace that is not written counts as any, because it is decided when the file is applied. */
export interface Facts {
  /** The ServiceAccount object with exactly this namespace and name. */
  account(namespace: string | undefined, name: string): Account | undefined;
  /** A binding that gives an account rights, by its name or by a group that it belongs to. */
  binding(namespace: string | undefined, name: string): Binding | undefined;
  /** The kinds of the workloads with one namespace and name, in the order in which they may claim it for an account. */
  kindsNamed(namespace: string | undefined, name: string): readonly string[];
}

const CLAIM_ORDER = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'ReplicaSet', 'ReplicationController', 'Pod', 'PodTemplate'];

/** Collects the facts of a set of objects that belong together. */
export function collectFacts(objects: Iterable<SourcedObject>): Facts {
  const accounts = new Map<string, Account>();
  const grants: Grant[] = [];
  const kinds = new Map<string, Set<string>>();
  for (const sourced of objects) {
    const { object } = sourced;
    const kind = stringAt(object, 'kind');
    const name = stringAt(object, 'metadata', 'name');
    if (kind === undefined || name === undefined) continue;
    const namespace = stringAt(object, 'metadata', 'namespace');
    if (kind === 'ServiceAccount' && stringAt(object, 'apiVersion') === 'v1') {
      accounts.set(keyOf(namespace, name), { namespace, name, automount: automountOf(object), file: sourced.file });
    } else if (isBinding(object, kind)) {
      grants.push(...grantsOf(sourced, kind, name));
    } else if (CLAIM_ORDER.includes(kind)) {
      const key = keyOf(namespace, name);
      kinds.set(key, (kinds.get(key) ?? new Set()).add(kind));
    }
  }
  return {
    account: (namespace, name) => accounts.get(keyOf(namespace, name)),
    binding: (namespace, name) => grants.find((grant) => reaches(grant, namespace, name))?.binding,
    kindsNamed: (namespace, name) => CLAIM_ORDER.filter((kind) => kinds.get(keyOf(namespace, name))?.has(kind)),
  };
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

function automountOf(object: JsonObject): boolean | undefined {
  const value = member(object, 'automountServiceAccountToken');
  return typeof value === 'boolean' ? value : undefined;
}

function isBinding(object: JsonObject, kind: string): boolean {
  return (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') && apiGroup(stringAt(object, 'apiVersion') ?? '') === 'rbac.authorization.k8s.io';
}

function grantsOf({ object, file, line }: SourcedObject, kind: string, name: string): Grant[] {
  const role = `${stringAt(object, 'roleRef', 'kind') ?? 'Role'} ${stringAt(object, 'roleRef', 'name') ?? ''}`;
  const binding = { kind, name, role, file, line };
  const own = stringAt(object, 'metadata', 'namespace');
  return itemsAt(object, 'subjects').flatMap((subject): Grant[] => {
    const subjectKind = stringAt(subject, 'kind');
    const subjectName = stringAt(subject, 'name');
    if (!isObject(subject) || subjectName === undefined) return [];
    if (subjectKind !== 'ServiceAccount' && subjectKind !== 'Group' && subjectKind !== 'User') return [];
    const namespace = stringAt(subject, 'namespace') ?? (kind === 'RoleBinding' ? own : undefined);
    return [{ subject: subjectKind, namespace, name: subjectName, binding }];
  });
}

/** Group names of service accounts: Kubernetes documentation, "Service account permissions". */
function reaches(grant: Grant, namespace: string | undefined, name: string): boolean {
  switch (grant.subject) {
    case 'ServiceAccount':
      return grant.name === name && sameNamespace(grant.namespace, namespace);
    case 'Group': {
      if (grant.name === 'system:serviceaccounts' || grant.name === 'system:authenticated') return true;
      const group = /^system:serviceaccounts:(.+)$/.exec(grant.name)?.[1];
      return group !== undefined && sameNamespace(group, namespace);
    }
    case 'User': {
      const [, userNamespace, userName] = /^system:serviceaccount:([^:]+):(.+)$/.exec(grant.name) ?? [];
      return userName === name && sameNamespace(userNamespace, namespace);
    }
  }
}

function sameNamespace(left: string | undefined, right: string | undefined): boolean {
  return left === undefined || right === undefined || left === right;
}

/** The account that a pod names, by the field or by its old alias; undefined for none. */
export function accountNameOf(spec: JsonObject): string | undefined {
  const name = path(spec, 'serviceAccountName') || path(spec, 'serviceAccount');
  return typeof name === 'string' && name !== '' ? name : undefined;
}
