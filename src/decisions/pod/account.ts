/** Which service account a workload uses, and whether it needs the account's token. */
import { identityOf, usedIdentity } from '../../evidence/api/identity.ts';
import { isIdle } from '../../evidence/utilities.ts';
import { isPublic } from '../../images/index.ts';
import type { Container, KubernetesObject, Pod } from '../../kubernetes/object.ts';
import { formatPointer } from '../../patch/index.ts';
import { deepEqual, itemsAt, path, type Json } from '../../util/json.ts';
import { accountNameOf, accountNames, baseNameOf, type Account } from '../../workspace/accounts.ts';
import type { Facts } from '../../workspace/facts.ts';
import type { Binding } from '../../workspace/grants.ts';
import { isThereBefore } from '../../workspace/hooks.ts';
import type { Settings } from '../basis/settings.ts';
import type { ContainerDecision } from '../container/container.ts';
import type { Safety } from '../container/context.ts';
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

/** The word of an account that its pods mount its token, as the name of a field: a decision of its author. */
export function mountOfAccount(account: Account | undefined): string | undefined {
  if (!account?.mountsToken) return undefined;
  return `automountServiceAccountToken: true of ServiceAccount ${account.name} (${account.file}:${account.line})`;
}

/** Why a workload keeps the `default` account. */
export interface NoAccount {
  readonly kept:
    | 'default-account-has-identity'
    | 'default-account-has-rights'
    | 'explicit-value'
    | 'no-name-for-account'
    | 'no-room-for-account'
    | 'renamed-account'
    | 'static-pod'
    | 'uses-api';
  readonly data?: Readonly<Record<string, string>>;
  readonly at?: string;
}

/** The account for a workload that names none. */
export interface NewAccount {
  readonly name: string;
  /** True when the object is in the inputs. */
  readonly exists: boolean;
  /** What the `default` account gives its pods: the new account needs them too. */
  readonly imagePullSecrets: readonly Json[];
  /** The `default` account, where it is in the inputs. */
  readonly left: Account | undefined;
  /** True when its images may need pull secrets, and nobody knows whether the `default` account has some. */
  readonly mayLosePullSecrets: boolean;
  /**
   * `may-break`: its images may need pull secrets, and nobody knows whether the `default` account has some; or a program that is not
   * known may use the API.
   */
  readonly safety: Safety;
}

type Decide = (container: Container) => ContainerDecision;

/** Chooses the account for a workload that names none. */
export function chooseAccount(pod: Pod, facts: Facts, decide: Decide, { override }: Settings): NewAccount | NoAccount {
  const { object } = pod;
  const { namespace, apiVersion, kind } = object;
  const left = facts.likelyAccount(namespace, 'default');
  const used = useOfDefault(pod, left, facts, decide);
  if (used) return used;
  const field = override ? undefined : mountOfAccount(left);
  if (field !== undefined) return { kept: 'explicit-value', data: { field }, at: '/spec' };
  if (isStatic(object)) return { kept: 'static-pod' };
  if (facts.losesReference(apiVersion, kind)) return { kept: 'renamed-account', data: { kind } };
  const base = baseNameOf(object);
  if (base === '') return { kept: 'no-name-for-account' };
  const hasOwnSecrets = itemsAt(pod.spec, 'imagePullSecrets').length > 0;
  const imagePullSecrets = hasOwnSecrets ? [] : (left?.imagePullSecrets ?? []);
  const canPull = hasOwnSecrets || left !== undefined || pod.containers.every((one) => isPulledByEveryone(decide(one)));
  const isSafe = canPull && pod.containers.every((one) => decide(one).isKnown);
  const named = newAccount(object, base, imagePullSecrets, facts);
  const account = {
    ...named,
    imagePullSecrets,
    left,
    mayLosePullSecrets: !canPull,
    safety: isSafe ? 'safe' : 'may-break',
  } as const;
  if (object.placement.kind !== 'none') return account;
  // Another workload of this name may get the account in this run: then it would exist only for the next run.
  const isThere = account.exists && !facts.hasTwin(namespace, kind, base);
  return isThere ? account : { kept: 'no-room-for-account' };
}

/** What shows that a workload needs the `default` account: rights, an identity in a cloud, or use of the API. */
function useOfDefault(pod: Pod, left: Account | undefined, facts: Facts, decide: Decide): NoAccount | undefined {
  const binding = facts.binding(pod.object.namespace, 'default');
  if (binding) return { kept: 'default-account-has-rights', data: { binding: bindingWords(binding) } };
  const own = pod.containers.every((one) => isIdle(decide(one).commands)) ? undefined : usedIdentity(pod);
  if (own) return { kept: 'default-account-has-identity', data: { identity: own.mark }, at: formatPointer(own.keys) };
  const given = left && identityOf(left.annotations);
  if (given !== undefined) {
    const identity = `${given} of ServiceAccount default (${left?.file}:${left?.line})`;
    return { kept: 'default-account-has-identity', data: { identity } };
  }
  const api = apiReason(pod, facts, decide);
  return api && { kept: 'uses-api', data: { why: api.why }, at: api.at };
}

function isPulledByEveryone({ image, knowledge, source }: ContainerDecision): boolean {
  return image !== undefined && isPublic(image, source !== 'likeness' && (knowledge?.match.length ?? 0) > 0);
}

/** Control plane components that the kubelet starts from files (Kubernetes documentation, "Create static Pods"). */
function isStatic({ kind, value }: KubernetesObject): boolean {
  return kind === 'Pod' && path(value, 'metadata', 'labels', 'tier') === 'control-plane';
}

/**
 * The name of the workload, followed by its kind when a workload of another kind gets that name, when an account of that name
 * has rights or lacks pull secrets, or when another workload uses an account of that name that need not exist whenever this
 * workload does.
 */
function newAccount(
  { namespace, kind, annotations }: KubernetesObject,
  base: string,
  imagePullSecrets: readonly Json[],
  facts: Facts,
): Pick<NewAccount, 'name' | 'exists'> {
  const names = accountNames(base, kind);
  const isFirst = (facts.kindsNamed(namespace, base)[0] ?? kind) === kind;
  const exists = (name: string): boolean => facts.account(namespace, name) !== undefined;
  const isFree = (name: string): boolean => {
    if (facts.binding(namespace, name) || facts.isTaken(namespace, name)) return false;
    const account = facts.account(namespace, name);
    if (!account) return !facts.isUsedByOthers(namespace, name, { kind, name: base });
    const has = (secret: Json): boolean => account.imagePullSecrets.some((one) => deepEqual(one, secret));
    return isThereBefore(account.annotations, annotations) && imagePullSecrets.every(has);
  };
  const name = (isFirst ? names : names.slice(1)).find(isFree) ?? names[2];
  return { name, exists: exists(name) };
}
