/** Errors in a configuration, as lines for people. */
import { parsePointer } from '../patch/index.ts';
import type { Violation } from './validate.ts';

/** Something wrong in a configuration; line and column are counted from 1. */
export interface ConfigError {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Where the value of a JSON Pointer stands. */
export type Locator = (pointer: string) => Omit<ConfigError, 'message'>;

/** Violations as errors in the order of their places; each message begins with the key. */
export function toErrors(violations: readonly Violation[], locator: Locator): ConfigError[] {
  return violations
    .map(({ at, message }) => ({ ...locator(at), message: at === '' ? message : `${spell(at)}: ${message}` }))
    .sort((left, right) => left.line - right.line || left.column - right.column);
}

/** A pointer as people write it: `overrides[0].match.path`. */
function spell(pointer: string): string {
  const words = parsePointer(pointer).map((token) => {
    if (/^\d+$/.test(token)) return `[${token}]`;
    return /^[\w-]+$/.test(token) ? `.${token}` : `[${JSON.stringify(token)}]`;
  });
  return words.join('').replace(/^\./, '');
}
