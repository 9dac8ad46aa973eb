/** Reads `.kharden.yaml`, and `kharden.images.yaml` beside it. */
import type { ImageEntry } from '../images/index.ts';
import type { Json } from '../util/json.ts';
import { isBlank, isParsed, locate, locateValue, parseYaml, position, splitStream } from '../yaml/index.ts';
import { globProblems } from './check/globs.ts';
import { validate, type Violation } from './check/validate.ts';
import { checkKeys, toConfig, type Config } from './config.ts';
import { byPosition, toErrors, type ConfigError, type Locator } from './errors.ts';
import type { Written } from './schema/keys.ts';
import { learnedSchema } from './schema/schema.ts';
import { ambiguousBooleans, textProblems } from './text.ts';

/** A configuration, or every error in it. */
export type ConfigResult = { readonly config: Config; readonly placeOf?: Locator | undefined } | Errors;

/** What `kharden learn` knows, or every error in the file. */
export type LearnedResult = { readonly images: readonly ImageEntry[] } | Errors;

export interface Errors {
  readonly errors: readonly [ConfigError, ...ConfigError[]];
}

/**
 * Reads a configuration. A text without content is the empty configuration.
 *
 * @param path the name of the file, for errors
 */
export function readConfig(text: string, path: string): ConfigResult {
  const read = readMap(text, path, checkKeys);
  return 'errors' in read ? read : { config: toConfig(read.value as Written), placeOf: read.placeOf };
}

/** Reads the entries of `kharden.images.yaml`. */
export function readLearned(text: string, path: string): LearnedResult {
  const read = readMap(text, path, (value) => {
    const violations = validate(learnedSchema, value);
    return violations.length > 0 ? violations : globProblems((value ?? {}) as Written);
  });
  return 'errors' in read ? read : { images: (read.value as Written).images ?? [] };
}

/** The value of a file, and where its keys and values stand. */
interface ReadMap {
  readonly value: Json;
  /** Undefined for a text without content. */
  readonly placeOf?: Locator;
}

/** The value of a file that is one document; an empty map for a text without content. */
export function readMap(text: string, path: string, check: (value: Json) => readonly Violation[]): ReadMap | Errors {
  const [slice, second] = splitStream(text).filter(({ start, end }) => !isBlank(text.slice(start, end)));
  if (!slice) return { value: {} };
  const errorAt = (offset: number, message: string): ConfigError => ({ path, ...position(text, slice.start + offset), message });
  const parsed = parseYaml(text.slice(slice.start, slice.end));
  if (!isParsed(parsed)) return { errors: [errorAt(parsed.offset, parsed.message)] };

  const value = parsed.value ?? {};
  const placeOf: Locator = (pointer, part) => ({
    path,
    ...position(text, slice.start + (part === 'key' ? locate : locateValue)(parsed, pointer)),
  });
  const found = [
    ...(second
      ? [errorAt(second.start - slice.start, 'the file has a second document: a configuration is a single document')]
      : []),
    ...textProblems(parsed).map(({ offset, message }) => errorAt(offset, message)),
    ...toErrors(check(value), placeOf),
  ];
  const booleans = ambiguousBooleans(parsed)
    .map(({ offset, message }) => errorAt(offset, message))
    .filter((error) => !found.some((other) => byPosition(error, other) === 0));
  const [first, ...others] = [...found, ...booleans].sort(byPosition);
  return first ? { errors: [first, ...others] } : { value, placeOf };
}
