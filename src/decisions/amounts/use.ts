/** Amounts from use: what was measured, or what a VerticalPodAutoscaler recommends. */
import { roundUp } from '../../evidence/amounts/sizes.ts';
import type { Container } from '../../kubernetes/object.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import type { KnownUsage } from '../../usage/match.ts';
import type { ContainerUsage, UsedAmounts } from '../../usage/usage.ts';
import type { Facts } from '../../workspace/facts.ts';
import { candidate, largest, written, type Candidate } from './candidates.ts';
import { recommendedFor } from './scaling.ts';

interface UseContext {
  readonly facts: Facts;
  usageOf(container: Container): KnownUsage;
}

const NANOS = 10n ** 9n;
const MILLI = 10n ** 6n;
const MIB = 1024 * 1024;
/** What a program may take while it starts, however little it takes later. */
const LEAST_CPU_LIMIT = NANOS / 2n;

/** How many times of what is known a limit is, in percent: a moment may be a quiet one, a time has seen its peaks. */
const MARGINS = {
  moment: { cpu: 400n, memory: 200n, words: { cpu: 'four times', memory: 'twice' } },
  period: { cpu: 200n, memory: 150n, words: { cpu: 'twice', memory: 'half more than' } },
  recommendation: { cpu: 125n, memory: 125n, words: { cpu: 'a quarter more than', memory: 'a quarter more than' } },
} as const;

/** What is known of the use of a container: what the user gives, and the autoscalers of the inputs. */
export function usagesOf(container: Container, { usageOf, facts }: UseContext): readonly ContainerUsage[] {
  const { usages } = usageOf(container);
  const recommended = recommendedFor(container, facts);
  return recommended.length === 0 ? usages : [...usages, ...recommended];
}

/** The request that covers what was used and what is recommended; undefined where neither is known. */
export function requestOfUse(resource: string, usages: readonly ContainerUsage[]): Candidate | undefined {
  if (usages.length === 0) return undefined;
  return largestOfUse(
    mostFirst(usages, (usage) => nanosIn('pod' in usage ? usage.used : usage.target, resource)).map(([usage, amount]) => {
      const found = shown(resource, amount);
      const why =
        'pod' in usage ? `it used up to ${found} (${originOf(usage)})` : `${usage.source} recommends ${found}${dateOf(usage)}`;
      return rounded(resource, amount, why, usage);
    }),
  );
}

/** The limit above what was used and above the bounds that are recommended; undefined where neither is known. */
export function limitOfUse(resource: string, usages: readonly ContainerUsage[]): Candidate | undefined {
  if (usages.length === 0) return undefined;
  return largestOfUse(
    mostFirst(usages, (usage) => nanosIn('pod' in usage ? usage.used : usage.upperBound, resource)).map(([usage, base]) => {
      if (resource !== 'cpu' && resource !== 'memory') return undefined;
      const margin = MARGINS['pod' in usage ? usage.span : 'recommendation'];
      const found = shown(resource, base);
      const what =
        'pod' in usage
          ? `the ${found} that it used (${originOf(usage)})`
          : `the upper bound ${found} of ${usage.source}${dateOf(usage)}`;
      const amount = (base * margin[resource]) / 100n;
      if (resource === 'cpu' && amount < LEAST_CPU_LIMIT)
        return rounded(resource, LEAST_CPU_LIMIT, `a program takes more while it starts than ${what}`, usage);
      return rounded(resource, amount, `${margin.words[resource]} ${what}`, usage);
    }),
  );
}

/** The autoscaler that would scale a limit, among what the user gives as use. */
export function scalerInUse(usages: readonly ContainerUsage[]): string | undefined {
  return usages.find((usage) => 'workload' in usage && usage.scalesLimits)?.source;
}

/** Usages with their amounts, the largest first: it is the one to name where several come to the same after rounding. */
function mostFirst(
  usages: readonly ContainerUsage[],
  amountOf: (usage: ContainerUsage) => bigint | undefined,
): (readonly [ContainerUsage, bigint])[] {
  const known = usages.flatMap((usage) => {
    const amount = amountOf(usage);
    return amount === undefined ? [] : [[usage, amount] as const];
  });
  return known.sort(([, left], [, right]) => (left < right ? 1 : left > right ? -1 : 0));
}

/** The largest; what is above the use over a time is so whatever else was measured. */
function largestOfUse(candidates: readonly (Candidate | undefined)[]): Candidate | undefined {
  const most = largest(candidates);
  const isOfPeriod = candidates.some((one) => one?.measured === 'period');
  return most && isOfPeriod ? { ...most, measured: 'period' } : most;
}

function rounded(resource: string, nanos: bigint, why: string, usage: ContainerUsage): Candidate | undefined {
  const amount = resource === 'cpu' ? roundCores(nanos) : BigInt(roundBytes(Number(nanos / NANOS))) * NANOS;
  const found = candidate(written(resource, amount), why, false);
  return found && { ...found, measured: 'pod' in usage ? usage.span : 'period' };
}

/** Cores as a person would write them: 5m steps up to 50m, then coarser ones. */
function roundCores(nanos: bigint): bigint {
  const millis = nanos / MILLI;
  const step = MILLI * (millis <= 50n ? 5n : millis <= 100n ? 10n : millis <= 1000n ? 50n : millis <= 4000n ? 250n : 1000n);
  const steps = (nanos + step - 1n) / step;
  return (steps === 0n ? 1n : steps) * step;
}

/** Bytes as a person would write them: 16Mi steps up to 128Mi, 32Mi steps up to 512Mi, then those of other amounts. */
function roundBytes(bytes: number): number {
  if (bytes > 512 * MIB) return roundUp(bytes);
  const step = bytes <= 128 * MIB ? 16 * MIB : 32 * MIB;
  return Math.max(1, Math.ceil(bytes / step)) * step;
}

function nanosIn(amounts: UsedAmounts, resource: string): bigint | undefined {
  const nanos = parseQuantity(amounts[resource as 'cpu'])?.nanos;
  return nanos !== undefined && nanos >= 0n ? nanos : undefined;
}

/** Memory in whole mebibytes, as `kubectl top` shows it. */
function shown(resource: string, nanos: bigint): string {
  if (resource === 'cpu') return written(resource, nanos);
  return `${Math.ceil(Number(nanos / NANOS) / MIB)}Mi`;
}

function originOf({ source, date }: ContainerUsage): string {
  return date === undefined ? source : `${source}, ${date}`;
}

function dateOf({ date }: ContainerUsage): string {
  return date === undefined ? '' : ` (${date})`;
}
