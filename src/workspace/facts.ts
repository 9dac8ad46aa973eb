/** What other documents say about a workload: service accounts and the bindings that give them rights. */
import type { FactKind, Kinds } from '../kubernetes/kinds.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { dirname } from '../util/paths.ts';
import { baseNameOf, type Account } from './accounts.ts';
import { FactStore, inOrder } from './fact-store.ts';
import { Folders } from './folders.ts';
import { mayBeSame, reaches, type Binding, type Grant } from './grants.ts';
import type { Reach } from './reach.ts';
import type { SourceFile } from './source-file.ts';
import type { Workspace } from './workspace.ts';

/** Looked up by transforms; a namespace that is not written counts as any, because it is decided when the file is applied. */
export interface Facts {
  /** The ServiceAccount object with this namespace and name that is there whenever the workload is. */
  account(namespace: string | undefined, name: string): Account | undefined;
  /** The ServiceAccount object that is likely to be applied together with the workload. */
  likelyAccount(namespace: string | undefined, name: string): Account | undefined;
  /** True when an account of that name is there in some of the builds that hold the workload, and missing in others. */
  isTaken(namespace: string | undefined, name: string): boolean;
  /** A binding that gives an account rights, by its name or by a group that it belongs to. */
  binding(namespace: string | undefined, name: string): Binding | undefined;
  /** The kinds of the workloads with one namespace and name, in the order in which they may claim it for an account. */
  kindsNamed(namespace: string | undefined, name: string): readonly string[];
  /** True when several workloads share a kind, a namespace and a name, such as one manifest in YAML and in JSON. */
  hasTwin(namespace: string | undefined, kind: string, name: string): boolean;
  /**
   * True when another workload names an account of that name: one of another kind or name, or a twin that is applied together
   * with the workload. A twin elsewhere, such as the same workload of another environment, has an account of its own.
   */
  isUsedByOthers(
    namespace: string | undefined,
    account: string,
    workload: { readonly kind: string; readonly name: string },
  ): boolean;
  /** True when kustomize changes the name of a new account, but not the reference to it in a workload of that kind. */
  losesReference(apiVersion: string, kind: string): boolean;
  /** The object with a kind, a namespace and a name that is likely to be applied together with the workload. */
  object(kind: FactKind, namespace: string | undefined, name: string): KubernetesObject | undefined;
  /** The objects of a kind that are likely to be applied together with the workload, in its namespace or in none. */
  objects(kind: FactKind, namespace: string | undefined): readonly KubernetesObject[];
  /** The workloads that are likely to be applied together with this one, whatever their namespaces. */
  workloads(): readonly KubernetesObject[];
  /** True when objects of two namespaces, as they are written, end up in one. */
  isSameNamespace(left: string | undefined, right: string | undefined): boolean;
  /** True unless objects of two namespaces, as they are written, end up in different ones. */
  mayShareNamespace(left: string | undefined, right: string | undefined): boolean;
  /** The kinds of the workloads that mount a claim. */
  kindsMounting(namespace: string | undefined, claim: string): readonly string[];
}

/** Collects the facts of all files of a run that can state some; the result gives the facts in reach of one file. */
export function collectFacts(
  files: readonly SourceFile[],
  kinds: Kinds,
  membershipOf: Workspace['membershipOf'],
): (reach: Reach) => Facts {
  const store = new FactStore(files, kinds);
  const paths = files.map(({ path }) => path);
  const folders = new Folders(paths.map(dirname));
  let byUnit: ReadonlyMap<string, readonly string[]> | undefined;
  const foldersAt = ({ place }: Reach): readonly string[] => {
    if ('folder' in place) return folders.near(place.folder);
    byUnit ??= foldersByUnit(paths, membershipOf);
    return [...new Set([...place.units].flatMap((unit) => byUnit?.get(unit) ?? []))];
  };
  return (reach) =>
    factsInReach(
      reach,
      once(() => foldersAt(reach)),
      store,
      kinds,
    );
}

/** The folders that hold files of each unit. */
function foldersByUnit(paths: readonly string[], membershipOf: Workspace['membershipOf']): Map<string, string[]> {
  const found = new Map<string, Set<string>>();
  for (const path of paths) {
    for (const unit of membershipOf(path).units) {
      const folders = found.get(unit) ?? new Set();
      found.set(unit, folders.add(dirname(path)));
    }
  }
  return new Map([...found].map(([unit, folders]) => [unit, [...folders]]));
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: compute() }).value;
}

/** @param closeFolders those that hold every file which is within reach and near */
function factsInReach(reach: Reach, closeFolders: () => readonly string[], store: FactStore, kinds: Kinds): Facts {
  const isSame = (left: string | undefined, right: string | undefined): boolean => reach.namespaces === 'given' || left === right;
  const isClose = (file: string): boolean => reach.isWithin(file) && reach.isNear(file);
  const mayShareNamespace = (left: string | undefined, right: string | undefined): boolean =>
    reach.namespaces !== 'written' || mayBeSame(left, right);
  const mayShare = (object: KubernetesObject, namespace: string | undefined): boolean =>
    isClose(object.file) && mayShareNamespace(object.namespace, namespace);
  const inClose = (ask: (folder: string) => readonly KubernetesObject[]): readonly KubernetesObject[] =>
    inOrder(
      closeFolders()
        .flatMap(ask)
        .filter(({ file }) => isClose(file)),
    );
  const allOfKind = byName((_, kind) => inClose((folder) => store.ofKindIn(kind as FactKind, folder)));
  const workloads = once(() => inClose((folder) => store.workloadsIn(folder)));
  const kindNames = once(() => [...new Set(kinds.workloads.map(({ kind }) => kind))]);
  const named = (name: string): Account[] => store.accounts(name).filter(({ file }) => isClose(file));
  const ofKind = byName((namespace, kind) =>
    allOfKind(undefined, kind).filter((object) => mayShareNamespace(object.namespace, namespace)),
  );
  return {
    account: byName((namespace, name) =>
      named(name).find((account) => reach.isAlongside(account.file) && isSame(account.namespace, namespace)),
    ),
    likelyAccount: byName((namespace, name) => {
      const found = named(name).filter((account) => isSame(account.namespace, namespace));
      return found.find(({ file }) => reach.isAlongside(file)) ?? found[0];
    }),
    isTaken: byName((namespace, name) =>
      named(name).some((account) =>
        isSame(account.namespace, namespace)
          ? reach.isInOtherBuild(account.file)
          : reach.namespaces === 'varies' && reach.isAlongside(account.file),
      ),
    ),
    binding: byName((namespace, name) => {
      const asked = reach.namespaces === 'written' ? namespace : undefined;
      return store.grants(name).find((grant) => isInReach(grant, namespace, reach) && reaches(grant, asked, name))?.binding;
    }),
    kindsNamed: byName((namespace, name) => {
      const found = new Set(store.workloads(name).flatMap((object) => (mayShare(object, namespace) ? object.kind : [])));
      return found.size < 2 ? [...found] : kindNames().filter((kind) => found.has(kind));
    }),
    hasTwin: (namespace, kind, name) =>
      store.workloads(name).filter((object) => object.kind === kind && mayShare(object, namespace)).length > 1,
    isUsedByOthers: (namespace, account, { kind, name }) =>
      store
        .workloadsNaming(account)
        .filter((object) => mayShare(object, namespace))
        .some((object) => object.kind !== kind || baseNameOf(object) !== name || reach.isAlongside(object.file)),
    losesReference: (apiVersion, kind) => reach.isRenamed && kinds.workloadOf(apiVersion, kind)?.isFollowedByKustomize === false,
    object(kind, namespace, name) {
      const found = store.named(kind, name).filter((object) => mayShare(object, namespace));
      return found.find(({ file }) => reach.isAlongside(file)) ?? found[0];
    },
    objects: (kind, namespace) => ofKind(namespace, kind),
    workloads,
    isSameNamespace: isSame,
    mayShareNamespace,
    kindsMounting: (namespace, claim) =>
      store
        .workloadsMounting(claim)
        .filter((object) => mayShare(object, namespace))
        .map(({ kind }) => kind),
  };
}

/** The same question, asked once: many workloads of a stream may have one name. */
function byName<T>(ask: (namespace: string | undefined, name: string) => T): (namespace: string | undefined, name: string) => T {
  const known = new Map<string | undefined, Map<string, T>>();
  return (namespace, name) => {
    let answers = known.get(namespace);
    if (!answers) known.set(namespace, (answers = new Map<string, T>()));
    const before = answers.get(name);
    if (before !== undefined || answers.has(name)) return before as T;
    const answer = ask(namespace, name);
    answers.set(name, answer);
    return answer;
  };
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
