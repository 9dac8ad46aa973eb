/** A result of the Prometheus HTTP API: `/api/v1/query` and `/api/v1/query_range` (Prometheus documentation, "HTTP API"). */
import { isArray, itemsAt, stringAt, type Json, type JsonObject } from '../../util/json.ts';
import type { MeasuredUsage } from '../usage.ts';
import { offsetOf, UsageProblem } from './problem.ts';

const ADVICE = 'use the query of docs/usage.md';
/** The values of the label `resource`, by which the query of the documentation tells its two halves apart. */
const RESOURCES: ReadonlyMap<string, 'cpu' | 'memory'> = new Map([
  ['cpu', 'cpu'],
  ['memory', 'memory'],
]);
/** Metrics of cAdvisor, and the rules of kubernetes-mixin over them, that are amounts in use as they stand. */
const MEMORY_METRIC = /container_memory_(?:working_set_bytes|rss)\b/;
const CPU_RATE = /container_cpu_usage_seconds_total:sum_i?rate/;

/** True for what the API answers. */
export function isPrometheusResult(value: Json): value is JsonObject {
  return stringAt(value, 'status') !== undefined && stringAt(value, 'kind') === undefined;
}

/**
 * The largest value of each series, as use over a time: the query says over which.
 *
 * @param text where `value` comes from, for places
 * @throws UsageProblem for an answer that is an error, and for a series that does not say which container or which resource it is about
 */
export function readPrometheus(text: string, value: JsonObject, source: string): MeasuredUsage[] {
  if (stringAt(value, 'status') !== 'success')
    throw new UsageProblem(
      offsetOf(text, '/status'),
      `Prometheus answered with an error: ${stringAt(value, 'error') ?? 'unknown'}`,
    );
  const type = stringAt(value, 'data', 'resultType');
  if (type !== 'vector' && type !== 'matrix') {
    const at = offsetOf(text, '/data/resultType');
    throw new UsageProblem(at, `a result of the type ${type ?? 'unknown'} has no series: ${ADVICE}`);
  }
  return itemsAt(value, 'data', 'result').flatMap((series, index) => {
    const refuse = (key: string, message: string): never => {
      throw new UsageProblem(offsetOf(text, `/data/result/${index}${key}`), `${message}: ${ADVICE}`);
    };
    return measured(series, source, refuse) ?? [];
  });
}

type Refuse = (key: string, message: string) => never;

/** Undefined for a series about a whole pod or its pause container, and for one without a value. */
function measured(series: Json, source: string, refuse: Refuse): MeasuredUsage | undefined {
  const label = (name: string): string | undefined => stringAt(series, 'metric', name);
  const [pod, container, namespace] = [label('pod'), label('container'), label('namespace')];
  if (pod === undefined) return refuse('/metric', 'a series without the label pod');
  if (container === undefined) return refuse('/metric', 'a series without the label container');
  if (container === '' || container === 'POD') return undefined;
  const resource = resourceOf(label('resource'), label('__name__'));
  if (resource === undefined) return refuse('/metric', 'a series that does not say whether it is CPU or memory in use');
  const samples = [...itemsAt(series, 'values'), ...(isArray(series) ? [] : [itemsAt(series, 'value')])].filter(isArray);
  const values = samples.map(([, text]) => Number(text)).filter((one) => Number.isFinite(one) && one >= 0);
  const times = samples.map(([time]) => Number(time)).filter((time) => Number.isFinite(time));
  if (values.length === 0) return undefined;
  const most = values.reduce((left, right) => Math.max(left, right));
  const date = dayOf(times.reduce((left, right) => Math.max(left, right), Number.NEGATIVE_INFINITY));
  return {
    ...(namespace !== undefined && { namespace }),
    pod,
    container,
    used: resource === 'cpu' ? { cpu: `${Math.ceil(most * 1000)}m` } : { memory: String(Math.ceil(most)) },
    span: 'period',
    source,
    ...(date !== undefined && { date }),
  };
}

/** A counter of seconds is no use of CPU. */
function resourceOf(resource: string | undefined, metric = ''): 'cpu' | 'memory' | undefined {
  if (resource !== undefined) return RESOURCES.get(resource);
  return MEMORY_METRIC.test(metric) ? 'memory' : CPU_RATE.test(metric) ? 'cpu' : undefined;
}

function dayOf(seconds: number): string | undefined {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 'yyyy-mm-dd'.length);
}
