/** What the policies of the inputs decide already. */
import type { KubernetesObject, Pod } from '../../kubernetes/object.ts';
import { isObject, itemsAt, member, objectAt, path, type Json } from '../../util/json.ts';
import type { Facts } from '../../workspace/facts.ts';
import { isEmptySelector, labelsOf, selects } from './label-selector.ts';

/** The directions of a policy, as its `policyTypes` names them. */
export type Direction = 'Ingress' | 'Egress';

export const DIRECTIONS: readonly Direction[] = ['Ingress', 'Egress'];

/** The policies that are likely to be applied in a namespace. */
export function policiesIn(namespace: string | undefined, facts: Facts): readonly KubernetesObject[] {
  return facts.objects('NetworkPolicy', namespace).filter(({ group }) => group === 'networking.k8s.io' || group === 'extensions');
}

/** The directions that the policies of the inputs decide for a pod: policies add up, so that a further one only opens more. */
export function decidedFor(pod: Pod, facts: Facts): readonly Direction[] {
  const labels = labelsOf(pod);
  const own = policiesIn(pod.object.namespace, facts).filter(({ value }) => selects(path(value, 'spec', 'podSelector'), labels));
  return DIRECTIONS.filter((direction) => own.some(({ value }) => isOf(value, direction) && !isDenial(value, direction)));
}

/** The directions in which a namespace refuses what no policy allows. */
export function deniedIn(namespace: string | undefined, facts: Facts): readonly Direction[] {
  const own = policiesIn(namespace, facts).filter(({ value }) => isEmptySelector(path(value, 'spec', 'podSelector')));
  return DIRECTIONS.filter((direction) => own.some(({ value }) => isOf(value, direction)));
}

/** `policyTypes` defaults to ingress, with egress where there are rules for it (API reference, NetworkPolicySpec). */
function isOf(policy: Json, direction: Direction): boolean {
  const types = itemsAt(policy, 'spec', 'policyTypes');
  if (types.length > 0) return types.includes(direction);
  return direction === 'Ingress' || itemsAt(policy, 'spec', 'egress').length > 0;
}

const DNS_PORTS = new Set<Json | undefined>([53, 5353]);

/** True for a policy of the whole namespace that allows nothing, or only asking for names. */
function isDenial(policy: Json, direction: Direction): boolean {
  const spec = objectAt(policy, 'spec');
  if (!isEmptySelector(member(spec, 'podSelector'))) return false;
  return itemsAt(spec, direction.toLowerCase()).every((rule) => {
    const ports = itemsAt(rule, 'ports');
    return isObject(rule) && ports.length > 0 && ports.every((port) => DNS_PORTS.has(member(port, 'port')));
  });
}
