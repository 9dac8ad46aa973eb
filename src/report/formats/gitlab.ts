/**
 * A Code Quality report, which GitLab shows beside the lines of a merge request.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
import type { Severity } from '../../index.ts';
import { problemsOf, sentenceOf, type Problem, type RunResult } from '../result.ts';

const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'minor', info: 'info' };

interface Issue {
  readonly check: string;
  readonly severity: string;
  readonly about: Pick<Problem, 'object' | 'container' | 'message' | 'line'>;
  readonly path: string;
}

/** Prints one issue for each change and each finding. */
export function* printGitlab(result: RunResult): Iterable<string> {
  const issues = [
    ...result.files.flatMap(({ path, changes }) =>
      changes.map((change): Issue => ({ check: change.transform, severity: 'major', about: change, path })),
    ),
    ...problemsOf(result).map((problem): Issue => {
      return { check: problem.id, severity: SEVERITIES[problem.severity], about: problem, path: problem.path };
    }),
  ];
  const fingerprintOf = fingerprints();
  const report = issues.map((issue) => ({
    description: sentenceOf(issue.about),
    check_name: issue.check,
    fingerprint: fingerprintOf(issue),
    severity: issue.severity,
    location: { path: issue.path, lines: { begin: issue.about.line ?? 1 } },
  }));
  yield `${JSON.stringify(report, null, 2)}\n`;
}

/** GitLab tells by the fingerprint what is new, so that it does not depend on the line; those that would be the same are numbered. */
function fingerprints(): (issue: Issue) => string {
  const seen = new Map<string, number>();
  return ({ check, about: { object, container }, path }) => {
    const key = JSON.stringify([path, check, object?.kind, object?.namespace, object?.name, container]);
    const number = (seen.get(key) ?? 0) + 1;
    seen.set(key, number);
    return hash(`${key}${number}`, 0x811c9dc5) + hash(`${number}${key}`, 0x01000193);
  };
}

/** FNV-1a of the UTF-16 code units, as eight hexadecimal digits. */
function hash(text: string, seed: number): string {
  let value = seed;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, '0');
}
