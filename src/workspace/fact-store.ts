/** The objects of a run that are facts, by the names that they are asked for. A file is read when a name in it is. */
import { objectAt, path, stringAt } from '../util/json.ts';
import { accountNameOf, accountNames, baseNameOf, type Account, type FactFile, type SourcedObject } from './facts.ts';
import { grantsOf, type Grant } from './grants.ts';
import { WORKLOAD_KINDS } from '../kubernetes/kinds.ts';
import { baseName, createMentions } from './mentions.ts';

/** Everything in the order of files and lines, whatever the order of the inputs. */
export interface FactStore {
  accounts(name: string): readonly Account[];
  /** The grants that may reach an account of that name. */
  grants(name: string): readonly Grant[];
  /** The workloads that their accounts are called after by that name. */
  workloads(name: string): readonly SourcedObject[];
  workloadsNaming(account: string): readonly SourcedObject[];
  /** The workloads that name an account, or whose account may get that name. */
  workloadsFor(account: string): readonly SourcedObject[];
  /** Every workload of the files that fit. */
  allWorkloads(fits: (file: string) => boolean): readonly SourcedObject[];
}

const KIND_SUFFIX = new RegExp(`-(?:${Object.keys(WORKLOAD_KINDS).join('|').toLowerCase()})(?:-only)?$`);

export function createFactStore(files: readonly FactFile[]): FactStore {
  const mentions = createMentions(files);
  const accounts = new Map<string, Account[]>();
  const grants = new Map<string, Grant[]>();
  const groupGrants: Grant[] = [];
  const workloads = new Map<string, SourcedObject[]>();
  const workloadsByAccount = new Map<string, SourcedObject[]>();
  const isRead = new Set<FactFile>();

  const take = (sourced: SourcedObject): void => {
    const { object, file, line } = sourced;
    const kind = stringAt(object, 'kind') ?? '';
    if (kind === 'ServiceAccount' && stringAt(object, 'apiVersion') === 'v1') {
      const name = stringAt(object, 'metadata', 'name') ?? '';
      const annotations = objectAt(object, 'metadata', 'annotations');
      push(accounts, name, { namespace: stringAt(object, 'metadata', 'namespace'), name, annotations, file, line });
    } else if (Object.hasOwn(WORKLOAD_KINDS, kind)) {
      push(workloads, baseNameOf(object), sourced);
      const spec = path(object, ...(WORKLOAD_KINDS[kind]?.template ?? []), 'spec');
      const account = spec === undefined ? undefined : accountNameOf(spec);
      if (account !== undefined) push(workloadsByAccount, account, sourced);
    } else {
      for (const grant of grantsOf(sourced)) {
        if (grant.subject === 'ServiceAccount') push(grants, grant.name, grant);
        else groupGrants.push(grant);
      }
    }
  };
  const read = (found: readonly FactFile[]): void => {
    for (const file of found) {
      if (isRead.has(file)) continue;
      isRead.add(file);
      for (const sourced of file.objects()) take(sourced);
    }
  };
  const readAll = (names: readonly string[]): void => names.forEach((name) => read(mentions.of(name)));

  return {
    accounts(name) {
      readAll([name]);
      return inOrder(accounts.get(name) ?? []);
    },
    grants(name) {
      readAll([name]);
      read(mentions.ofGroups());
      const found = [...(grants.get(name) ?? []), ...groupGrants];
      return found.sort((left, right) => comparePlaces(left.binding, right.binding));
    },
    workloads(name) {
      readAll([name]);
      return inOrder(workloads.get(name) ?? []);
    },
    workloadsNaming(account) {
      readAll([account]);
      return inOrder(workloadsByAccount.get(account) ?? []);
    },
    workloadsFor(account) {
      const names = [account, account.replace(KIND_SUFFIX, '')];
      readAll(names);
      const called = names.flatMap((name) => workloads.get(baseName(name)) ?? []);
      const unnamed = called.filter(({ object }) =>
        accountNames(baseNameOf(object), stringAt(object, 'kind') ?? '').includes(account),
      );
      return inOrder([...new Set([...(workloadsByAccount.get(account) ?? []), ...unnamed])]);
    },
    allWorkloads(fits) {
      read(files.filter(({ file }) => fits(file)));
      return inOrder([...workloads.values()].flat());
    },
  };
}

interface Place {
  readonly file: string;
  readonly line: number;
}

function inOrder<T extends Place>(items: readonly T[]): readonly T[] {
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
