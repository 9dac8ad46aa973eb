/** An audit as one JSON document. `audit-schema.ts` says what is in it. */
import { VERSION } from '../../util/version.ts';
import { auditOf, type AuditedWorkload } from '../audit.ts';
import { numbersOf } from '../numbers.ts';
import type { RunResult } from '../result.ts';
import { problem, standing } from './json.ts';

/** The version of the schema: it grows when a field is taken away or means something else. */
const SCHEMA_VERSION = 1;

/** Prints an audit. */
export function* printAuditJson(result: RunResult): Iterable<string> {
  const { workloads, others, average, accepted } = auditOf(result);
  const { files, findings, known, levels } = numbersOf(result);
  const document = {
    schemaVersion: SCHEMA_VERSION,
    kharden: VERSION,
    numbers: { files, workloads: workloads.length, findings, accepted, known, levels },
    average,
    workloads: workloads.map(workload),
    findings: others.map(problem),
  };
  yield `${JSON.stringify(document, null, 2)}\n`;
}

function workload({ path, line, object, before, after, changes, findings }: AuditedWorkload) {
  return { path, line, object, before: standing(before), after: standing(after), changes, findings: findings.map(problem) };
}
