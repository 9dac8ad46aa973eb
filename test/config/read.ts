/** Reading configurations in tests. */
import { readConfig, type Config, type ConfigResult } from '../../src/config/index.ts';
import { assert } from '../harness.ts';

/** The errors of a result as `line:column message`. */
export function linesOf(result: ConfigResult): string[] {
  return 'errors' in result ? result.errors.map(({ line, column, message }) => `${line}:${column} ${message}`) : [];
}

/** The errors of a text. */
export function errorsIn(text: string): string[] {
  return linesOf(readConfig(text, '.kharden.yaml'));
}

/** The configuration that a result holds; fails with its errors when it has some. */
export function configOf(result: ConfigResult): Config {
  assert.equal(linesOf(result), []);
  return (result as { config: Config }).config;
}

/** The configuration that a text means. */
export function configIn(text: string): Config {
  return configOf(readConfig(text, '.kharden.yaml'));
}
