/** Which service account a workload uses, and whether it needs the account's token. */
import { talksToApi } from '../kubernetes/api-evidence.ts';
import { accountNameOf, type Binding, type Facts } from '../kubernetes/facts.ts';
import { shorten } from '../kubernetes/names.ts';
import { mountsProjectedToken } from '../kubernetes/volumes.ts';
import type { Container, Pod, Workload } from '../kubernetes/workload.ts';
import type { ContainerDecision } from './container.ts';
import type { Reason } from './reason.ts';

const LONGEST_SUBDOMAIN = 253;

/** Why a pod talks to the Kubernetes API, as far as it shows itself: its images, its commands, or a token that it projects. */
export function apiReason(pod: Pod, decide: (container: Container) => ContainerDecision): Reason | undefined {
  for (const container of pod.containers) {
    const known = decide(container).knowledge?.usesApi;
    if (known) return { why: `container ${container.name} talks to the Kubernetes API (${known.why})`, at: `${container.pointer}/image` };
    const shown = talksToApi(container.value);
    if (shown) return { why: `container ${container.name} talks to the Kubernetes API (${shown.word})`, at: `${container.pointer}${shown.pointer}` };
    if (mountsProjectedToken(container)) return { why: `container ${container.name} mounts a token of its own`, at: `${container.pointer}/volumeMounts` };
  }
  return undefined;
}

/** A binding in words: `RoleBinding web in rbac.yaml:3 gives it Role reader`. */
export function bindingWords({ kind, name, file, line, role }: Binding): string {
  return `${kind} ${name} (${file}:${line}) gives it ${role}`;
}

/** The account that the author named; the `default` one counts as none. */
export function namedAccount(pod: Pod): string | undefined {
  const name = accountNameOf(pod.spec);
  return name === 'default' ? undefined : name;
}

/**
 * The name for a workload's new account: its own name, with its kind behind when another kind has a better claim to it or when
 * an account of that name has rights already. `exists`: the object is in the inputs.
 */
export function newAccount(workload: Workload, facts: Facts): { name: string; exists: boolean } {
  const base = workload.name;
  const kind = workload.kind.toLowerCase();
  const isFirst = (facts.kindsNamed(workload.namespace, base)[0] ?? workload.kind) === workload.kind;
  const candidates = [...(isFirst ? [base] : []), shorten(`${base}-${kind}`, LONGEST_SUBDOMAIN), shorten(`${base}-${kind}-only`, LONGEST_SUBDOMAIN)];
  const { namespace } = workload;
  const name = candidates.find((candidate) => !facts.binding(namespace, candidate) && !facts.isTaken(namespace, candidate)) ?? candidates.at(-1) ?? base;
  return { name, exists: facts.account(namespace, name) !== undefined };
}
