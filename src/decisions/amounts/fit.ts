/** Amounts within what the namespace allows. */
import type { Bounds } from './bounds.ts';
import { written, type Candidate } from './candidates.ts';

const MILLICORE = 10n ** 6n;
const MEBIBYTE = 2n ** 20n * 10n ** 9n;
const RATIO_UNIT = 10n ** 9n;

/** A request that the namespace allows. */
export function fitRequest(request: Candidate, resource: string, { leastRequest, mostRequest, source }: Bounds): Candidate {
  const why = `${source} allows no`;
  if (leastRequest !== undefined && request.nanos < leastRequest) return exactly(request, leastRequest, resource, `${why} less`);
  if (mostRequest !== undefined && request.nanos > mostRequest) return lowered(request, mostRequest, resource, `${why} more`);
  return request;
}

/**
 * A limit that the namespace allows beside a request.
 *
 * @returns the reason as a clause when there is none that is enough
 */
export function fitLimit(limit: Candidate, request: bigint, resource: string, bounds: Bounds): Candidate | string {
  const { mostLimit, mostRatio, source } = bounds;
  const byRatio = mostRatio === undefined ? undefined : (request * mostRatio) / RATIO_UNIT;
  const most = [mostLimit, byRatio].reduce((least, one) =>
    one !== undefined && (least === undefined || one < least) ? one : least,
  );
  if (most === undefined || limit.nanos <= most) return limit;
  const fitting = lowered(limit, most, resource, `${source} allows no more`);
  if (!limit.isAssumed || fitting.nanos < request) return `${source} allows less than what it needs (${limit.why})`;
  return fitting;
}

/** A request of an init container that adds nothing to what the pod reserves; undefined when there is no room. */
export function fitRoom(request: Candidate, room: bigint, resource: string): Candidate | undefined {
  if (request.nanos <= room) return request;
  const why = 'more would raise what the pod reserves, and it runs before the other containers';
  const fitting = lowered(request, room, resource, why);
  return fitting.nanos > 0n ? fitting : undefined;
}

function lowered(amount: Candidate, most: bigint, resource: string, why: string): Candidate {
  const step = resource === 'cpu' ? MILLICORE : most >= MEBIBYTE ? MEBIBYTE : RATIO_UNIT;
  return { ...exactly(amount, most - (most % step), resource, why), isAssumed: amount.isAssumed };
}

function exactly(amount: Candidate, nanos: bigint, resource: string, why: string): Candidate {
  return { ...amount, value: written(resource, nanos), nanos, why, isAssumed: false };
}
