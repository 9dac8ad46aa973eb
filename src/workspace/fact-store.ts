/** The objects of a run that are facts, by the names that they are asked for. A file is read when a name in it is. */
import type { FactKind, Kinds } from '../kubernetes/kinds.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { itemsAt, stringAt } from '../util/json.ts';
import { dirname } from '../util/paths.ts';
import { accountOf, accountsIn, baseNameOf, type Account } from './accounts.ts';
import { grantsOf, type Grant } from './grants.ts';
import { createMentions } from './mentions.ts';
import type { SourceFile } from './source-file.ts';

/** Everything in the order of files and lines, whatever the order of the inputs. */
export class FactStore {
  readonly #mentions;
  readonly #isRead = new Set<SourceFile>();
  readonly #accounts = new Map<string, Account[]>();
  readonly #grants = new Map<string, Grant[]>();
  readonly #groupGrants: Grant[] = [];
  readonly #workloads = new Map<string, KubernetesObject[]>();
  readonly #workloadsByAccount = new Map<string, KubernetesObject[]>();
  readonly #workloadsByClaim = new Map<string, KubernetesObject[]>();
  readonly #byKindAndFolder = new Map<string, KubernetesObject[]>();
  readonly #workloadsByFolder = new Map<string, KubernetesObject[]>();
  #areWorkloadsRead = false;
  readonly #byKindAndName = new Map<string, KubernetesObject[]>();
  readonly #isKindRead = new Set<FactKind>();
  readonly #files: readonly SourceFile[];
  readonly #kinds: Kinds;

  /** Over the files whose objects can be facts. */
  constructor(files: readonly SourceFile[], kinds: Kinds) {
    this.#files = files;
    this.#mentions = createMentions(files);
    this.#kinds = kinds;
  }

  /** The ServiceAccounts of a name. */
  accounts(name: string): readonly Account[] {
    this.#read(this.#mentions.of(name));
    return inOrder(this.#accounts.get(name) ?? []);
  }

  /** The grants that may reach an account of that name. */
  grants(name: string): readonly Grant[] {
    this.#read(this.#mentions.of(name));
    this.#read(this.#mentions.ofGroups());
    const found = [...(this.#grants.get(name) ?? []), ...this.#groupGrants];
    return found.sort((left, right) => comparePlaces(left.binding, right.binding));
  }

  /** The workloads that their accounts are called after by that name. */
  workloads(name: string): readonly KubernetesObject[] {
    this.#read(this.#mentions.of(name));
    return inOrder(this.#workloads.get(name) ?? []);
  }

  /** The workloads in files of a folder. */
  workloadsIn(folder: string): readonly KubernetesObject[] {
    if (!this.#areWorkloadsRead)
      this.#read(this.#files.filter(({ text }) => this.#kinds.changed.test(text) || text.includes('\\')));
    this.#areWorkloadsRead = true;
    return this.#workloadsByFolder.get(folder) ?? [];
  }

  /** The workloads that name an account. */
  workloadsNaming(account: string): readonly KubernetesObject[] {
    this.#read(this.#mentions.of(account));
    return inOrder(this.#workloadsByAccount.get(account) ?? []);
  }

  /** The workloads that mount a claim. */
  workloadsMounting(claim: string): readonly KubernetesObject[] {
    this.#read(this.#mentions.of(claim));
    return inOrder(this.#workloadsByClaim.get(claim) ?? []);
  }

  /** The objects of a kind and a name. */
  named(kind: FactKind, name: string): readonly KubernetesObject[] {
    this.#read(this.#mentions.of(name));
    return inOrder(this.#byKindAndName.get(`${kind} ${name}`) ?? []);
  }

  /** The objects of a kind in files of a folder. */
  ofKindIn(kind: FactKind, folder: string): readonly KubernetesObject[] {
    if (!this.#isKindRead.has(kind)) this.#read(this.#files.filter(({ text }) => text.includes(kind) || text.includes('\\')));
    this.#isKindRead.add(kind);
    return this.#byKindAndFolder.get(`${kind} ${folder}`) ?? [];
  }

  #read(files: Iterable<SourceFile>): void {
    if (this.#isRead.size === 0) this.#take(this.#mentions.hidden);
    this.#take(files);
  }

  #take(files: Iterable<SourceFile>): void {
    for (const file of files) {
      if (this.#isRead.has(file)) continue;
      this.#isRead.add(file);
      for (const object of file.objects()) this.#keep(object);
    }
  }

  #keep(object: KubernetesObject): void {
    const { kind, apiVersion, name } = object;
    if (kind === 'ServiceAccount' && apiVersion === 'v1') push(this.#accounts, name, accountOf(object));
    else if (this.#kinds.workloadOf(apiVersion, kind)) this.#keepWorkload(object);
    else {
      push(this.#byKindAndFolder, `${kind} ${dirname(object.file)}`, object);
      push(this.#byKindAndName, `${kind} ${name}`, object);
      for (const grant of grantsOf(object)) {
        if (grant.subject === 'ServiceAccount') push(this.#grants, grant.name, grant);
        else this.#groupGrants.push(grant);
      }
    }
  }

  #keepWorkload(object: KubernetesObject): void {
    push(this.#workloads, baseNameOf(object), object);
    push(this.#workloadsByFolder, dirname(object.file), object);
    for (const account of accountsIn(object.value)) push(this.#workloadsByAccount, account, object);
    for (const claim of claimsOf(object)) push(this.#workloadsByClaim, claim, object);
  }
}

function claimsOf({ pods }: KubernetesObject): Set<string> {
  const volumes = pods.flatMap(({ spec }) => itemsAt(spec, 'volumes'));
  return new Set(volumes.flatMap((volume) => stringAt(volume, 'persistentVolumeClaim', 'claimName') ?? []));
}

interface Place {
  readonly file: string;
  readonly line: number;
}

/** In the order of files and lines. */
export function inOrder<T extends Place>(items: readonly T[]): readonly T[] {
  return items.length < 2 ? items : [...items].sort(comparePlaces);
}

function comparePlaces(left: Place, right: Place): number {
  return left.file === right.file ? left.line - right.line : left.file < right.file ? -1 : 1;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
