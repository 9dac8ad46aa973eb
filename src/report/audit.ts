/** An audit: how each workload stands before and after hardening, with its findings, the worst first. */
import type { FileResult, ObjectName, WorkloadResult } from '../index.ts';
import { LEVELS } from './numbers.ts';
import { problemsOf, type Problem, type RunResult } from './result.ts';

/** A workload with what was found about it. */
export interface AuditedWorkload extends WorkloadResult {
  readonly path: string;
  /** How many changes hardening makes. */
  readonly changes: number;
  /** In the order of the file, also those that are accepted. */
  readonly findings: readonly Problem[];
}

export interface Audit {
  /** The lowest level and score before hardening first, then those after it, then the most warnings; else in the order of the files. */
  readonly workloads: readonly AuditedWorkload[];
  /** What is about no workload that was judged, errors among it. */
  readonly others: readonly Problem[];
  /** The average score, rounded down; undefined without workloads. */
  readonly average: Readonly<Record<'before' | 'after', number>> | undefined;
  /** How many findings are accepted. */
  readonly accepted: number;
}

/** Makes an audit of a run. */
export function auditOf(result: RunResult): Audit {
  const problems = problemsOf(result);
  const ownerOf = ownersIn(result.files);
  const findings = groupBy(problems, (problem) => (problem.severity === 'error' ? undefined : ownerOf(problem.path, problem)));
  const workloads = result.files.flatMap(({ path, standings, changes }) => {
    const changesOf = groupBy(changes, (change) => ownerOf(path, change));
    return standings.map(
      (standing): AuditedWorkload => ({
        ...standing,
        path,
        changes: changesOf.get(standing)?.length ?? 0,
        findings: findings.get(standing) ?? [],
      }),
    );
  });
  return {
    workloads: workloads.sort(worstFirst),
    others: findings.get(undefined) ?? [],
    average: workloads.length === 0 ? undefined : { before: average(workloads, 'before'), after: average(workloads, 'after') },
    accepted: problems.filter(({ accepted }) => accepted !== undefined).length,
  };
}

interface Placed {
  readonly object?: ObjectName;
  readonly line?: number;
}

/** A function that gives the workload that something in a file is about; of several with one name, the last that begins above it. */
function ownersIn(files: readonly FileResult[]): (path: string, placed: Placed) => WorkloadResult | undefined {
  const byName = new Map(files.map(({ path, standings }) => [path, groupBy(standings, ({ object }) => keyOf(object))]));
  return (path, { object, line = 0 }) => {
    const same = object && byName.get(path)?.get(keyOf(object));
    return same?.findLast((one) => one.line <= line) ?? same?.[0];
  };
}

function groupBy<T, K>(items: readonly T[], keyFor: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyFor(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function keyOf({ kind, namespace, name }: ObjectName): string {
  return JSON.stringify([kind, namespace, name]);
}

function worstFirst(left: AuditedWorkload, right: AuditedWorkload): number {
  return (
    compareStandings(left.before, right.before) ||
    compareStandings(left.after, right.after) ||
    warningsOf(right) - warningsOf(left)
  );
}

type Standing = WorkloadResult['before'];

function compareStandings(left: Standing, right: Standing): number {
  return LEVELS.indexOf(right.level) - LEVELS.indexOf(left.level) || left.score - right.score;
}

function warningsOf({ findings }: AuditedWorkload): number {
  return findings.filter(({ severity }) => severity === 'warning').length;
}

function average(workloads: readonly AuditedWorkload[], when: 'before' | 'after'): number {
  return Math.floor(workloads.reduce((sum, one) => sum + one[when].score, 0) / workloads.length);
}
