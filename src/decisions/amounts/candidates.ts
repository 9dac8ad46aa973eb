/** What an amount could be: the default, what is known of the image, what the options of its program ask for. */
import type { MemoryAsks } from '../../evidence/amounts/memory-asks.ts';
import { roundUp } from '../../evidence/amounts/sizes.ts';
import type { KnownResources } from '../../images/index.ts';
import { parseQuantity, writeBytes, writeCores, type Quantity } from '../../kubernetes/quantity.ts';
import type { Json } from '../../util/json.ts';
import { memo } from '../../util/memo.ts';
import type { ContainerDecision } from '../container/container.ts';

export type Field = 'requests' | 'limits';

/** An amount that a container could get. */
export interface Candidate {
  readonly value: Json;
  readonly nanos: bigint;
  /** A clause. */
  readonly why: string;
  /** True when it rests on nothing known. */
  readonly isAssumed: boolean;
  /** Where it rests on use: whether that is known of a moment alone, or of a time. */
  readonly measured?: 'moment' | 'period';
}

/** The default for one amount. */
export interface Default {
  /** Null writes none. */
  readonly value: string | null;
  /** True when the user chose it. */
  readonly isChosen: boolean;
}

const NANOS = 10n ** 9n;
const OF_HELPERS: ReadonlyMap<string, string> = new Map([
  ['cpu', '10m'],
  ['memory', '32Mi'],
]);
const BY_DEFAULT = 'nothing is known of what it needs, so this is a default';
const BY_CHOICE = 'the configuration sets it for all containers';

/** An amount as a candidate; undefined for what is no quantity. */
export function candidate(value: Json | undefined, why: string, isAssumed: boolean): Candidate | undefined {
  const quantity = parseQuantity(value);
  return quantity && value !== undefined ? { value, nanos: quantity.nanos, why, isAssumed } : undefined;
}

/** An amount in nano units as people write it. */
export function written(resource: string, nanos: bigint): string {
  const quantity: Quantity = { nanos };
  return resource === 'cpu' ? writeCores(quantity) : writeBytes(quantity);
}

/** The request of a container that sets none. */
export function requestCandidate(
  resource: string,
  byDefault: Default,
  decision: ContainerDecision,
  { initial }: MemoryAsks,
): Candidate | undefined {
  const first = firstOf('requests', resource, byDefault, decision);
  if (resource !== 'memory' || initial === 0) return largest(first);
  const heap = `${written('memory', BigInt(initial) * NANOS)} are its heap at the start (-Xms)`;
  return largest([...first, ofBytes(initial, heap)]);
}

/** A small request of a container that accompanies others with common tools: `tail -f` beside a server. */
export function requestOfHelper(resource: string, request: Candidate): Candidate {
  const small = candidate(OF_HELPERS.get(resource), 'it runs only common tools beside the others', false);
  return small && small.nanos < request.nanos ? small : request;
}

/** The limit of a container that sets none; `null` when its image is known to fit no amount. */
export function limitCandidate(
  resource: string,
  byDefault: Default,
  decision: ContainerDecision,
  asks: MemoryAsks,
): Candidate | null | undefined {
  if (decision.knowledge?.resources?.limits?.[resource as 'cpu'] === null) return null;
  return largest([...firstOf('limits', resource, byDefault, decision), askedLimit(resource, asks)]);
}

/** The limit that the options of the program ask for. */
export function askedLimit(resource: string, { need, why }: MemoryAsks): Candidate | undefined {
  return resource === 'memory' && need > 0 ? ofBytes(need, why) : undefined;
}

/** A default is the same object for all containers of a run. */
const candidateOf = memo(({ value, isChosen }: Default) =>
  candidate(value ?? undefined, isChosen ? BY_CHOICE : BY_DEFAULT, !isChosen),
);

/** The default and the amount of the image. What the user says of an image counts instead of the default, also where it is less. */
function firstOf(field: Field, resource: string, byDefault: Default, decision: ContainerDecision) {
  if (byDefault.value === null) return [];
  const { knowledge, because } = decision;
  const resources = knowledge?.resources;
  const amount = resources?.[field]?.[resource as 'cpu'];
  const base = candidateOf(byDefault);
  if (!knowledge || !resources || typeof amount !== 'string') return [base];
  const quantity = parseQuantity(amount);
  if (isOfUser(resources)) return [candidate(amount, 'the configuration says so for its image', false)];
  const own = quantity && written(resource, quantity.nanos);
  return [base, candidate(own, `${because}: ${resources.why ?? 'amounts with its defaults'}`, knowledge.confidence === 'low')];
}

/** Every amount of kharden's own entries names its source; those of a configuration need none. */
function isOfUser({ source }: KnownResources): boolean {
  return source === undefined;
}

function ofBytes(bytes: number, why: string): Candidate | undefined {
  return candidate(written('memory', BigInt(roundUp(bytes)) * NANOS), why, false);
}

/** The largest; of equal ones the first. */
export function largest(candidates: readonly (Candidate | undefined)[]): Candidate | undefined {
  return candidates.reduce((best, one) => (one && (!best || one.nanos > best.nanos) ? one : best), undefined);
}
