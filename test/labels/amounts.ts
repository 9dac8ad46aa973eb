/** Requests and limits against what a label wants of them, with a reading of quantities of its own. */
import { isObject, path, type Json, type JsonObject } from '../../src/util/json.ts';
import type { WantedAmount, WantedAmounts } from './label.ts';

const FACTORS: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  K: 1e3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** The value of a Kubernetes quantity; NaN for what is none. */
export function valueOf(quantity: Json): number {
  const [, number = '', suffix = ''] = /^([\d.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(String(quantity)) ?? [];
  return number === '' ? Number.NaN : Number(number) * (FACTORS[suffix] ?? Number.NaN);
}

/** An amount that is in force: a missing request is the limit, as the API server sets it. */
function amountIn(container: JsonObject, part: 'requests' | 'limits', resource: string): Json | undefined {
  const own = path(container, 'resources', part, resource) ?? undefined;
  return own ?? (part === 'requests' ? (path(container, 'resources', 'limits', resource) ?? undefined) : undefined);
}

/**
 * What is wrong with the requests or limits of a container.
 *
 * @param before the container as the author wrote it
 * @returns a text for each of CPU and memory that is not as wanted: `memory wanted >=3Gi, got 1Gi`
 */
export function wrongAmounts(
  wanted: WantedAmounts,
  part: 'requests' | 'limits',
  before: JsonObject,
  after: JsonObject,
): string[] {
  const each = isObject(wanted) ? wanted : { cpu: wanted, memory: wanted };
  return Object.entries(each).flatMap(([resource, amount]) => {
    const [was, is] = [amountIn(before, part, resource), amountIn(after, part, resource)];
    return isWanted(amount as WantedAmount, part, was, is) ? [] : [`${resource} wanted ${amount}, got ${is ?? 'none'}`];
  });
}

function isWanted(wanted: WantedAmount, part: 'requests' | 'limits', was: Json | undefined, is: Json | undefined): boolean {
  if (wanted === 'none') return is === undefined;
  if (wanted === 'any') return is !== undefined && valueOf(is) > 0;
  const nothing = part === 'limits' ? Number.POSITIVE_INFINITY : 0;
  const value = is === undefined ? nothing : valueOf(is);
  if (wanted === 'author') return value === (was === undefined ? nothing : valueOf(was));
  const bound = valueOf(wanted.replace(/^[<>]?=/, ''));
  if (wanted.startsWith('>=')) return value >= bound;
  return wanted.startsWith('<=') ? value <= bound : value === bound;
}
