/** A run in numbers. */
import type { Severity, Standing, WorkloadResult } from '../index.ts';
import { problemsOf, type RunResult } from './result.ts';

type Level = Standing['level'];

/** The levels of the Pod Security Standards, the strictest first. */
export const LEVELS: readonly Level[] = ['restricted', 'baseline', 'privileged'];

export interface Numbers {
  readonly files: number;
  readonly changedFiles: number;
  readonly workloads: number;
  readonly changes: number;
  readonly findings: Readonly<Record<Severity, number>>;
  /** How many findings the baseline holds, which are not among the others. */
  readonly known: number;
  /** How many workloads meet each level and none above it, before hardening and after it. */
  readonly levels: Readonly<Record<'before' | 'after', Readonly<Record<Level, number>>>>;
}

/** Counts what a run found. */
export function numbersOf(result: RunResult): Numbers {
  const { files } = result;
  const changed = files.filter(({ edits }) => edits.length > 0);
  const problems = problemsOf(result);
  const severe = (wanted: Severity): number => problems.filter(({ severity }) => severity === wanted).length;
  const standings = files.flatMap((file) => file.standings);
  return {
    files: files.length,
    changedFiles: changed.length,
    workloads: files.reduce((sum, file) => sum + file.workloads, 0),
    changes: changed.reduce((sum, file) => sum + file.changes.length, 0),
    findings: { error: severe('error'), warning: severe('warning'), info: severe('info') },
    known: files.reduce((sum, file) => sum + file.known.length, 0),
    levels: { before: levelsOf(standings, 'before'), after: levelsOf(standings, 'after') },
  };
}

function levelsOf(standings: readonly WorkloadResult[], when: 'before' | 'after'): Record<Level, number> {
  const count = (level: Level): number => standings.filter((one) => one[when].level === level).length;
  return { restricted: count('restricted'), baseline: count('baseline'), privileged: count('privileged') };
}
