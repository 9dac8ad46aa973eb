/** Findings that the configuration accepts. */
import type { Finding, RawFinding } from './finding.ts';
import { compileMatch, type Match } from './match.ts';

/** Findings that were seen and are accepted; everywhere, or where `match` fits. */
export interface AcceptedFindings {
  /** Their ids. An error cannot be accepted. */
  readonly findings: readonly string[];
  readonly reason: string;
  readonly match?: Match;
}

/** A finding that an entry names and that is none: the index of the entry, and of the id in it. */
export interface UnusedAcceptance {
  readonly entry: number;
  readonly finding: number;
}

/** An entry, ready to be asked. */
export interface CompiledAcceptance {
  readonly findings: readonly string[];
  readonly reason: string;
  covers(finding: Finding): boolean;
}

/** Compiles the globs of entries once for a run. */
export function compileAcceptances(entries: readonly AcceptedFindings[]): CompiledAcceptance[] {
  return entries.map(({ findings, reason, match = {} }) => {
    const { fits, container } = compileMatch(match);
    return {
      findings,
      reason,
      covers: (finding) =>
        finding.severity !== 'error' &&
        findings.includes(finding.id) &&
        fits(finding.path, finding.object) &&
        (container === undefined || (finding.container !== undefined && container(finding.container))),
    };
  });
}

/** A finding as it is when one of the entries covers it: it no longer warns, and stands for itself alone. */
export function withAcceptance(finding: RawFinding, entries: readonly CompiledAcceptance[]): RawFinding {
  const entry = finding.accepted === undefined ? entries.find((one) => one.covers(finding)) : undefined;
  if (!entry) return finding;
  const { oncePerRun, ...rest } = finding;
  return { ...rest, severity: 'info', accepted: entry.reason };
}

/** What entries accept and no finding is, so that they do not outlive their reasons. */
export function unusedAcceptances(entries: readonly CompiledAcceptance[], findings: readonly Finding[]): UnusedAcceptance[] {
  return entries.flatMap(({ findings: ids, covers }, entry) =>
    ids.flatMap((id, finding) => (findings.some((one) => one.id === id && covers(one)) ? [] : [{ entry, finding }])),
  );
}
