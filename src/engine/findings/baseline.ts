/** A baseline: the findings that were there before, which are not reported again. It names no lines, because these move. */
import type { Finding } from './finding.ts';

/** Findings of one id about one workload or container of a file. */
export interface BaselineEntry {
  /** As the inputs have it. */
  readonly path: string;
  /** What they are about, as `subjectOf` says it. */
  readonly subject: string;
  /** The id of the findings. */
  readonly id: string;
  /** How many there are. */
  readonly count: number;
}

/** The subject of what is about no object. */
const WHOLE_FILE = 'whole file';

/** What a finding is about: `Deployment shop/web, container nginx`. */
export function subjectOf({ object, container }: Pick<Finding, 'object' | 'container'>): string {
  if (object === undefined) return WHOLE_FILE;
  const name = object.namespace === undefined ? object.name : `${object.namespace}/${object.name}`;
  return `${object.kind} ${name}`.trimEnd() + (container === undefined ? '' : `, container ${container}`);
}

/** True for a finding that a baseline holds: not for errors, which nobody can put off, nor for what is accepted. */
export function belongsToBaseline({ severity, accepted }: Finding): boolean {
  return severity !== 'error' && accepted === undefined;
}

/** The entries of findings: what a run with these as its `baseline` does not report again. */
export function baselineOf(findings: readonly Finding[]): BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings.filter(belongsToBaseline)) {
    const { path, id } = finding;
    const subject = subjectOf(finding);
    const key = keyOf({ path, subject, id });
    entries.set(key, { path, subject, id, count: (entries.get(key)?.count ?? 0) + 1 });
  }
  return [...entries.values()];
}

/** A text that is the same for findings that one entry stands for. */
export function keyOf({ path, subject, id }: Pick<BaselineEntry, 'path' | 'subject' | 'id'>): string {
  return [path, subject, id].join('\0');
}

/** A function that tells whether a finding is in the baseline; of several equal ones, as many as its entry counts. */
export function createBaseline(entries: readonly BaselineEntry[]): (finding: Finding) => boolean {
  const remaining = new Map(entries.map((entry) => [keyOf(entry), entry.count]));
  return (finding) => {
    if (remaining.size === 0 || !belongsToBaseline(finding)) return false;
    const key = keyOf({ path: finding.path, subject: subjectOf(finding), id: finding.id });
    const left = remaining.get(key) ?? 0;
    if (left === 0) return false;
    remaining.set(key, left - 1);
    return true;
  };
}
