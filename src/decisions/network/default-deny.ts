/** The policy by which a namespace refuses everything that no other policy allows: beside which workload it stands. */
import { keepsAccess, type DecisionContext } from '../container/context.ts';
import type { KubernetesObject, Pod } from '../../kubernetes/object.ts';
import { path } from '../../util/json.ts';
import type { Facts } from '../../workspace/facts.ts';
import { decidedFor, deniedIn, DIRECTIONS, policiesIn, type Direction } from './existing.ts';
import { selectorOf } from './label-selector.ts';

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

/** What becomes of the namespace of a workload that policies can be for. */
export function denialOf(object: KubernetesObject, view: View): NamespaceDenial {
  const { facts } = view;
  const there = deniedIn(object.namespace, facts);
  const others = facts.workloads().filter((one) => facts.isSameNamespace(one.namespace, object.namespace) && one.pods.length > 0);
  const own = others.filter(({ pods }) => pods.some((pod) => isSubject(pod)));
  const cutOff = own.find((one) => one.pods.some((pod) => isSubject(pod) && isCutOff(pod, view)));
  const first = own.find(({ placement }) => placement.kind !== 'none') ?? object;
  return { there, missing: DIRECTIONS.filter((one) => !there.includes(one)), first, cutOff };
}

/** True for a pod that gets no policy and has none for both directions. */
function isCutOff(pod: Pod, { facts, appliesTo }: View): boolean {
  const { name, placement } = pod.object;
  const canHave = name !== '' && placement.kind !== 'none' && selectorOf(pod) !== undefined && appliesTo(pod.object);
  return !canHave && decidedFor(pod, facts).length < DIRECTIONS.length;
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
