/**
 * A validator for the part of JSON Schema 2020-12 that kharden's schemas use, with messages for people: a `title` says what
 * is expected. A keyword that it does not know is an error of the schema, so that no rule is silently without effect.
 */
import { deepEqual, isArray, isObject, member, type Json, type JsonObject } from '../util/json.ts';
import { formatPointer, parsePointer } from '../patch/index.ts';
import { suggest } from '../util/suggest.ts';

/** What is wrong, and the JSON Pointer of the value that is wrong. */
export interface Violation {
  readonly at: string;
  readonly message: string;
}

/** A value and the schema that it must fit; references lead into `root`. */
interface Place {
  readonly value: Json;
  readonly at: string;
  readonly schema: JsonObject;
  readonly root: JsonObject;
}

/**
 * Validates a value.
 *
 * @returns every violation, none when the value is valid
 */
export function validate(schema: JsonObject, value: Json): Violation[] {
  return check({ value, at: '', schema, root: schema });
}

const ANNOTATIONS = new Set(['$schema', '$id', '$defs', '$comment', 'title', 'description', 'default', 'examples']);

/** What the value itself must be; a value of another kind than the keyword is about fits. */
const FITS: Readonly<Record<string, (expected: Json, place: Place) => boolean>> = {
  type: (expected, { value }) => listOf(expected).some((type) => isOfType(value, type)),
  enum: (expected, { value }) => listOf(expected).some((item) => deepEqual(item, value)),
  const: (expected, { value }) => deepEqual(expected, value),
  not: (expected, place) => under(place, expected).length > 0,
  pattern: (expected, { value }) => typeof value !== 'string' || new RegExp(String(expected), 'u').test(value),
  minimum: (expected, { value }) => typeof value !== 'number' || value >= Number(expected),
  maximum: (expected, { value }) => typeof value !== 'number' || value <= Number(expected),
  minItems: (expected, { value }) => !isArray(value) || value.length >= Number(expected),
  minProperties: (expected, { value }) => !isObject(value) || Object.keys(value).length >= Number(expected),
};

/** What its parts must be. */
const PARTS: Readonly<Record<string, (expected: Json, place: Place) => readonly Violation[]>> = {
  $ref: (expected, place) => check({ ...place, schema: resolve(String(expected), place.root) }),
  required: (expected, { value, at }) =>
    listOf(expected).flatMap((key) =>
      isObject(value) && !Object.hasOwn(value, String(key)) ? [{ at, message: `lacks ${key}` }] : [],
    ),
  properties: (expected, place) =>
    entriesOf(place.value).flatMap(([key, inner]) => {
      const schema = member(expected, key);
      return schema === undefined ? [] : under(place, schema, inner, key);
    }),
  additionalProperties: (expected, place) =>
    entriesOf(place.value).flatMap(([key, inner]) => {
      const known = Object.keys((place.schema['properties'] ?? {}) as JsonObject);
      if (known.includes(key)) return [];
      return expected === false ? [unknownKey(place, key, known)] : under(place, expected, inner, key);
    }),
  propertyNames: (expected, place) => entriesOf(place.value).flatMap(([key]) => under(place, expected, key, key)),
  items: (expected, place) => itemsOf(place.value).flatMap((item, index) => under(place, expected, item, index)),
  uniqueItems: (_, { value, at }) =>
    itemsOf(value).flatMap((item, index, items) =>
      items.slice(0, index).some((other) => deepEqual(item, other))
        ? [{ at: at + formatPointer([index]), message: 'stands twice in the list' }]
        : [],
    ),
  anyOf: (expected, place) => {
    const results = listOf(expected).map((schema) => under(place, schema));
    if (results.some((violations) => violations.length === 0)) return [];
    const [nearest, ...others] = results.filter((violations) => violations.every(({ at }) => at !== place.at));
    return nearest && others.length === 0 ? nearest : [mismatch(place)];
  },
};

function check(place: Place): Violation[] {
  const rules = Object.entries(place.schema).filter(([keyword]) => !ANNOTATIONS.has(keyword));
  const unknown = rules.find(([keyword]) => !FITS[keyword] && !PARTS[keyword]);
  if (unknown) throw new Error(`unsupported keyword ${unknown[0]} in the schema of ${place.at || 'the document'}`);
  if (rules.some(([keyword, expected]) => FITS[keyword]?.(expected, place) === false)) return [mismatch(place)];
  return rules.flatMap(([keyword, expected]) => PARTS[keyword]?.(expected, place) ?? []);
}

function under(place: Place, schema: Json, value: Json = place.value, key?: string | number): Violation[] {
  if (schema === true) return [];
  if (!isObject(schema)) throw new Error(`no schema for ${place.at || 'the document'}`);
  return check({ ...place, schema, value, at: key === undefined ? place.at : place.at + formatPointer([key]) });
}

/** The schema that a reference leads to. */
export function resolve(reference: string, root: JsonObject): JsonObject {
  const [file, pointer = ''] = reference.split('#');
  const target =
    file === '' ? parsePointer(pointer).reduce<Json | undefined>((schema, key) => member(schema, key), root) : undefined;
  if (!isObject(target)) throw new Error(`the reference ${reference} leads nowhere`);
  return target;
}

function unknownKey({ at }: Place, key: string, known: readonly string[]): Violation {
  return { at: at + formatPointer([key]), message: `unknown key: ${nearestOf(key, known)}` };
}

function mismatch({ value, at, schema, root }: Place): Violation {
  const hint = hintFor(value, schema);
  return { at, message: `expected ${expectation(schema, root)}, found ${describe(value)}${hint && `: ${hint}`}` };
}

/** What to do about it, unless what is expected says it already. */
function hintFor(value: Json, schema: JsonObject): string {
  if (schema['type'] === 'string' && typeof value === 'number') return 'quote it';
  const names = listOf(schema['enum'] ?? []).filter((name) => typeof name === 'string');
  if (typeof value !== 'string' || names.length === 0) return '';
  return schema['title'] === undefined && suggest(value, names) === undefined ? '' : nearestOf(value, names);
}

function nearestOf(word: string, known: readonly string[]): string {
  const nearest = suggest(word, known);
  if (nearest !== undefined) return `did you mean ${nearest}?`;
  return known.length > 0 ? `there are ${known.join(', ')}` : 'there are none here';
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
  integer: 'a whole number',
  number: 'a number',
  null: 'null',
};

function expectation(schema: JsonObject, root: JsonObject): string {
  if (typeof schema['title'] === 'string') return schema['title'];
  if (typeof schema['$ref'] === 'string') return expectation(resolve(schema['$ref'], root), root);
  if (schema['const'] !== undefined) return String(schema['const']);
  if (schema['enum'] !== undefined) return alternatives(listOf(schema['enum']).map(String));
  if (schema['anyOf'] !== undefined)
    return alternatives(listOf(schema['anyOf']).map((branch) => expectation(branch as JsonObject, root)));
  if (schema['type'] === undefined) return `a map with ${listOf(schema['required'] ?? []).join(', ')}`;
  const parts = [alternatives(listOf(schema['type']).map((type) => TYPES[String(type)] ?? String(type)))];
  if (schema['minimum'] !== undefined) parts.push(`from ${schema['minimum']}`);
  if (schema['maximum'] !== undefined) parts.push(`up to ${schema['maximum']}`);
  if (schema['minItems'] !== undefined) parts.push(`with at least ${schema['minItems']} item`);
  if (schema['pattern'] !== undefined) parts.push(`that fits ${schema['pattern']}`);
  return parts.join(' ');
}

function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function describe(value: Json): string {
  if (value === null) return 'nothing';
  if (isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isObject(value)) return Object.keys(value).length === 0 ? 'an empty map' : `a map with ${Object.keys(value).join(', ')}`;
  return typeof value === 'string'
    ? `the text ${JSON.stringify(value)}`
    : typeof value === 'number'
      ? `the number ${value}`
      : String(value);
}

function listOf(value: Json): readonly Json[] {
  return isArray(value) ? value : [value];
}

function itemsOf(value: Json): readonly Json[] {
  return isArray(value) ? value : [];
}

function entriesOf(value: Json): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

function isOfType(value: Json, type: Json): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return isArray(value);
  if (type === 'object') return isObject(value);
  return type === 'null' ? value === null : typeof value === type;
}
