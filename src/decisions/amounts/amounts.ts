/** The amounts of a container: what it gets for each request and limit that its author does not set, and why. */
import { runsOnlyUtilities } from '../../evidence/utilities.ts';
import { memoryAsks, type MemoryAsks } from '../../evidence/amounts/memory-asks.ts';
import type { Container } from '../../kubernetes/object.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import { path, type Json } from '../../util/json.ts';
import { memo } from '../../util/memo.ts';
import type { KnownUsage } from '../../usage/match.ts';
import type { Facts } from '../../workspace/facts.ts';
import type { ContainerDecision } from '../container/container.ts';
import { boundsFor, givenAmount, type Bounds } from './bounds.ts';
import {
  askedLimit,
  candidate,
  largest,
  limitCandidate,
  requestCandidate,
  requestOfHelper,
  type Candidate,
  type Default,
  type Field,
} from './candidates.ts';
import { fitLimit, fitRequest, fitRoom } from './fit.ts';
import { optionsOf } from './option-texts.ts';
import { roomFor } from './reservation.ts';
import { scaledByUse, scaledVertically } from './scaling.ts';
import { whyUnlimited } from './unlimited.ts';
import { limitOfUse, requestOfUse, scalerInUse, usagesOf } from './use.ts';

/** What amounts are decided with. */
export interface AmountContext {
  readonly resources: readonly string[];
  readonly facts: Facts;
  /** The amount where nothing else is known. */
  byDefault(field: Field, resource: string): Default;
  decide(container: Container): ContainerDecision;
  /** False for a container that gets no amounts. */
  applies(container: Container): boolean;
  /** What the user gives as the use of a container. */
  usageOf(container: Container): KnownUsage;
}

/** An amount to write. */
export interface Amount extends Candidate {
  readonly field: Field;
  readonly resource: string;
}

/** An amount that is not written, with the reason as a clause. */
export interface LeftOut {
  readonly resource: string;
  readonly why: string;
}

export interface ContainerAmounts {
  readonly amounts: readonly Amount[];
  /** Limits that would do harm, or that nothing known fits. */
  readonly unlimited: readonly LeftOut[];
  /** Resources by whose use relative to the request an autoscaler scales the workload: only its author knows the request. */
  readonly scaled: readonly LeftOut[];
}

/** Decides the amounts of a container. */
export function decideAmounts(container: Container, context: AmountContext): ContainerAmounts {
  const decided = context.resources
    .map((resource) => decideResource(container, resource, context))
    .filter((one) => one !== NOTHING);
  const amounts = decided.flatMap((one) => one.amounts);
  return {
    amounts: [...amounts.filter(({ field }) => field === 'requests'), ...amounts.filter(({ field }) => field === 'limits')],
    unlimited: decided.flatMap(({ unlimited }) => unlimited),
    scaled: decided.flatMap(({ scaled }) => scaled),
  };
}

const NOTHING: ContainerAmounts = { amounts: [], unlimited: [], scaled: [] };

function decideResource(container: Container, resource: string, context: AmountContext): ContainerAmounts {
  const given = (field: Field): Json | undefined => path(container.value, 'resources', field, resource) ?? undefined;
  const [request, limit] = [given('requests'), given('limits')];
  const isUnreadable = [request, limit].some((one) => one !== undefined && parseQuantity(one) === undefined);
  if (isUnreadable || (request !== undefined && limit !== undefined)) return NOTHING;
  if (limit !== undefined) return requestOfLimit(limit, resource, context);
  const scaler = request === undefined ? scaledByUse(container, resource, context.facts) : undefined;
  if (scaler) return { ...NOTHING, scaled: [{ resource, why: `${scaler.kind} ${scaler.name}` }] };
  return request === undefined ? bothMissing(container, resource, context) : limitMissing(container, resource, context);
}

/** A missing request beside the author's limit is that limit, as the API server sets it (SetDefaults_Pod). */
function requestOfLimit(value: Json, resource: string, { byDefault }: AmountContext): ContainerAmounts {
  const request = candidate(value, 'the API server takes the limit where there is no request', false);
  if (!request || byDefault('requests', resource).value === null) return NOTHING;
  return { ...NOTHING, amounts: [{ ...request, field: 'requests', resource }] };
}

function limitMissing(container: Container, resource: string, context: AmountContext): ContainerAmounts {
  const bounds = boundsFor(container, resource, context.facts);
  const limit = limitBeside(givenAmount(container, 'requests', resource) ?? 0n, container, resource, context);
  if (isSet(limit, bounds)) return NOTHING;
  return typeof limit === 'string'
    ? { ...NOTHING, unlimited: [{ resource, why: limit }] }
    : { ...NOTHING, amounts: limit ? [{ ...limit, field: 'limits', resource }] : [] };
}

/** A limit alone would be the request too: it is written with a request only. */
function bothMissing(container: Container, resource: string, context: AmountContext): ContainerAmounts {
  const request = requestOf(container, resource, context);
  if (!request) return NOTHING;
  const bounds = boundsFor(container, resource, context.facts);
  const limit = limitBeside(request.nanos, container, resource, context);
  const limits: Amount[] =
    limit === undefined || typeof limit === 'string' || isSet(limit, bounds) ? [] : [{ ...limit, field: 'limits', resource }];
  const isRequestSet = bounds.defaultRequest !== undefined && limits.length === 0 && request.measured === undefined;
  return {
    scaled: [],
    amounts: [...(isRequestSet ? [] : [{ ...request, field: 'requests' as const, resource }]), ...limits],
    unlimited: typeof limit === 'string' && !isSet(limit, bounds) ? [{ resource, why: limit }] : [],
  };
}

/** True when a LimitRange sets the limit, and nothing known is more or says more about this container. */
function isSet(limit: Candidate | string | undefined, { defaultLimit }: Bounds): boolean {
  if (typeof limit === 'object' && limit.measured !== undefined) return false;
  const found = parseQuantity(defaultLimit);
  return found !== undefined && (typeof limit !== 'object' || limit.isAssumed || found.nanos >= limit.nanos);
}

/** What the options of the container's program ask for. */
const asksOf = memo((container: Container, { decide, facts }: AmountContext): MemoryAsks => {
  const { texts, variables } = optionsOf(container, facts);
  return memoryAsks(texts, variables, decide(container).image?.repository ?? '');
});

const unlimitedReason = memo(whyUnlimited);

/** The request of a container that sets neither request nor limit; undefined for none. */
function requestOf(container: Container, resource: string, context: AmountContext): Candidate | undefined {
  const bounds = boundsFor(container, resource, context.facts);
  const byDefault = context.byDefault('requests', resource);
  const ofNamespace = candidate(bounds.defaultRequest, `${bounds.source} sets it`, false);
  if (byDefault.value === null) return undefined;
  const decision = context.decide(container);
  const own = requestCandidate(resource, byDefault, decision, asksOf(container, context));
  const used = requestOfUse(resource, usagesOf(container, context));
  const wanted = used ?? ofNamespace ?? (own && isHelper(container, context) ? requestOfHelper(resource, own) : own);
  const fitting = wanted && fitRequest(wanted, resource, bounds);
  if (!fitting || container.role !== 'initContainer') return fitting;
  const room = roomFor(container, (other) => {
    const isPlanned = other.role !== 'initContainer' && context.applies(other);
    return givenAmount(other, 'requests', resource) ?? (isPlanned ? (requestOf(other, resource, context)?.nanos ?? 0n) : 0n);
  });
  return fitRoom(fitting, room, resource);
}

/** True for a container that runs common tools beside one that runs another program: `tail -f` beside a server. */
function isHelper(container: Container, { decide }: AmountContext): boolean {
  const runsTools = (one: Container): boolean => runsOnlyUtilities(decide(one).commands, false);
  return (
    container.pod.containers.length > 1 &&
    runsTools(container) &&
    container.pod.containers.some((one) => one.role !== 'initContainer' && !runsTools(one))
  );
}

/** The limit of a container beside its request: a reason as a clause where none is written, undefined where none is wanted. */
function limitBeside(
  request: bigint,
  container: Container,
  resource: string,
  context: AmountContext,
): Candidate | string | undefined {
  const byDefault = context.byDefault('limits', resource);
  if (byDefault.value === null) return undefined;
  const decision = context.decide(container);
  const asks = asksOf(container, context);
  const usages = usagesOf(container, context);
  const scaler = scaledVertically(container, context.facts);
  const source = scaler ? `the VerticalPodAutoscaler ${scaler.name}` : scalerInUse(usages);
  const reason =
    unlimitedReason(container, decision) ??
    (source && `${source} would scale a limit together with the request`) ??
    (resource === 'memory' && asks.hidden !== undefined ? `the inputs do not show what ${asks.hidden} asks for` : undefined);
  if (reason !== undefined) return reason;
  const used = limitOfUse(resource, usages);
  const limit = used ? largest([used, askedLimit(resource, asks)]) : limitCandidate(resource, byDefault, decision, asks);
  if (!limit) return limit === null ? (decision.knowledge?.resources?.why ?? 'no amount is known to fit its image') : undefined;
  const isTooClose = limit.isAssumed ? limit.nanos <= request : limit.nanos < request;
  if (isTooClose)
    return `it requests as much as the ${limit.isAssumed ? 'default' : 'known'} limit or more, and nothing says how much more it may use`;
  return fitLimit(limit, request, resource, boundsFor(container, resource, context.facts));
}
