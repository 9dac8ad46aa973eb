/**
 * The options of a transform. One declaration is the source of their type, defaults, validation, JSON Schema and
 * documentation.
 */
import * as Type from 'typebox/type';
import { isArray, isObject, member, path, type Json, type JsonObject } from '../util/json.ts';

/** The declaration of a group of options: the JSON Schema of a map, whose type TypeScript knows. */
export type OptionsSchema = Type.TObject;

/** The complete options that a transform receives; of a transform that is not known, any JSON. */
export type OptionsOf<S extends OptionsSchema> = OptionsSchema extends S ? JsonObject : Type.Static<S>;

/**
 * Declares a group of options. A property is an option, with its `default`, or a further group. The type has every option,
 * the JSON Schema requires none: an option that a configuration leaves out keeps its default.
 *
 * @param description one sentence for the documentation and for editors
 */
export function options<P extends Type.TProperties>(description: string, properties: P): Type.TObject<P> {
  const { required, ...schema } = Type.Object(properties, { description, additionalProperties: false });
  return schema as Type.TObject<P>;
}

/** The declaration of a transform without options. */
export const NO_OPTIONS = options('Has no options.', {});

/** One option, with its place in the declaration. */
export interface DeclaredOption {
  /** The keys that lead to the option, such as `['limits', 'cpu']`. */
  readonly keys: readonly string[];
  readonly schema: JsonObject;
}

/** All options of a declaration, in its order. */
export function listOptions(declaration: OptionsSchema): DeclaredOption[] {
  return Object.entries(propertiesOf(asJson(declaration))).flatMap(([key, schema]): DeclaredOption[] => {
    if (member(schema, 'properties') === undefined) return [{ keys: [key], schema }];
    return listOptions(schema as unknown as OptionsSchema).map((option) => ({ ...option, keys: [key, ...option.keys] }));
  });
}

/** The value of every option that the user does not set. */
export function defaultsOf<S extends OptionsSchema>(declaration: S): OptionsOf<S> {
  return defaultOf(asJson(declaration)) as OptionsOf<S>;
}

function defaultOf(schema: JsonObject): Json {
  if (member(schema, 'properties') === undefined) return schema['default'] ?? null;
  return Object.fromEntries(Object.entries(propertiesOf(schema)).map(([key, inner]) => [key, defaultOf(inner)]));
}

/** True when no option of a declaration has a value. */
export function isUnset(declaration: OptionsSchema, given: JsonObject): boolean {
  return listOptions(declaration).every(({ keys }) => (path(given, ...keys) ?? null) === null);
}

/** What to do about a transform whose options are all unset. */
export function unsetMessage({ id, options: declaration }: { readonly id: string; readonly options: OptionsSchema }): string {
  const keys = listOptions(declaration).map((option) => `transforms.${id}.${option.keys.join('.')}`);
  return `${id} has nothing to write: set ${keys.join(' or ')} in the configuration`;
}

/**
 * Options with the types that the transform expects: a number becomes a text where the declaration takes both, as it does
 * for a quantity (`cpu: 2`).
 *
 * @param given some of the options, valid by the declaration
 */
export function normalizeOptions(declaration: OptionsSchema, given: JsonObject): JsonObject {
  return normalize(asJson(declaration), given) as JsonObject;
}

function normalize(schema: JsonObject | undefined, given: Json): Json {
  if (isObject(given)) {
    const properties = schema ? propertiesOf(schema) : {};
    return Object.fromEntries(Object.entries(given).map(([key, inner]) => [key, normalize(properties[key], inner)]));
  }
  const types = schema?.['type'];
  return typeof given === 'number' && isArray(types) && types.includes('string') ? String(given) : given;
}

function propertiesOf(schema: JsonObject): Record<string, JsonObject> {
  return (member(schema, 'properties') ?? {}) as Record<string, JsonObject>;
}

function asJson(declaration: OptionsSchema): JsonObject {
  return declaration as unknown as JsonObject;
}
