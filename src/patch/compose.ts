/** Composes operations on one document to one edit, and finds those that disagree. */
import { deepEqual, isArray, isObject, setMember, type Json } from '../util/json.ts';
import type { Edit } from './edit.ts';
import { ConflictError, ShapeError } from './errors.ts';
import type { Op } from './operation.ts';
import { formatPointer, parentOf } from './pointer.ts';

/** Orders the keys that are added to one object. */
export type CompareKeys = (left: string, right: string) => number;

/**
 * Composes operations on `value` into one edit, or undefined when there are none. Missing and null parents of an `add`
 * are created; `/-` appends to an array, an index inserts before it. Added keys are ordered by `compareKeys`, so that the
 * result does not depend on the order of the operations.
 *
 * @throws ConflictError when two operations write one value differently, or when `was` is not the value there; ShapeError
 *   when they need a map or a list and the value is something else.
 */
export function compose(value: Json, ops: Iterable<Op>, compareKeys: CompareKeys): Edit | undefined {
  const drafts = new Drafts(value);
  for (const op of ops) drafts.record(op);
  return editOf(drafts.root, compareKeys);
}

/** What the operations say about one value while they are collected. */
class Draft {
  /** Of the draft that this one is a child of. */
  readonly parent: Draft | undefined;
  readonly key: string;
  /** The value that is there now. */
  readonly value: Json | undefined;
  set: Json | undefined = undefined;
  isRemoved = false;
  /** By key, or by index as a text. */
  children: Map<string, Draft> | undefined = undefined;
  inserted: Map<number, Json[]> | undefined = undefined;

  constructor(parent: Draft | undefined, key: string, value: Json | undefined) {
    this.parent = parent;
    this.key = key;
    this.value = value;
  }

  childAt(key: string): Draft {
    this.children ??= new Map();
    const known = this.children.get(key);
    if (known) return known;
    const child = new Draft(this, key, valueAt(this.value, key));
    this.children.set(key, child);
    return child;
  }

  /** JSON Pointer from the document, for messages. */
  get pointer(): string {
    return this.parent ? this.parent.pointer + formatPointer([this.key]) : '';
  }
}

/** The drafts of one document. Most operations share their parents, which are found by their pointers. */
class Drafts {
  readonly root: Draft;
  readonly #byPointer = new Map<string, Draft>();

  constructor(value: Json) {
    this.root = new Draft(undefined, '', value);
    this.#byPointer.set('', this.root);
  }

  record(op: Op): void {
    const place = parentOf(op.path);
    if (!place) throw new ConflictError('an operation names the whole document');
    const draft = this.#at(place.parent);
    if (op.op === 'add' && (place.key === '-' || isArray(draft.value))) recordInsertion(draft, place.key, op);
    else recordChange(draft.childAt(place.key), op);
  }

  #at(pointer: string): Draft {
    const known = this.#byPointer.get(pointer);
    if (known) return known;
    const place = parentOf(pointer);
    const draft = place ? this.#at(place.parent).childAt(place.key) : this.root;
    this.#byPointer.set(pointer, draft);
    return draft;
  }
}

function recordInsertion(draft: Draft, key: string, op: Op & { op: 'add' }): void {
  const length = isArray(draft.value) ? draft.value.length : 0;
  const index = key === '-' ? length : Number(key);
  if (!Number.isInteger(index)) throw new ShapeError(draft.pointer, draft.value ?? null);
  if (index < 0 || index > length) throw new ConflictError(`${op.path} names no place in the list`);
  draft.inserted ??= new Map();
  const others = draft.inserted.get(index);
  if (others) others.push(op.value);
  else draft.inserted.set(index, [op.value]);
}

function recordChange(draft: Draft, op: Op): void {
  const { value } = draft;
  if (op.op !== 'add' && !deepEqual(value, op.was)) throw new ConflictError(`${op.path} is not what ${op.op} expects`);
  if (op.op === 'remove') {
    draft.isRemoved = true;
  } else {
    if (op.op === 'add' && value !== undefined && value !== null) throw new ConflictError(`${op.path} is there already`);
    if (draft.set !== undefined && !deepEqual(draft.set, op.value)) throw new ConflictError(`${op.path} is written in two ways`);
    draft.set = op.value;
  }
  if (draft.set !== undefined && draft.isRemoved) throw new ConflictError(`${op.path} is written and removed`);
}

function valueAt(value: Json | undefined, key: string): Json | undefined {
  if (isArray(value)) return value[Number(key)];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The edit that a draft comes to for the value that is there now. */
function editOf(draft: Draft, compareKeys: CompareKeys): Edit | undefined {
  const { value, set, children, inserted } = draft;
  const hasParts = children !== undefined || inserted !== undefined;
  if (set !== undefined || draft.isRemoved) {
    if (hasParts) throw new ConflictError(`${draft.pointer} is written as a whole and in parts`);
    return set !== undefined ? { kind: 'set', value: set } : { kind: 'remove' };
  }
  if (!hasParts) return undefined;
  if (isArray(value)) return editOfArray(draft, value, compareKeys);
  if (value === undefined || value === null) return { kind: 'set', value: newValue(draft, compareKeys) };
  if (!isObject(value) || inserted) throw new ShapeError(draft.pointer, value);
  const keys = new Map<string, Edit>();
  for (const child of sortedChildren(draft, compareKeys)) {
    const edit = editOf(child, compareKeys);
    if (edit) keys.set(child.key, edit);
  }
  return { kind: 'object', keys };
}

const NOTHING_INSERTED: ReadonlyMap<number, readonly Json[]> = new Map();

function editOfArray(draft: Draft, value: readonly Json[], compareKeys: CompareKeys): Edit {
  const items = new Map<number, Edit>();
  for (const child of draft.children?.values() ?? []) {
    const index = Number(child.key);
    if (!Number.isInteger(index)) throw new ShapeError(draft.pointer, value);
    if (index < 0 || index >= value.length) throw new ConflictError(`${child.pointer} names no item`);
    const edit = editOf(child, compareKeys);
    if (edit) items.set(index, edit);
  }
  return { kind: 'array', items, inserted: draft.inserted ?? NOTHING_INSERTED };
}

function sortedChildren({ children }: Draft, compareKeys: CompareKeys): Draft[] {
  const drafts = children ? [...children.values()] : [];
  return drafts.length < 2 ? drafts : drafts.sort((left, right) => compareKeys(left.key, right.key));
}

/** The value of a draft for which no value is there now. */
function newValue(draft: Draft, compareKeys: CompareKeys): Json {
  if (draft.set !== undefined) return draft.set;
  if (draft.inserted) {
    if (draft.children) throw new ConflictError(`${draft.pointer} is used as an array and as an object`);
    return [...draft.inserted.values()].flat();
  }
  const value: Record<string, Json> = {};
  for (const child of sortedChildren(draft, compareKeys)) setMember(value, child.key, newValue(child, compareKeys));
  return value;
}
