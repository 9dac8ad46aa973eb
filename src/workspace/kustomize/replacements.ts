/** The `replacements` of a kustomization: a value of one object written into others (kustomize, "replacements"). */
import { isArray, isObject, itemsAt, member, objectAt, path, stringAt, type Json, type JsonObject } from '../../util/json.ts';
import { fitsTarget } from './selector.ts';
import type { Identity } from './step.ts';

/** The objects of a build that fit; those that it generates are not among them. */
export type Objects = (fits: (identity: Identity) => boolean) => JsonObject | undefined;

/** One target of a replacement. */
export interface Replacement {
  fits(identity: Identity): boolean;
  /** The object with the value written; the same one where the value is not known. */
  apply(value: JsonObject): JsonObject;
}

/** Reads one entry of `replacements`. */
export function readReplacement(entry: Json, find: Objects): Replacement[] {
  const source = path(entry, 'source');
  return itemsAt(entry, 'targets').map((target) => {
    const isSelected = fitsTarget(objectAt(target, 'select'));
    const rejected = itemsAt(target, 'reject').map((one) => fitsTarget(isObject(one) ? one : {}));
    return {
      fits: (identity) => isSelected(identity) && !rejected.some((fits) => fits(identity)),
      apply(value) {
        const given = isObject(source) ? valueOf(source, find) : member(entry, 'sourceValue');
        return given === undefined ? value : writeFields(value, target, given);
      },
    };
  });
}

function valueOf(source: JsonObject, find: Objects): Json | undefined {
  const object = find(fitsTarget(source));
  const fieldPath = stringAt(source, 'fieldPath') ?? 'metadata.name';
  const found = object && keysOf(fieldPath).reduce<Json | undefined>((value, key) => step(value, key), object);
  return found === undefined ? undefined : partOf(found, objectAt(source, 'options'));
}

/** The part of a text that `delimiter` and `index` name. */
function partOf(value: Json, options: JsonObject): Json | undefined {
  const delimiter = stringAt(options, 'delimiter');
  return delimiter === undefined ? value : String(value).split(delimiter)[Number(member(options, 'index') ?? 0)];
}

function writeFields(value: JsonObject, target: Json, given: Json): JsonObject {
  const options = objectAt(target, 'options');
  const fieldPaths = itemsAt(target, 'fieldPaths').filter((one) => typeof one === 'string');
  return (fieldPaths.length > 0 ? fieldPaths : ['metadata.name']).reduce<JsonObject>(
    (before, fieldPath) => written(before, keysOf(fieldPath), given, options) as JsonObject,
    value,
  );
}

/** The keys of `spec.containers.[name=web].image`; a backslash escapes a dot. */
function keysOf(fieldPath: string): string[] {
  return [...fieldPath.matchAll(/\[[^\]]*\]|(?:\\.|[^.\\])+/g)].map(([key]) => key.replace(/\\(.)/g, '$1'));
}

const BY_FIELD = /^\[([^=]*)=(.*)\]$/;

function isNamed(item: Json, key: string): boolean {
  const [, field = '', value] = BY_FIELD.exec(key) ?? [];
  return String(field === '' ? item : (member(item, field) ?? '')) === value;
}

function step(value: Json | undefined, key: string): Json | undefined {
  if (!isArray(value)) return member(value, key.replace(/^\[(.*)\]$/, '$1'));
  return BY_FIELD.test(key) ? value.find((item) => isNamed(item, key)) : value[Number(key)];
}

function written(value: Json | undefined, keys: readonly string[], given: Json, options: JsonObject): Json | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) return replaced(value, given, options);
  if (isArray(value)) {
    const fits = (item: Json, index: number): boolean => key === '*' || isNamed(item, key) || key === String(index);
    return value.map((item, index) => (fits(item, index) ? (written(item, rest, given, options) ?? item) : item));
  }
  if (!isObject(value) && !(value === undefined && member(options, 'create') === true)) return value;
  const field = key.replace(/^\[(.*)\]$/, '$1');
  const inner = written(member(value, field), rest, given, options);
  return inner === undefined ? value : { ...(isObject(value) ? value : {}), [field]: inner };
}

/** With a delimiter the value takes the place of one part of the text; what is missing is only written with `create`. */
function replaced(before: Json | undefined, given: Json, options: JsonObject): Json | undefined {
  if (before === undefined) return member(options, 'create') === true ? given : undefined;
  const delimiter = stringAt(options, 'delimiter');
  if (delimiter === undefined || typeof before !== 'string') return given;
  const parts = before.split(delimiter);
  const index = Number(member(options, 'index') ?? 0);
  if (index < 0) return [String(given), ...parts].join(delimiter);
  if (index >= parts.length) return [...parts, String(given)].join(delimiter);
  return parts.with(index, String(given)).join(delimiter);
}
