/** What autoscalers of the inputs make of requests and limits. */
import type { Container, KubernetesObject } from '../../kubernetes/object.ts';
import { itemsAt, path, stringAt } from '../../util/json.ts';
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

/**
 * The VerticalPodAutoscaler that sets the requests of a container: it would scale a limit with them, so that a limit that nobody
 * measured grows and shrinks (VPA documentation, "limits control").
 */
export function scaledVertically(container: Container, facts: Facts): KubernetesObject | undefined {
  const { object } = container.pod;
  return facts.objects('VerticalPodAutoscaler', object.namespace).find(({ value, ...rest }) => {
    const policies = itemsAt(value, 'spec', 'resourcePolicy', 'containerPolicies');
    const policy =
      policies.find((one) => stringAt(one, 'containerName') === container.name) ??
      policies.find((one) => stringAt(one, 'containerName') === '*');
    const isOff =
      stringAt(value, 'spec', 'updatePolicy', 'updateMode') === 'Off' ||
      stringAt(policy, 'mode') === 'Off' ||
      stringAt(policy, 'controlledValues') === 'RequestsOnly';
    return !isOff && isTarget(object, { value, ...rest }, 'targetRef');
  });
}

function isTarget({ kind, name }: KubernetesObject, { value }: KubernetesObject, field: string): boolean {
  return stringAt(value, 'spec', field, 'kind') === kind && stringAt(value, 'spec', field, 'name') === name;
}
