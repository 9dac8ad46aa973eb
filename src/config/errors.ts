/** Errors in a configuration, as lines for people. */
import { parsePointer } from '../patch/index.ts';
import type { Violation } from './check/validate.ts';

/** Something wrong in a configuration; line and column are counted from 1. */
export interface ConfigError {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Where the key or the value of a JSON Pointer stands. */
export type Locator = (pointer: string, part: 'key' | 'value') => Omit<ConfigError, 'message'>;

/** Violations as errors in the order of their places; each message begins with the key. */
export function toErrors(violations: readonly Violation[], locator: Locator): ConfigError[] {
  return violations
    .map(({ at, message, isAboutKey }) => ({
      ...locator(at, isAboutKey ? 'key' : 'value'),
      message: at === '' ? message : `${spell(parsePointer(at))}: ${message}`,
    }))
    .sort(byPosition);
}

/** Compares two errors by their places. */
export function byPosition(left: ConfigError, right: ConfigError): number {
  return left.line - right.line || left.column - right.column;
}

/** The tokens of a pointer as people write them: `overrides[0].match.path`. */
export function spell(tokens: readonly string[]): string {
  const words = tokens.map((token) => {
    if (/^\d+$/.test(token)) return `[${token}]`;
    return /^[\w-]+$/.test(token) ? `.${token}` : `[${JSON.stringify(token)}]`;
  });
  return words.join('').replace(/^\./, '');
}
