/** What autoscalers of the inputs make of requests and limits. */
import type { Container, KubernetesObject } from '../../kubernetes/object.ts';
import { itemsAt, path, stringAt } from '../../util/json.ts';
import { recommendationsOf, scalesLimits } from '../../usage/autoscaler.ts';
import type { RecommendedUsage } from '../../usage/usage.ts';
import type { Facts } from '../../workspace/facts.ts';

/** The HorizontalPodAutoscaler that scales a container by its use of a resource relative to its request. */
export function scaledByUse(container: Container, resource: string, facts: Facts): KubernetesObject | undefined {
  const { object } = container.pod;
  return facts
    .objects('HorizontalPodAutoscaler', object.namespace)
    .find((one) => isTarget(object, one, 'scaleTargetRef') && usesRequest(one, container.name, resource));
}

/** `targetCPUUtilizationPercentage` of autoscaling/v1, and the metrics of v2 whose target is `Utilization` (API reference). */
function usesRequest({ value }: KubernetesObject, container: string, resource: string): boolean {
  if (resource === 'cpu' && path(value, 'spec', 'targetCPUUtilizationPercentage') !== undefined) return true;
  return itemsAt(value, 'spec', 'metrics').some((metric) => {
    const ofPod = path(metric, 'resource');
    const ofContainer = path(metric, 'containerResource');
    const source = ofPod ?? (stringAt(ofContainer, 'container') === container ? ofContainer : undefined);
    const isRelative =
      stringAt(source, 'target', 'type') === 'Utilization' ||
      path(source, 'target', 'averageUtilization') !== undefined ||
      path(source, 'targetAverageUtilization') !== undefined;
    return stringAt(source, 'name') === resource && isRelative;
  });
}

/** The VerticalPodAutoscaler that sets the requests of a container, and would scale a limit with them. */
export function scaledVertically(container: Container, facts: Facts): KubernetesObject | undefined {
  return autoscalersOf(container, facts).find(({ value }) => scalesLimits(value, container.name));
}

const NOTHING: readonly RecommendedUsage[] = [];

/** What the VerticalPodAutoscalers of the inputs recommend for a container. */
export function recommendedFor(container: Container, facts: Facts): readonly RecommendedUsage[] {
  const autoscalers = autoscalersOf(container, facts);
  if (autoscalers.length === 0) return NOTHING;
  return autoscalers.flatMap(({ value }) => recommendationsOf(value, {})).filter((one) => one.container === container.name);
}

function autoscalersOf({ pod: { object } }: Container, facts: Facts): KubernetesObject[] {
  return facts.objects('VerticalPodAutoscaler', object.namespace).filter((one) => isTarget(object, one, 'targetRef'));
}

function isTarget({ kind, name }: KubernetesObject, { value }: KubernetesObject, field: string): boolean {
  return stringAt(value, 'spec', field, 'kind') === kind && stringAt(value, 'spec', field, 'name') === name;
}
