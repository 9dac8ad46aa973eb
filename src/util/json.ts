/** JSON values as plain data, and the few questions that every layer asks of them. */

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for a JSON object, false for arrays, scalars, null and undefined. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a JSON array; narrows to a read-only one, which `Array.isArray` does not. */
export function isArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** Own property of a JSON object, or undefined when `value` is no object or has no such key. Safe for `__proto__`. */
export function member(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found = (value as JsonObject)[key];
  if (found === undefined || Array.isArray(value)) return undefined;
  // What every object inherits is a function, but for its prototype.
  const isInherited = (typeof found === 'function' || key === '__proto__') && !Object.hasOwn(value, key);
  return isInherited ? undefined : found;
}

/** The value at a chain of keys, or undefined as soon as one is missing. */
export function path(value: Json | undefined, ...keys: readonly string[]): Json | undefined {
  let found = value;
  for (let index = 0; index < keys.length && found !== undefined; index++) found = member(found, keys[index] as string);
  return found;
}

/** The string at a chain of keys, or undefined when it is missing or no string. */
export function stringAt(value: Json | undefined, ...keys: readonly string[]): string | undefined {
  let found = value;
  for (let index = 0; index < keys.length && found !== undefined; index++) found = member(found, keys[index] as string);
  return typeof found === 'string' ? found : undefined;
}

const NO_ITEMS: readonly Json[] = [];

/** The items of the array at a chain of keys; empty when it is missing or no array. */
export function itemsAt(value: Json | undefined, ...keys: readonly string[]): readonly Json[] {
  let found = value;
  for (let index = 0; index < keys.length && found !== undefined; index++) found = member(found, keys[index] as string);
  return isArray(found) ? found : NO_ITEMS;
}

const NO_MEMBERS: JsonObject = {};

/** The object at a chain of keys; empty when it is missing or no object. */
export function objectAt(value: Json | undefined, ...keys: readonly string[]): JsonObject {
  let found = value;
  for (let index = 0; index < keys.length && found !== undefined; index++) found = member(found, keys[index] as string);
  return isObject(found) ? found : NO_MEMBERS;
}

/** Structural equality; the order of keys in an object does not matter, NaN equals NaN. */
export function deepEqual(left: Json | undefined, right: Json | undefined): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  return isArray(left) ? isArray(right) && areItemsEqual(left, right) : !isArray(right) && areMembersEqual(left, right);
}

function areItemsEqual(left: readonly Json[], right: readonly Json[]): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) if (!deepEqual(left[index], right[index])) return false;
  return true;
}

function areMembersEqual(left: JsonObject, right: JsonObject): boolean {
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  for (const key of keys) if (!Object.hasOwn(right, key) || !deepEqual(left[key], right[key])) return false;
  return true;
}

/** Sets an own property of an object, also one with the name `__proto__`. */
export function setMember(object: Record<string, Json>, key: string, value: Json): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

/** A copy that shares nothing with `value`; where `value` holds one object in two places, the copy holds two. */
export function copyOf<T extends Json>(value: T): T {
  if (isArray(value)) return value.map(copyOf) as Json as T;
  if (!isObject(value)) return value;
  const copy: Record<string, Json> = {};
  for (const key of Object.keys(value as JsonObject)) setMember(copy, key, copyOf((value as JsonObject)[key] as Json));
  return copy as Json as T;
}

/** `base` with the keys of `over` put over it, map by map; anything that is no map on both sides is replaced. */
export function merge(base: JsonObject, over: JsonObject | undefined): JsonObject {
  const entries = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over ?? {})) {
    const before = entries.get(key);
    entries.set(key, isObject(before) && isObject(value) ? merge(before, value) : value);
  }
  return Object.fromEntries(entries);
}
