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

/** Which files count for the one that is asked about. */
export interface Reach {
  /** True for a file that is there whenever the asking one is applied. */
  isAlongside(file: string): boolean;
  /** True for a file that may be applied together with the asking one. */
  isWithin(file: string): boolean;
  /** True for a file whose names clash with new ones here in some of the builds that hold both. */
  isRival(file: string): boolean;
  /** True for a file near enough that what it says without naming a namespace is meant for the asking one. */
  isNear(file: string): boolean;
  /** The namespace that a kustomization gives to everything in reach. */
  readonly namespace: string | undefined;
}

/** Looked up by transforms; a namespace that is not written counts as any, because it is decided when the file is applied. */
export interface Facts {
  /** The ServiceAccount object with this namespace and name that is there whenever the workload is. */
  account(namespace: string | undefined, name: string): Account | undefined;
  /** True when an account of that name is there in some of the builds that hold the workload, and missing in others. */
  isTaken(namespace: string | undefined, name: string): boolean;
  /** A binding that gives an account rights, by its name or by a group that it belongs to. */
  binding(namespace: string | undefined, name: string): Binding | undefined;
  /** The kinds of the workloads with one namespace and name, in the order in which they may claim it for an account. */
  kindsNamed(namespace: string | undefined, name: string): readonly string[];
  /** The workloads in reach, with the file that each is in. */
  workloads(): readonly SourcedObject[];
}

const CLAIM_ORDER = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'ReplicaSet', 'ReplicationController', 'Pod', 'PodTemplate'];

/** Collects the facts of all objects of a run; the result gives the facts in reach of one file. */
export function collectFacts(objects: Iterable<SourcedObject>): (reach: Reach) => Facts {
  const accounts = new Map<string, Account[]>();
  const workloads = new Map<string, SourcedObject[]>();
  const grants: Grant[] = [];
  for (const sourced of objects) {
    const { object } = sourced;
    const kind = stringAt(object, 'kind');
    const name = stringAt(object, 'metadata', 'name');
    if (kind === undefined || name === undefined) continue;
    const namespace = stringAt(object, 'metadata', 'namespace');
    if (kind === 'ServiceAccount' && stringAt(object, 'apiVersion') === 'v1') {
      push(accounts, name, { namespace, name, automount: automountOf(object), file: sourced.file });
    } else if (isBinding(object, kind)) {
      grants.push(...grantsOf(sourced, kind, name));
    } else if (CLAIM_ORDER.includes(kind)) {
      push(workloads, name, sourced);
    }
  }
  return (reach) => {
    const isSame = (left: string | undefined, right: string | undefined): boolean => reach.namespace !== undefined || left === right;
    const named = (name: string, namespace: string | undefined): Account[] => (accounts.get(name) ?? []).filter((account) => isSame(account.namespace, namespace));
    return {
      account: (namespace, name) => named(name, namespace).find(({ file }) => reach.isAlongside(file)),
      isTaken: (namespace, name) => named(name, namespace).some(({ file }) => reach.isRival(file)),
      binding: (namespace, name) => grants.find((grant) => isInReach(grant, namespace, reach) && reaches(grant, reach.namespace === undefined ? namespace : undefined, name))?.binding,
      kindsNamed(namespace, name) {
        const found = (workloads.get(name) ?? []).filter(({ object, file }) => reach.isAlongside(file) && isSame(stringAt(object, 'metadata', 'namespace'), namespace));
        return CLAIM_ORDER.filter((kind) => found.some(({ object }) => stringAt(object, 'kind') === kind));
      },
      workloads: () => [...workloads.values()].flat().filter(({ file }) => reach.isWithin(file)),
    };
  };
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

/**
 * A grant to an account of its own name, or one whose namespaces are written on both sides, counts wherever it stands in reach;
 * one to a default account or to a group, which fits workloads of any project, only from nearby.
 */
function isInReach(grant: Grant, namespace: string | undefined, reach: Reach): boolean {
  if (!reach.isWithin(grant.binding.file)) return false;
  const isOwn = grant.subject === 'ServiceAccount' && grant.name !== 'default';
  return isOwn || (grant.namespace !== undefined && namespace !== undefined) || reach.isNear(grant.binding.file);
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

/**
 * Group names of service accounts: Kubernetes documentation, "Service account permissions". What every authenticated user may do
 * says nothing about the needs of one workload, and a new account may do it too.
 */
function reaches(grant: Grant, namespace: string | undefined, name: string): boolean {
  switch (grant.subject) {
    case 'ServiceAccount':
      return grant.name === name && sameNamespace(grant.namespace, namespace);
    case 'Group': {
      if (grant.name === 'system:serviceaccounts') return true;
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
