/** What LimitRanges and ResourceQuotas of the same namespace allow a container, and what they set where it sets nothing. */
import type { Container, KubernetesObject, Pod } from '../../kubernetes/object.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import { itemsAt, path, stringAt, type Json } from '../../util/json.ts';
import type { Facts } from '../../workspace/facts.ts';

/** Amounts in nano units. */
export interface Bounds {
  readonly leastRequest: bigint | undefined;
  readonly mostRequest: bigint | undefined;
  readonly mostLimit: bigint | undefined;
  /** How many times its request a limit may be, in nano units. */
  readonly mostRatio: bigint | undefined;
  /** What the API server sets where the container sets nothing. */
  readonly defaultRequest: Json | undefined;
  readonly defaultLimit: Json | undefined;
  /** The object that bounds it, for people; undefined when none does. */
  readonly source: string | undefined;
}

const UNBOUNDED: Bounds = {
  leastRequest: undefined,
  mostRequest: undefined,
  mostLimit: undefined,
  mostRatio: undefined,
  defaultRequest: undefined,
  defaultLimit: undefined,
  source: undefined,
};

/**
 * The bounds for one resource of a container. Defaults count only from a LimitRange whose namespace is written as that of the
 * workload is; bounds also from one that may be for it.
 */
export function boundsFor(container: Container, resource: string, facts: Facts): Bounds {
  const { object } = container.pod;
  const ranges = facts.objects('LimitRange', object.namespace);
  const quotas = facts.objects('ResourceQuota', object.namespace);
  if (ranges.length + quotas.length === 0) return UNBOUNDED;
  const own = ranges.filter(({ namespace }) => namespace === object.namespace);
  const amount = (item: Json, field: string): bigint | undefined => nanosAt(item, field, resource);
  const ofContainers = itemsOf(ranges, 'Container');
  const ofPods = itemsOf(ranges, 'Pod');
  const share = (items: readonly Json[], field: string, set: 'requests' | 'limits', pick: typeof least): bigint | undefined =>
    shareOf(container, resource, set, pick(items.map((item) => amount(item, field))));
  const quota = (field: 'requests' | 'limits'): bigint | undefined =>
    shareOf(container, resource, field, least(quotas.map((one) => hardOf(one, field, resource, object))));
  return {
    leastRequest: most([most(ofContainers.map((item) => amount(item, 'min'))), share(ofPods, 'min', 'requests', most)]),
    mostRequest: least([least(ofContainers.map((item) => amount(item, 'max'))), quota('requests')]),
    mostLimit: least([
      least(ofContainers.map((item) => amount(item, 'max'))),
      share(ofPods, 'max', 'limits', least),
      quota('limits'),
    ]),
    mostRatio: least(ofContainers.map((item) => amount(item, 'maxLimitRequestRatio'))),
    ...defaultsIn(itemsOf(own, 'Container'), resource),
    source: sourceOf([...ranges, ...quotas]),
  };
}

function sourceOf(objects: readonly KubernetesObject[]): string {
  return objects.map(({ kind, name }) => `the ${kind} ${name}`).join(' and ');
}

function itemsOf(ranges: readonly KubernetesObject[], type: string): Json[] {
  return ranges.flatMap(({ value }) => itemsAt(value, 'spec', 'limits').filter((item) => stringAt(item, 'type') === type));
}

/** As the API server completes a LimitRange: limit from max, request from the limit, else from min (SetDefaults_LimitRangeItem). */
function defaultsIn(items: readonly Json[], resource: string): Pick<Bounds, 'defaultRequest' | 'defaultLimit'> {
  const at = (field: string): Json | undefined =>
    items.map((item) => path(item, field, resource) ?? undefined).find((one) => one !== undefined);
  const defaultLimit = at('default') ?? at('max');
  return { defaultLimit, defaultRequest: at('defaultRequest') ?? defaultLimit ?? at('min') };
}

/** What a quota leaves for one pod of a workload: the objects of others are not counted. */
function hardOf({ value }: KubernetesObject, field: 'requests' | 'limits', resource: string, workload: KubernetesObject) {
  const hard = path(value, 'spec', 'hard');
  const total = nanosOf(path(hard, `${field}.${resource}`) ?? (field === 'requests' ? path(hard, resource) : undefined));
  return total === undefined ? undefined : total / podsOf(workload);
}

function podsOf({ value }: KubernetesObject): bigint {
  const count = path(value, 'spec', 'replicas') ?? path(value, 'spec', 'parallelism');
  return typeof count === 'number' && Number.isInteger(count) && count > 1 ? BigInt(count) : 1n;
}

/** What a bound of the whole pod leaves for a container that sets nothing; an init container runs alone. */
function shareOf(container: Container, resource: string, field: 'requests' | 'limits', total: bigint | undefined) {
  if (total === undefined || container.role === 'initContainer') return total;
  const given = beside(container.pod).map((one) => givenAmount(one, field, resource));
  const missing = given.filter((one) => one === undefined).length;
  const rest = given.reduce<bigint>((left, one) => left - (one ?? 0n), total);
  return missing === 0 ? total : (rest > 0n ? rest : 0n) / BigInt(missing);
}

function beside({ containers }: Pod): Container[] {
  return containers.filter(({ role }) => role !== 'initContainer');
}

/** An amount that the author gives, in nano units. A request that is missing beside a limit is that limit (SetDefaults_Pod). */
export function givenAmount({ value }: Container, field: 'requests' | 'limits', resource: string): bigint | undefined {
  const limit = nanosOf(path(value, 'resources', 'limits', resource));
  return field === 'limits' ? limit : (nanosOf(path(value, 'resources', 'requests', resource)) ?? limit);
}

function nanosAt(item: Json, field: string, resource: string): bigint | undefined {
  return nanosOf(path(item, field, resource));
}

function nanosOf(value: Json | undefined): bigint | undefined {
  return parseQuantity(value)?.nanos;
}

function least(amounts: readonly (bigint | undefined)[]): bigint | undefined {
  return pick(amounts, (one, other) => one < other);
}

function most(amounts: readonly (bigint | undefined)[]): bigint | undefined {
  return pick(amounts, (one, other) => one > other);
}

function pick(amounts: readonly (bigint | undefined)[], isBetter: (one: bigint, other: bigint) => boolean): bigint | undefined {
  return amounts.reduce(
    (best, one) => (one !== undefined && (best === undefined || isBetter(one, best)) ? one : best),
    undefined,
  );
}
