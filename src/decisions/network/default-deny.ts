/** The policy by which a namespace refuses everything that no other policy allows: beside which workload it stands. */
import { keepsAccess, type DecisionContext } from '../container/context.ts';
import type { KubernetesObject, Pod } from '../../kubernetes/object.ts';
import { path } from '../../util/json.ts';
import { memo } from '../../util/memo.ts';
import type { Facts } from '../../workspace/facts.ts';
import { decidedFor, deniedIn, DIRECTIONS, policiesIn, type Direction } from './existing.ts';
import { labelsOf, selectorOf, selects } from './label-selector.ts';

/** How pods are seen by the transform that asks. */
export interface View extends Pick<DecisionContext, 'settings' | 'facts' | 'writes'> {
  /** True when the transform runs on another object as well. */
  appliesTo(object: KubernetesObject): boolean;
}

export interface NamespaceDenial {
  /** The directions that the namespace refuses already. */
  readonly there: readonly Direction[];
  /** The directions that it does not refuse yet; written beside `first`. */
  readonly missing: readonly Direction[];
  readonly first: KubernetesObject;
  /** A workload that would be cut off, since it gets no policy. */
  readonly cutOff: KubernetesObject | undefined;
}

/** What becomes of a namespace is the same for all of its workloads in one run. */
const denials = memo((_: Facts) => new Map<string | undefined, NamespaceDenial>());

/** What becomes of the namespace of a workload that policies can be for. */
export function denialOf(object: KubernetesObject, view: View): NamespaceDenial {
  const known = denials(view.facts);
  const denial = known.get(object.namespace) ?? newDenial(object, view);
  known.set(object.namespace, denial);
  return denial;
}

function newDenial(object: KubernetesObject, view: View): NamespaceDenial {
  const { facts } = view;
  const there = deniedIn(object.namespace, facts);
  const others = facts.workloads().filter((one) => facts.isSameNamespace(one.namespace, object.namespace) && one.pods.length > 0);
  const own = others.filter(({ pods }) => pods.some((pod) => isSubject(pod)));
  const pods = own.flatMap((one) => one.pods.filter((pod) => isSubject(pod)));
  const selectors = pods.flatMap((pod) => (getsPolicy(pod, view) ? (selectorOf(pod) ?? []) : []));
  const isCovered = (pod: Pod): boolean =>
    getsPolicy(pod, view) ||
    selectors.some((selector) => selects(selector, labelsOf(pod))) ||
    decidedFor(pod, facts).length === DIRECTIONS.length;
  // What operators make of partial pods has labels that nobody knows here.
  const partial = others.find((one) => one.pods.some(({ isPartial }) => isPartial));
  const cutOff = pods.find((pod) => !isCovered(pod))?.object ?? partial;
  const first = own.find(({ placement }) => placement.kind !== 'none') ?? object;
  return { there, missing: DIRECTIONS.filter((one) => !there.includes(one)), first, cutOff };
}

/** True for a pod that a policy can be written for. */
function getsPolicy(pod: Pod, { appliesTo }: View): boolean {
  const { name, placement } = pod.object;
  return name !== '' && placement.kind !== 'none' && selectorOf(pod) !== undefined && appliesTo(pod.object);
}

/** True for a pod with a network of its own, which alone policies are about (Kubernetes, "Network Policies"), and of which all is known. */
export function isSubject(pod: Pod, view?: View): boolean {
  const isOnNode = path(pod.spec, 'hostNetwork') === true;
  return !pod.isPartial && (!isOnNode || (view !== undefined && !keepsAccess('hostNetwork', view)));
}

/** True for one object, read once or again. */
export function isSameObject(left: KubernetesObject, right: KubernetesObject): boolean {
  return left.file === right.file && left.line === right.line && left.pointer === right.pointer;
}

/** A name for a policy that no policy of the namespace has. */
export function freeName(candidates: readonly string[], namespace: string | undefined, facts: Facts): string | undefined {
  const taken = new Set(policiesIn(namespace, facts).map(({ name }) => name));
  return candidates.find((name) => !taken.has(name));
}
