/** Reads `.kharden.yaml`. */
import { isBlank, isParsed, locate, locateValue, parseYaml, position, splitStream } from '../yaml/index.ts';
import { checkKeys, toConfig, type Config } from './config.ts';
import { byPosition, toErrors, type ConfigError } from './errors.ts';
import type { Written } from './schema/keys.ts';
import { ambiguousBooleans, textProblems } from './text.ts';

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
  const found = [
    ...(second
      ? [errorAt(second.start - slice.start, 'the file has a second document: a configuration is a single document')]
      : []),
    ...textProblems(parsed).map(({ offset, message }) => errorAt(offset, message)),
    ...toErrors(checkKeys(value), (pointer, part) => ({
      path,
      ...position(text, slice.start + (part === 'key' ? locate : locateValue)(parsed, pointer)),
    })),
  ];
  const booleans = ambiguousBooleans(parsed)
    .map(({ offset, message }) => errorAt(offset, message))
    .filter((error) => !found.some((other) => byPosition(error, other) === 0));
  const [first, ...others] = [...found, ...booleans].sort(byPosition);
  return first ? { errors: [first, ...others] } : { config: toConfig(value as Written) };
}
