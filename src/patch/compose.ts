/** Composes operations on one document to one edit, and finds those that disagree. */
import { deepEqual, isArray, isObject, type Json } from '../util/json.ts';
import type { Edit } from './edit.ts';
import { ConflictError, ShapeError } from './errors.ts';
import type { Op } from './operation.ts';
import { formatPointer, parsePointer } from './pointer.ts';

/** Orders the keys that are added to one object. */
export type CompareKeys = (left: string, right: string) => number;

/** What the operations say about one value while they are collected. */
interface Draft {
  /** Of the draft that this one is a child of. */
  readonly parent: Draft | undefined;
  readonly key: string;
  set: { readonly value: Json } | undefined;
  isRemoved: boolean;
  /** By key, or by index as a text. */
  readonly children: Map<string, Draft>;
  readonly inserted: Map<number, Json[]>;
}

/**
 * Composes operations on `value` into one edit, or undefined when there are none. Missing and null parents of an `add`
 * are created; `/-` appends to an array, an index inserts before it. Added keys are ordered by `compareKeys`, so that the
 * result does not depend on the order of the operations.
 *
 * @throws ConflictError when two operations write one value differently, or when `was` is not the value there; ShapeError
 *   when they need a map or a list and the value is something else.
 */
export function compose(value: Json, ops: Iterable<Op>, compareKeys: CompareKeys): Edit | undefined {
  const root = newDraft(undefined, '');
  for (const op of ops) record(root, value, op);
  return editOf(root, value, compareKeys);
}

function newDraft(parent: Draft | undefined, key: string): Draft {
  return { parent, key, set: undefined, isRemoved: false, children: new Map(), inserted: new Map() };
}

/** JSON Pointer from the document, for messages. */
function pointerTo({ parent, key }: Draft): string {
  return parent ? pointerTo(parent) + formatPointer([key]) : '';
}

function record(root: Draft, rootValue: Json, op: Op): void {
  const keys = parsePointer(op.path);
  const last = keys.pop();
  if (last === undefined) throw new ConflictError('an operation names the whole document');
  let draft = root;
  let value: Json | undefined = rootValue;
  for (const key of keys) {
    draft = childOf(draft, key);
    value = valueAt(value, key);
  }
  if (op.op === 'add' && (last === '-' || isArray(value))) recordInsertion(draft, value, last, op);
  else recordChange(childOf(draft, last), valueAt(value, last), op);
}

function recordInsertion(draft: Draft, list: Json | undefined, key: string, op: Op & { op: 'add' }): void {
  const length = isArray(list) ? list.length : 0;
  const index = key === '-' ? length : Number(key);
  if (!Number.isInteger(index)) throw new ShapeError(pointerTo(draft), list ?? null);
  if (index < 0 || index > length) throw new ConflictError(`${op.path} names no place in the list`);
  const others = draft.inserted.get(index);
  if (others) others.push(op.value);
  else draft.inserted.set(index, [op.value]);
}

function recordChange(draft: Draft, existing: Json | undefined, op: Op): void {
  if (op.op !== 'add' && !deepEqual(existing, op.was)) throw new ConflictError(`${op.path} is not what ${op.op} expects`);
  if (op.op === 'remove') {
    draft.isRemoved = true;
  } else {
    if (op.op === 'add' && existing !== undefined && existing !== null) throw new ConflictError(`${op.path} is there already`);
    if (draft.set && !deepEqual(draft.set.value, op.value)) throw new ConflictError(`${op.path} is written in two ways`);
    draft.set = { value: op.value };
  }
  if (draft.set && draft.isRemoved) throw new ConflictError(`${op.path} is written and removed`);
}

function childOf(draft: Draft, key: string): Draft {
  const known = draft.children.get(key);
  if (known) return known;
  const child = newDraft(draft, key);
  draft.children.set(key, child);
  return child;
}

function valueAt(value: Json | undefined, key: string): Json | undefined {
  if (isArray(value)) return value[Number(key)];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The edit that a draft comes to for the value that is there now. */
function editOf(draft: Draft, value: Json | undefined, compareKeys: CompareKeys): Edit | undefined {
  const hasParts = draft.children.size > 0 || draft.inserted.size > 0;
  if (draft.set || draft.isRemoved) {
    if (hasParts) throw new ConflictError(`${pointerTo(draft)} is written as a whole and in parts`);
    return draft.set ? { kind: 'set', value: draft.set.value } : { kind: 'remove' };
  }
  if (!hasParts) return undefined;
  if (isArray(value)) return editOfArray(draft, value, compareKeys);
  if (value === undefined || value === null) return { kind: 'set', value: newValue(draft, compareKeys) };
  if (!isObject(value) || draft.inserted.size > 0) throw new ShapeError(pointerTo(draft), value);
  const keys = new Map<string, Edit>();
  for (const [key, child] of sortedChildren(draft, compareKeys)) {
    const edit = editOf(child, valueAt(value, key), compareKeys);
    if (edit) keys.set(key, edit);
  }
  return { kind: 'object', keys };
}

function editOfArray(draft: Draft, value: readonly Json[], compareKeys: CompareKeys): Edit {
  const items = new Map<number, Edit>();
  for (const [key, child] of draft.children) {
    const index = Number(key);
    if (!Number.isInteger(index)) throw new ShapeError(pointerTo(draft), value);
    if (index < 0 || index >= value.length) throw new ConflictError(`${pointerTo(child)} names no item`);
    const edit = editOf(child, value[index], compareKeys);
    if (edit) items.set(index, edit);
  }
  return { kind: 'array', items, inserted: draft.inserted };
}

function sortedChildren({ children }: Draft, compareKeys: CompareKeys): [string, Draft][] {
  return [...children].sort(([left], [right]) => compareKeys(left, right));
}

/** The value of a draft for which no value is there now. */
function newValue(draft: Draft, compareKeys: CompareKeys): Json {
  if (draft.set) return draft.set.value;
  if (draft.inserted.size > 0) {
    if (draft.children.size > 0) throw new ConflictError(`${pointerTo(draft)} is used as an array and as an object`);
    return [...draft.inserted.values()].flat();
  }
  return Object.fromEntries(sortedChildren(draft, compareKeys).map(([key, child]) => [key, newValue(child, compareKeys)]));
}
