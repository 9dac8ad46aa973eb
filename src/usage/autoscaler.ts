/** What a VerticalPodAutoscaler says about the containers of its workload (autoscaling.k8s.io/v1, API reference). */
import { parseQuantity } from '../kubernetes/quantity.ts';
import { itemsAt, path, stringAt, type Json, type JsonObject } from '../util/json.ts';
import type { RecommendedUsage, UsedAmounts } from './usage.ts';

/**
 * True when it sets the requests of a container: it would scale a limit with them, so that a limit that nobody measured grows and
 * shrinks (VPA documentation, "limits control").
 */
export function scalesLimits(autoscaler: JsonObject, container: string): boolean {
  const policies = itemsAt(autoscaler, 'spec', 'resourcePolicy', 'containerPolicies');
  const policy =
    policies.find((one) => stringAt(one, 'containerName') === container) ??
    policies.find((one) => stringAt(one, 'containerName') === '*');
  return (
    stringAt(autoscaler, 'spec', 'updatePolicy', 'updateMode') !== 'Off' &&
    stringAt(policy, 'mode') !== 'Off' &&
    stringAt(policy, 'controlledValues') !== 'RequestsOnly'
  );
}

/** Where it is read from. */
export interface AutoscalerOrigin {
  /** The file, where that is not among the manifests. */
  readonly file?: string;
  /** The day of the file. */
  readonly date?: string;
}

/**
 * The recommendations in its status; none where it has none yet, or where it names no workload. Their day is that of its last status,
 * where the object shows it (`managedFields`), else that of the file.
 */
export function recommendationsOf(autoscaler: JsonObject, { file, date }: AutoscalerOrigin): RecommendedUsage[] {
  const kind = stringAt(autoscaler, 'spec', 'targetRef', 'kind');
  const name = stringAt(autoscaler, 'spec', 'targetRef', 'name');
  if (kind === undefined || name === undefined) return [];
  const namespace = stringAt(autoscaler, 'metadata', 'namespace');
  const day = statusDay(autoscaler) ?? date;
  const own = `the VerticalPodAutoscaler ${stringAt(autoscaler, 'metadata', 'name') ?? ''}`;
  return itemsAt(autoscaler, 'status', 'recommendation', 'containerRecommendations').flatMap((one) => {
    const container = stringAt(one, 'containerName');
    if (container === undefined) return [];
    return {
      ...(namespace !== undefined && { namespace }),
      workload: { kind, name },
      container,
      target: amountsIn(path(one, 'target')),
      upperBound: amountsIn(path(one, 'upperBound')),
      scalesLimits: scalesLimits(autoscaler, container),
      source: file === undefined ? own : `${own} in ${file}`,
      ...(day !== undefined && { date: day }),
    };
  });
}

function statusDay(autoscaler: JsonObject): string | undefined {
  const times = itemsAt(autoscaler, 'metadata', 'managedFields').flatMap((one) =>
    path(one, 'fieldsV1', 'f:status') === undefined ? [] : (stringAt(one, 'time') ?? []),
  );
  return times.sort().at(-1)?.slice(0, 'yyyy-mm-dd'.length);
}

function amountsIn(value: Json | undefined): UsedAmounts {
  const [cpu, memory] = ['cpu', 'memory'].map((resource) => {
    const amount = path(value, resource);
    return parseQuantity(amount) && String(amount);
  });
  return { ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) };
}
