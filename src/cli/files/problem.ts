/** What is wrong with files, as problems for the user. */
import type { ConfigError } from '../../config/index.ts';
import type { Problem } from '../../report/result.ts';
import { shownPath } from './paths.ts';

/** A path that cannot be used. */
export function unusablePath(path: string, message: string): Problem {
  return { id: 'unusable-path', severity: 'error', path, message };
}

/** A link that is not followed: no error. */
export function skippedLink(path: string, message: string): Problem {
  return { id: 'skipped-link', severity: 'info', path, message };
}

/** A file that could not be written. */
export function notWritten(path: string, message: string): Problem {
  return { id: 'not-written', severity: 'error', path, message };
}

/** An error in a configuration. */
export function invalidConfig(error: ConfigError): Problem {
  return { ...error, id: 'invalid-config', severity: 'error', path: shownPath(error.path) };
}
