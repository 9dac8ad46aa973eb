/** What other documents say about a workload: service accounts and the bindings that give them rights. */
import { path, stringAt, type Json, type JsonObject } from '../util/json.ts';
import { createFactStore } from './fact-store.ts';
import { mayBeSame, reaches, type Binding, type Grant } from './grants.ts';
import { baseName } from './mentions.ts';
import { shorten } from '../kubernetes/names.ts';

export type { Binding } from './grants.ts';

/** An object with the place that a message names. */
export interface SourcedObject {
  readonly object: JsonObject;
  readonly file: string;
  readonly line: number;
}

/** A file whose objects may be facts; they are read when a name in its text is asked for. */
export interface FactFile {
  readonly file: string;
  readonly text: string;
  objects(): Iterable<SourcedObject>;
}

export interface Account {
  readonly namespace: string | undefined;
  readonly name: string;
  readonly annotations: JsonObject;
  readonly file: string;
  readonly line: number;
}

/** A patch of a kustomization that gives accounts to the workloads that fit. */
export interface AccountPatch {
  readonly file: string;
  readonly accounts: readonly string[];
  /** Undefined fits all. */
  readonly kind: RegExp | undefined;
  readonly name: RegExp | undefined;
  /** What its kustomization does to names: a patch may use the names of before or after. */
  readonly prefix: string;
  readonly suffix: string;
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
  /** Whether namespaces are those in the files, or one or several that kustomizations give to everything in reach. */
  readonly namespaces: 'written' | 'given' | 'varies';
  /** True when a kustomization puts a prefix or suffix on names. */
  readonly isRenamed: boolean;
  readonly accountPatches: readonly AccountPatch[];
}

/** A workload that uses an account, or may come to use it. */
export interface AccountUser extends SourcedObject {
  /** False when its namespace is decided only when the file is applied. */
  readonly isCertain: boolean;
}

/** Looked up by transforms; a namespace that is not written counts as any, because it is decided when the file is applied. */
export interface Facts {
  /** The ServiceAccount object with this namespace and name that is there whenever the workload is. */
  account(namespace: string | undefined, name: string): Account | undefined;
  /** True when the ServiceAccount object is among the files that are likely to be applied together with the workload. */
  knows(namespace: string | undefined, name: string): boolean;
  /** True when an account of that name is there in some of the builds that hold the workload, and missing in others. */
  isTaken(namespace: string | undefined, name: string): boolean;
  /** A binding that gives an account rights, by its name or by a group that it belongs to. */
  binding(namespace: string | undefined, name: string): Binding | undefined;
  /** The kinds of the workloads with one namespace and name, in the order in which they may claim it for an account. */
  kindsNamed(namespace: string | undefined, name: string): readonly string[];
  /** True when several workloads share a kind, a namespace and a name, such as one manifest in YAML and in JSON. */
  hasTwin(namespace: string | undefined, kind: string, name: string): boolean;
  /** True when a workload of another kind or name relies on an account of that name. */
  isUsedByOthers(
    namespace: string | undefined,
    account: string,
    workload: { readonly kind: string; readonly name: string },
  ): boolean;
  /** The workloads in reach that name an account, that a patch gives it, or that are called so that it may become theirs. */
  candidatesFor(namespace: string | undefined, account: string): readonly AccountUser[];
  /** True when kustomize changes the name of a new account, but not the reference to it in a workload of that kind. */
  losesReference(kind: string): boolean;
  /** The accounts that patches of kustomizations give to a workload. */
  patchedAccounts(kind: string, name: string): readonly string[];
}

const CLAIM_ORDER = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'ReplicaSet',
  'ReplicationController',
  'Pod',
  'PodTemplate',
];
/** Kinds that are missing in kustomize's list of references to ServiceAccounts (kustomize, "namereference.go"). */
const NOT_FOLLOWED = new Set(['ReplicaSet', 'PodTemplate']);
const LONGEST_SUBDOMAIN = 253;

/** The names that a new account of a workload may get, best first. */
export function accountNames(workload: string, kind: string): readonly [string, string, string] {
  const suffix = kind.toLowerCase();
  return [
    workload,
    shorten(`${workload}-${suffix}`, LONGEST_SUBDOMAIN),
    shorten(`${workload}-${suffix}-only`, LONGEST_SUBDOMAIN),
  ];
}

/** The name that a workload's account is called after; a workload may leave its own to the API server: `generateName: web-`. */
export function baseNameOf(object: JsonObject): string {
  return stringAt(object, 'metadata', 'name') || baseName(stringAt(object, 'metadata', 'generateName') ?? '');
}

/** The account that a pod names, by the field or by its old alias; undefined for none. */
export function accountNameOf(spec: Json): string | undefined {
  const name = path(spec, 'serviceAccountName') || path(spec, 'serviceAccount');
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** Collects the facts of all files of a run; the result gives the facts in reach of one file. */
export function collectFacts(files: readonly FactFile[]): (reach: Reach) => Facts {
  const store = createFactStore(files);
  return (reach) => {
    const isSame = (left: string | undefined, right: string | undefined): boolean =>
      reach.namespaces === 'given' || left === right;
    const isClose = (file: string): boolean => reach.isWithin(file) && reach.isNear(file);
    const mayShare = (object: JsonObject, namespace: string | undefined): boolean =>
      reach.namespaces !== 'written' || mayBeSame(namespaceOf(object), namespace);
    const named = (name: string): Account[] => store.accounts(name).filter(({ file }) => isClose(file));
    const patches = (kind: string, name: string): AccountPatch[] =>
      reach.accountPatches.filter((patch) => fits(patch, kind, name));
    return {
      account: byName((namespace, name) =>
        named(name).find((account) => reach.isAlongside(account.file) && isSame(account.namespace, namespace)),
      ),
      knows: byName((namespace, name) => named(name).some((account) => isSame(account.namespace, namespace))),
      isTaken: byName((namespace, name) =>
        named(name).some((account) =>
          isSame(account.namespace, namespace)
            ? reach.isRival(account.file)
            : reach.namespaces === 'varies' && reach.isAlongside(account.file),
        ),
      ),
      binding: byName((namespace, name) => {
        const asked = reach.namespaces === 'written' ? namespace : undefined;
        return store.grants(name).find((grant) => isInReach(grant, namespace, reach) && reaches(grant, asked, name))?.binding;
      }),
      kindsNamed: byName((namespace, name) => {
        const found = store.workloads(name).filter(({ object, file }) => isClose(file) && mayShare(object, namespace));
        return CLAIM_ORDER.filter((kind) => found.some(({ object }) => stringAt(object, 'kind') === kind));
      }),
      hasTwin(namespace, kind, name) {
        const isOne = ({ object, file }: SourcedObject): boolean =>
          stringAt(object, 'kind') === kind && isClose(file) && mayShare(object, namespace);
        return store.workloads(name).filter(isOne).length > 1;
      },
      isUsedByOthers(namespace, account, { kind, name }) {
        const isOther = (object: JsonObject): boolean => stringAt(object, 'kind') !== kind || baseNameOf(object) !== name;
        return store
          .workloadsNaming(account)
          .some(({ object, file }) => isClose(file) && isOther(object) && mayShare(object, namespace));
      },
      candidatesFor(namespace, account) {
        const patched = reach.accountPatches.some(({ accounts }) => accounts.includes(account));
        const candidates = patched ? store.allWorkloads(reach.isWithin) : store.workloadsFor(account);
        return candidates
          .filter(({ object, file }) => reach.isWithin(file) && mayShare(object, namespace))
          .map((sourced) => ({ ...sourced, isCertain: isSame(namespaceOf(sourced.object), namespace) }));
      },
      losesReference: (kind) => reach.isRenamed && NOT_FOLLOWED.has(kind),
      patchedAccounts: (kind, name) => patches(kind, name).flatMap(({ accounts }) => accounts),
    };
  };
}

/** The same question, asked once: many workloads of a stream may have one name. */
function byName<T>(ask: (namespace: string | undefined, name: string) => T): (namespace: string | undefined, name: string) => T {
  const known = new Map<string | undefined, Map<string, T>>();
  return (namespace, name) => {
    const answers = known.get(namespace) ?? new Map<string, T>();
    known.set(namespace, answers);
    if (!answers.has(name)) answers.set(name, ask(namespace, name));
    return answers.get(name) as T;
  };
}

function namespaceOf(object: JsonObject): string | undefined {
  return stringAt(object, 'metadata', 'namespace');
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

function fits({ kind, name, prefix, suffix }: AccountPatch, workloadKind: string, workloadName: string): boolean {
  const names = [workloadName, prefix + workloadName, workloadName + suffix, prefix + workloadName + suffix];
  return (kind?.test(workloadKind) ?? true) && names.some((one) => name?.test(one) ?? true);
}
