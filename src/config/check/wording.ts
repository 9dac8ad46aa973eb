/** What a schema expects and what a value is, in words for people. */
import { isArray, isObject, type Json, type JsonObject } from '../../util/json.ts';
import { suggest } from '../../util/suggest.ts';

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
  integer: 'a whole number',
  number: 'a number',
  null: 'null',
};

/** What a schema expects: its title, else its rules. References in it are followed by `follow`. */
export function expectation(given: JsonObject, follow: (schema: JsonObject) => JsonObject): string {
  const schema = follow(given);
  if (typeof schema['title'] === 'string') return schema['title'];
  if (schema['const'] !== undefined) return String(schema['const']);
  if (isArray(schema['enum'])) return alternatives(schema['enum'].map(String));
  if (isArray(schema['anyOf'])) {
    return alternatives(schema['anyOf'].map((branch) => expectation(branch as JsonObject, follow)));
  }
  if (schema['type'] === undefined) return `a map with ${listOf(schema['required']).join(', ')}`;
  const bounds = [
    ['from', 'minimum'],
    ['up to', 'maximum'],
    ['that fits', 'pattern'],
  ].flatMap(([word, keyword = '']) => (schema[keyword] === undefined ? [] : [`${word} ${schema[keyword]}`]));
  const least = schema['minItems'] === undefined ? [] : [`with at least ${schema['minItems']} item`];
  return [alternatives(listOf(schema['type']).map((type) => TYPES[String(type)] ?? String(type))), ...bounds, ...least].join(' ');
}

/** What a value is. */
export function description(value: Json): string {
  if (value === null) return 'nothing';
  if (isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isObject(value)) return Object.keys(value).length === 0 ? 'an empty map' : `a map with ${Object.keys(value).join(', ')}`;
  if (typeof value === 'string') return `the text ${JSON.stringify(value)}`;
  return typeof value === 'number' ? `the number ${value}` : String(value);
}

/** What to do about a value that does not fit, unless the expectation says it already; the empty text for nothing. */
export function advice(value: Json, schema: JsonObject): string {
  if (schema['type'] === 'string' && typeof value === 'number') return 'quote it';
  const word = wordInList(value, schema);
  if (word !== undefined) return `write ${word} without a list`;
  const names = listOf(schema['enum']).filter((name) => typeof name === 'string');
  if (typeof value !== 'string' || names.length === 0) return '';
  return schema['title'] === undefined && suggest(value, names) === undefined ? '' : nearestOf(value, names);
}

/** The word that a schema takes instead of a list, when the value is a list with it. */
export function wordInList(value: Json, schema: JsonObject): Json | undefined {
  const words = listOf(schema['anyOf']).flatMap((branch) => (isObject(branch) ? (branch['const'] ?? []) : []));
  return isArray(value) ? value.find((item) => words.includes(item)) : undefined;
}

/** How many words of a long list are named. */
const MOST_NAMES = 40;

/** The word that was probably meant, else all that there are. */
export function nearestOf(word: string, known: readonly string[]): string {
  const nearest = suggest(word, known);
  if (nearest !== undefined) return `did you mean ${nearest}?`;
  if (known.length === 0) return 'there are none here';
  const rest = known.length > MOST_NAMES ? ` and ${known.length - MOST_NAMES} more` : '';
  return `there are ${known.slice(0, MOST_NAMES).join(', ')}${rest}`;
}

function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return isArray(value) ? value : [value];
}
