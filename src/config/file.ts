/** Reads `.kharden.yaml`. */
import type { JsonObject } from '../util/json.ts';
import { duplicateKeys, isParsed, locate, parseYaml, position, splitStream, type ParsedYaml } from '../yaml/index.ts';
import { checkKeys, toConfig, type Config } from './config.ts';
import { toErrors, type ConfigError } from './errors.ts';

/** A configuration, or every error in it. */
export type ConfigResult = { readonly config: Config } | { readonly errors: readonly [ConfigError, ...ConfigError[]] };

/**
 * Reads a configuration. A text without content is the empty configuration.
 *
 * @param path the name of the file, for errors
 */
export function readConfig(text: string, path: string): ConfigResult {
  const [slice, second] = splitStream(text).filter(({ start, end }) => !isBlank(text.slice(start, end)));
  if (!slice) return { config: toConfig({}) };
  const errorAt = (offset: number, message: string): ConfigError => ({ path, ...position(text, slice.start + offset), message });
  const parsed = parseYaml(text.slice(slice.start, slice.end));
  if (!isParsed(parsed)) return { errors: [errorAt(parsed.offset, parsed.message)] };

  const value = parsed.value ?? {};
  const errors = [
    ...(second ? [errorAt(second.start - slice.start, 'a second document: a configuration is a single one')] : []),
    ...textProblems(parsed).map(({ offset, message }) => errorAt(offset, message)),
    ...toErrors(checkKeys(value), (pointer) => ({
      path,
      ...position(text, slice.start + locate(parsed, pointer)),
    })),
  ].sort((left, right) => left.line - right.line || left.column - right.column);
  const [first, ...others] = errors;
  return first ? { errors: [first, ...others] } : { config: toConfig(value as JsonObject) };
}

/** True for a text of comments, document markers and space. */
function isBlank(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(?:#|$)|^\uFEFF?(?:---|\.\.\.)\s*(?:#|$)/.test(line));
}

/** What can be seen in the text alone: keys that stand twice, and tags, which would ask for more than plain data. */
export function textProblems(parsed: ParsedYaml): { offset: number; message: string }[] {
  const tags = parsed.document.warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED').map(({ pos }) => pos);
  return [
    ...duplicateKeys(parsed).map(({ key, offset }) => ({ offset, message: `the key ${key} stands twice: remove one` })),
    ...tags.map(([start, end]) => ({
      offset: start,
      message: `unknown tag ${parsed.text.slice(start, end)}: write the plain value`,
    })),
  ];
}
