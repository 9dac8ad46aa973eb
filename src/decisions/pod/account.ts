/** Which service account a workload uses, and whether it needs the account's token. */
import { path } from '../../util/json.ts';
import { accountNameOf, accountNames, baseNameOf } from '../../workspace/accounts.ts';
import type { Facts } from '../../workspace/facts.ts';
import type { Binding } from '../../workspace/grants.ts';
import { isThereBefore } from '../../workspace/hooks.ts';
import type { Container, KubernetesObject, Pod } from '../../kubernetes/object.ts';
import type { ContainerDecision } from '../container/container.ts';
import { apiReason } from './api.ts';

/** A binding in words: `RoleBinding web (rbac.yaml:3) grants it Role reader`. */
export function bindingWords({ kind, name, file, line, role }: Binding): string {
  return `${kind} ${name} (${file}:${line}) grants it ${role}`;
}

/** The account that the manifest names; `default` counts as none. */
export function namedAccount(pod: Pod): string | undefined {
  const name = accountNameOf(pod.spec);
  return name === 'default' ? undefined : name;
}

/** Why a workload keeps the `default` account. */
export interface NoAccount {
  readonly kept:
    | 'default-account-has-rights'
    | 'no-name-for-account'
    | 'no-room-for-account'
    | 'renamed-account'
    | 'static-pod'
    | 'uses-api';
  readonly data?: Readonly<Record<string, string>>;
  readonly at?: string;
}

/** The account for a workload that names none; `exists`: the object is in the inputs. */
export interface NewAccount {
  readonly name: string;
  readonly exists: boolean;
}

/** Chooses the account for a workload that names none. */
export function chooseAccount(
  pod: Pod,
  facts: Facts,
  decide: (container: Container) => ContainerDecision,
): NewAccount | NoAccount {
  const { object } = pod;
  const { namespace, kind } = object;
  const binding = facts.binding(namespace, 'default');
  if (binding) return { kept: 'default-account-has-rights', data: { binding: bindingWords(binding) } };
  const api = apiReason(pod, facts, decide);
  if (api) return { kept: 'uses-api', data: { why: api.why }, at: api.at };
  if (isStatic(object)) return { kept: 'static-pod' };
  if (facts.losesReference(kind)) return { kept: 'renamed-account', data: { kind } };
  const base = baseNameOf(object);
  if (base === '') return { kept: 'no-name-for-account' };
  const account = newAccount(object, base, facts);
  if (object.placement.kind !== 'none') return account;
  // Another workload of this name may get the account in this run: then it would exist only for the next run.
  const isThere = account.exists && !facts.hasTwin(namespace, kind, base);
  return isThere ? account : { kept: 'no-room-for-account' };
}

/** Control plane components that the kubelet starts from files (Kubernetes documentation, "Create static Pods"). */
function isStatic({ kind, value }: KubernetesObject): boolean {
  return kind === 'Pod' && path(value, 'metadata', 'labels', 'tier') === 'control-plane';
}

/**
 * The name of the workload, followed by its kind when a workload of another kind gets that name, when an account of that name
 * has rights, or when another workload uses an account of that name that need not exist whenever this workload does.
 */
function newAccount({ namespace, kind, annotations }: KubernetesObject, base: string, facts: Facts): NewAccount {
  const names = accountNames(base, kind);
  const isFirst = (facts.kindsNamed(namespace, base)[0] ?? kind) === kind;
  const exists = (name: string): boolean => facts.account(namespace, name) !== undefined;
  const isFree = (name: string): boolean => {
    if (facts.binding(namespace, name) || facts.isTaken(namespace, name)) return false;
    const account = facts.account(namespace, name);
    if (account) return isThereBefore(account.annotations, annotations);
    return !facts.isUsedByOthers(namespace, name, { kind, name: base });
  };
  const name = (isFirst ? names : names.slice(1)).find(isFree) ?? names[2];
  return { name, exists: exists(name) };
}
