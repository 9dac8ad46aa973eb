/** What is wrong with files, as problems for the user. */
import type { ConfigError } from '../../config/index.ts';
import type { ContainerUsage, UsageError } from '../../index.ts';
import type { Problem } from '../../report/result.ts';
import { RUN_FINDINGS } from '../../report/run-findings.ts';
import { shownPath } from './paths.ts';

type UnusedId = 'unused-exclude' | 'unused-override' | 'unused-accept' | 'unused-baseline';

function problem(id: keyof typeof RUN_FINDINGS, path: string, message: string): Problem {
  return { id, severity: RUN_FINDINGS[id].severity, path, message };
}

/** A path that cannot be used. */
export function unusablePath(path: string, message: string): Problem {
  return problem('unusable-path', path, message);
}

/** A link that is not followed: no error. */
export function skippedLink(path: string, message: string): Problem {
  return problem('skipped-link', path, message);
}

/** A file that could not be written. */
export function notWritten(path: string, message: string): Problem {
  return problem('not-written', path, message);
}

/** Something of a configuration, or of a file beside it, that is for nothing. */
export function unused(id: UnusedId, place: Omit<ConfigError, 'message'>, what: string): Problem {
  const advice = id === 'unused-accept' ? 'correct its id or its match, or remove it' : RUN_FINDINGS[id].advice;
  return { ...place, path: shownPath(place.path), id, severity: 'warning', message: `${what}: ${advice}` };
}

/** An error in a configuration. */
export function invalidConfig(error: ConfigError): Problem {
  return { ...error, id: 'invalid-config', severity: 'error', path: shownPath(error.path) };
}

/** An error in a file of `--usage`. */
export function invalidUsage({ path, line, column, message }: UsageError): Problem {
  return { ...problem('invalid-usage', path, message), line, column };
}

/** How many of the entries of `--usage` fit no workload, and some of them. */
export function unmatchedUsage(path: string, unmatched: readonly ContainerUsage[], total: number): Problem {
  const names = [...new Set(unmatched.map(nameOf))];
  const rest = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  const some = names.slice(0, MOST_NAMES).join(', ') + rest;
  return problem('unmatched-usage', path, `${unmatched.length} of ${total} entries of --usage fit no workload: ${some}`);
}

const MOST_NAMES = 3;

function nameOf(usage: ContainerUsage): string {
  const { namespace } = usage;
  const name = 'pod' in usage ? usage.pod : `${usage.workload.kind} ${usage.workload.name}`;
  return namespace === undefined ? name : `${name} in ${namespace}`;
}
