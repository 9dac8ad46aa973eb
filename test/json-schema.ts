/**
 * A small validator for the part of JSON Schema 2020-12 that kharden's schemas use. A keyword that it does not know is an
 * error of the schema, so that no rule is silently without effect.
 */
import { deepEqual, isArray, isObject, member, type Json, type JsonObject } from '../src/json.ts';

/** What is wrong, and the JSON Pointer of the value that is wrong. */
export interface Violation {
  readonly at: string;
  readonly message: string;
}

/** The value, its pointer, the schema, and the documents in which references are looked up. */
interface Place {
  readonly value: Json;
  readonly at: string;
  readonly schema: JsonObject;
  readonly documents: Documents;
}

interface Documents {
  readonly root: JsonObject;
  readonly others: Readonly<Record<string, JsonObject>>;
}

type Rule = (expected: Json, place: Place) => readonly Violation[];

/**
 * Validates a value.
 *
 * @param others further schemas by the file name with which `$ref` names them
 * @returns every violation, none when the value is valid
 */
export function validate(schema: JsonObject, value: Json, others: Readonly<Record<string, JsonObject>> = {}): Violation[] {
  return check({ value, at: '', schema, documents: { root: schema, others } });
}

const ANNOTATIONS = new Set(['$schema', '$id', '$defs', '$comment', 'title', 'description', 'default', 'examples']);

function check(place: Place): Violation[] {
  return Object.entries(place.schema).flatMap(([keyword, expected]) => {
    if (ANNOTATIONS.has(keyword)) return [];
    const rule = RULES[keyword];
    if (!rule) throw new Error(`unsupported keyword ${keyword} in the schema of ${place.at || 'the document'}`);
    return rule(expected, place);
  });
}

function under(place: Place, schema: Json, value: Json = place.value, key?: string | number): Violation[] {
  if (!isObject(schema)) throw new Error(`no schema for ${place.at || 'the document'}`);
  return check({ ...place, schema, value, at: key === undefined ? place.at : `${place.at}/${escape(String(key))}` });
}

function escape(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function failIf(isWrong: boolean, { at }: Place, message: string): Violation[] {
  return isWrong ? [{ at, message }] : [];
}

function list(value: Json): readonly Json[] {
  return isArray(value) ? value : [value];
}

function isOfType(value: Json, type: Json): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return isArray(value);
  if (type === 'object') return isObject(value);
  return type === 'null' ? value === null : typeof value === type;
}

const RULES: Readonly<Record<string, Rule>> = {
  $ref: (expected, place) => resolve(String(expected), place),
  type: (expected, place) =>
    failIf(!list(expected).some((type) => isOfType(place.value, type)), place, `must be ${list(expected).join(' or ')}`),
  enum: (expected, place) =>
    failIf(!list(expected).some((item) => deepEqual(item, place.value)), place, `must be one of ${list(expected).join(', ')}`),
  const: (expected, place) => failIf(!deepEqual(expected, place.value), place, `must be ${JSON.stringify(expected)}`),
  required: (expected, place) =>
    list(expected).flatMap((key) => failIf(lacks(place.value, String(key)), place, `lacks ${String(key)}`)),
  properties: (expected, place) =>
    entriesOf(place.value).flatMap(([key, value]) => {
      const schema = member(expected, key);
      return schema === undefined ? [] : under(place, schema, value, key);
    }),
  additionalProperties: (expected, place) =>
    entriesOf(place.value).flatMap(([key, value]) => {
      if (member(member(place.schema, 'properties'), key) !== undefined || expected === true) return [];
      return expected === false ? failIf(true, place, `has an unknown key ${key}`) : under(place, expected, value, key);
    }),
  propertyNames: (expected, place) => entriesOf(place.value).flatMap(([key]) => under(place, expected, key, key)),
  items: (expected, place) => itemsOf(place.value).flatMap((item, index) => under(place, expected, item, index)),
  minItems: (expected, place) =>
    failIf(isArray(place.value) && place.value.length < Number(expected), place, `has fewer than ${expected} items`),
  uniqueItems: (expected, place) => failIf(expected === true && hasTwin(itemsOf(place.value)), place, 'has an item twice'),
  pattern: (expected, place) =>
    failIf(!textOf(place.value, (text) => new RegExp(String(expected), 'u').test(text)), place, `must match ${expected}`),
  minLength: (expected, place) =>
    failIf(!textOf(place.value, (text) => text.length >= Number(expected)), place, `is shorter than ${expected}`),
  minimum: (expected, place) =>
    failIf(!numberOf(place.value, (number) => number >= Number(expected)), place, `is below ${expected}`),
  maximum: (expected, place) =>
    failIf(!numberOf(place.value, (number) => number <= Number(expected)), place, `is above ${expected}`),
  allOf: (expected, place) => list(expected).flatMap((schema) => under(place, schema)),
  anyOf: (expected, place) => failIf(fitting(expected, place) === 0, place, 'fits no alternative'),
  oneOf: (expected, place) => failIf(fitting(expected, place) !== 1, place, 'must fit exactly one alternative'),
};

function lacks(value: Json, key: string): boolean {
  return isObject(value) && !Object.hasOwn(value, key);
}

function itemsOf(value: Json): readonly Json[] {
  return isArray(value) ? value : [];
}

function textOf(value: Json, isFine: (text: string) => boolean): boolean {
  return typeof value !== 'string' || isFine(value);
}

function numberOf(value: Json, isFine: (number: number) => boolean): boolean {
  return typeof value !== 'number' || isFine(value);
}

function fitting(alternatives: Json, place: Place): number {
  return list(alternatives).filter((schema) => under(place, schema).length === 0).length;
}

function entriesOf(value: Json): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

function hasTwin(items: readonly Json[]): boolean {
  return items.some((item, index) => items.slice(0, index).some((other) => deepEqual(item, other)));
}

function resolve(reference: string, place: Place): Violation[] {
  const [file = '', pointer = ''] = reference.split('#');
  const root = file === '' ? place.documents.root : place.documents.others[file];
  const keys = pointer.split('/').slice(1).map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const target = keys.reduce<Json | undefined>((schema, key) => member(schema, key), root);
  if (!root || !isObject(target)) throw new Error(`the reference ${reference} leads nowhere`);
  return check({ ...place, schema: target, documents: { ...place.documents, root } });
}
