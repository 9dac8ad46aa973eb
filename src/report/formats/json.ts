/** Everything that is known of a run, as one JSON document. `json-schema.ts` says what is in it. */
import type { AppliedChange, FileResult, WorkloadResult } from '../../index.ts';
import { VERSION } from '../../util/version.ts';
import { numbersOf } from '../numbers.ts';
import { problemsOf, type Problem, type RunResult } from '../result.ts';

/** The version of the schema: it grows when a field is taken away or means something else. */
export const SCHEMA_VERSION = 1;

/** Prints a run. */
export function* printJson(result: RunResult): Iterable<string> {
  const document = {
    schemaVersion: SCHEMA_VERSION,
    kharden: VERSION,
    numbers: numbersOf(result),
    findings: problemsOf(result).map(problem),
    files: result.files.map(file),
  };
  yield `${JSON.stringify(document, null, 2)}\n`;
}

/** A finding; each value has its fields by name: what the engine adds to its results later does not change the format. */
export function problem(one: Problem) {
  const { id, severity, message, path, line, column, source, pointer, object, container, controls, accepted } = one;
  return { id, severity, message, path, line, column, source, pointer, object, container, controls, accepted };
}

function file({ path, edits, workloads, standings, changes, patches }: FileResult) {
  return {
    path,
    isChanged: edits.length > 0,
    workloads,
    standings: standings.map(({ object, line, before, after }: WorkloadResult) => ({
      object,
      line,
      before: standing(before),
      after: standing(after),
    })),
    changes: changes.map(change),
    patches: patches.map(({ document, before, operations }) => ({ document, before, operations })),
    edits: edits.map(({ start, end, text }) => ({ start, end, text })),
  };
}

/** How a workload stands. */
export function standing({ level, score, unmet }: WorkloadResult['before']) {
  return { level, score, unmet };
}

function change(one: AppliedChange) {
  const { transform, message, safety, guess, because, object, container, line, document, pointers, creates } = one;
  return { transform, message, safety, guess, because, object, container, line, document, pointers, creates };
}
