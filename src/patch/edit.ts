/**
 * The composed operations of one document: a tree that mirrors the value, with each change at the place that it names.
 * It is what the splicer prints, what the JSON Patch is written from, and what tells two disagreeing transforms apart.
 */
import { deepEqual, isArray, isObject, type Json } from '../util/json.ts';
import type { Op } from './operation.ts';
import { formatPointer, parsePointer } from './pointer.ts';

export type Edit =
  /** The value here is added (when the key is new) or replaced as a whole. */
  | { readonly kind: 'set'; readonly value: Json }
  | { readonly kind: 'remove' }
  | { readonly kind: 'object'; readonly keys: ReadonlyMap<string, Edit> }
  /** `inserted` maps an index of the original array to the items that go before it; its length means the end. */
  | {
      readonly kind: 'array';
      readonly items: ReadonlyMap<number, Edit>;
      readonly inserted: ReadonlyMap<number, readonly Json[]>;
    };

interface Draft {
  set?: { value: Json };
  remove?: true;
  keys: Map<string, Draft>;
  inserted: Map<number, Json[]>;
  pointer: string;
}

/** Orders the keys that are added to one object. */
export type CompareKeys = (left: string, right: string) => number;

/** Two operations that cannot both be carried out: a bug in the transforms, never the user's fault. */
export class ConflictError extends Error {}

/** A value of the author that cannot hold what belongs into it, such as a text where the API server wants a map. */
export class ShapeError extends Error {
  readonly pointer: string;

  constructor(pointer: string, value: Json) {
    const [found, wanted] = isArray(value) ? ['list', 'map'] : isObject(value) ? ['map', 'list'] : ['scalar', 'map or a list'];
    super(`${pointer} holds a ${found} where Kubernetes wants a ${wanted}`);
    this.pointer = pointer;
  }
}

/**
 * Composes operations on `value` into one edit, or undefined when there are none. Missing and null parents of an `add`
 * are created; `/-` appends to an array, an index inserts before it. Added keys are ordered by `compareKeys`, so that the
 * order of the operations does not show.
 *
 * @throws ConflictError when two operations write one place differently, or when `was` is not what stands there; ShapeError
 *   when something else stands where they need a map or a list.
 */
export function compose(value: Json, ops: Iterable<Op>, compareKeys: CompareKeys): Edit | undefined {
  const root = draft('');
  for (const op of ops) record(root, value, op);
  return finish(root, value, compareKeys);
}

function draft(pointer: string): Draft {
  return { keys: new Map(), inserted: new Map(), pointer };
}

function record(root: Draft, rootValue: Json, op: Op): void {
  const tokens = parsePointer(op.path);
  const last = tokens.pop();
  if (last === undefined) throw new ConflictError('an operation names the whole document');
  let place = root;
  let value: Json | undefined = rootValue;
  for (const token of tokens) {
    place = child(place, token);
    value = valueAt(value, token);
  }
  if (op.op === 'add' && (last === '-' || isArray(value))) {
    const length = isArray(value) ? value.length : 0;
    const index = last === '-' ? length : Number(last);
    if (!Number.isInteger(index)) throw new ShapeError(place.pointer, value ?? null);
    if (index < 0 || index > length) throw new ConflictError(`${op.path} names no place in the list`);
    const others = place.inserted.get(index);
    if (others) others.push(op.value);
    else place.inserted.set(index, [op.value]);
    return;
  }
  const target = child(place, last);
  const existing = valueAt(value, last);
  if (op.op !== 'add' && !deepEqual(existing, op.was)) throw new ConflictError(`${op.path} is not what ${op.op} expects`);
  if (op.op === 'remove') {
    target.remove = true;
  } else {
    if (op.op === 'add' && existing !== undefined && existing !== null) throw new ConflictError(`${op.path} is there already`);
    if (target.set && !deepEqual(target.set.value, op.value)) throw new ConflictError(`${op.path} is written in two ways`);
    target.set = { value: op.value };
  }
  if (target.set && target.remove) throw new ConflictError(`${op.path} is written and removed`);
}

function child(place: Draft, token: string): Draft {
  const found = place.keys.get(token) ?? draft(`${place.pointer}${formatPointer([token])}`);
  place.keys.set(token, found);
  return found;
}

function valueAt(value: Json | undefined, token: string): Json | undefined {
  if (isArray(value)) return value[Number(token)];
  return isObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
}

function finish(place: Draft, value: Json | undefined, compareKeys: CompareKeys): Edit | undefined {
  const hasChildren = place.keys.size > 0 || place.inserted.size > 0;
  if (place.set || place.remove) {
    if (hasChildren) throw new ConflictError(`${place.pointer} is written as a whole and in parts`);
    return place.set ? { kind: 'set', value: place.set.value } : { kind: 'remove' };
  }
  if (!hasChildren) return undefined;
  if (isArray(value)) {
    const items = new Map<number, Edit>();
    for (const [token, inner] of place.keys) {
      const index = Number(token);
      if (!Number.isInteger(index)) throw new ShapeError(place.pointer, value);
      if (index < 0 || index >= value.length) throw new ConflictError(`${inner.pointer} names no item`);
      const edit = finish(inner, value[index], compareKeys);
      if (edit) items.set(index, edit);
    }
    return { kind: 'array', items, inserted: place.inserted };
  }
  if (isObject(value)) {
    if (place.inserted.size > 0) throw new ShapeError(place.pointer, value);
    const keys = new Map<string, Edit>();
    for (const [token, inner] of sorted(place.keys, compareKeys)) {
      const edit = finish(inner, valueAt(value, token), compareKeys);
      if (edit) keys.set(token, edit);
    }
    return { kind: 'object', keys };
  }
  if (value === undefined || value === null) return { kind: 'set', value: build(place, compareKeys) };
  throw new ShapeError(place.pointer, value);
}

function sorted(keys: ReadonlyMap<string, Draft>, compareKeys: CompareKeys): [string, Draft][] {
  return [...keys].sort(([left], [right]) => compareKeys(left, right));
}

/** The value of a place that does not exist yet. */
function build(place: Draft, compareKeys: CompareKeys): Json {
  if (place.set) return place.set.value;
  if (place.inserted.size > 0) {
    if (place.keys.size > 0) throw new ConflictError(`${place.pointer} is used as an array and as an object`);
    return [...place.inserted.values()].flat();
  }
  return Object.fromEntries(sorted(place.keys, compareKeys).map(([key, inner]) => [key, build(inner, compareKeys)]));
}

/** The value with the edit carried out; `value` itself is not changed. */
export function applyEdit(value: Json, edit: Edit): Json {
  switch (edit.kind) {
    case 'set':
      return edit.value;
    case 'remove':
      throw new ConflictError('the root of an edit cannot be removed');
    case 'object': {
      const entries = new Map(Object.entries(isObject(value) ? value : {}));
      for (const [key, inner] of edit.keys) {
        if (inner.kind === 'remove') entries.delete(key);
        else entries.set(key, applyEdit(entries.get(key) ?? null, inner));
      }
      return Object.fromEntries(entries);
    }
    case 'array': {
      const result: Json[] = [];
      const original = isArray(value) ? value : [];
      for (let index = 0; index <= original.length; index++) {
        for (const item of edit.inserted.get(index) ?? []) result.push(item);
        const item = original[index];
        const inner = edit.items.get(index);
        if (item === undefined || inner?.kind === 'remove') continue;
        result.push(inner ? applyEdit(item, inner) : item);
      }
      return result;
    }
  }
}
