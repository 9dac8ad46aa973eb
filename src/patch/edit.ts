/**
 * The composed operations of one document: a tree that mirrors the value. The splicer and the JSON Patch are made from it.
 */
import { isArray, isObject, setMember, type Json } from '../util/json.ts';
import { ConflictError } from './errors.ts';

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

/**
 * The value with the edit carried out; `value` itself is not changed.
 *
 * @throws ConflictError when the edit removes the value itself
 */
export function applyEdit(value: Json, edit: Edit): Json {
  switch (edit.kind) {
    case 'set':
      return edit.value;
    case 'remove':
      throw new ConflictError('the root of an edit cannot be removed');
    case 'object':
      return applyToObject(value, edit.keys);
    case 'array':
      return applyToArray(isArray(value) ? value : [], edit);
  }
}

function applyToObject(value: Json, keys: ReadonlyMap<string, Edit>): Json {
  const before = isObject(value) ? value : {};
  const result: Record<string, Json> = {};
  for (const key of Object.keys(before)) {
    const edit = keys.get(key);
    const inner = before[key] as Json;
    if (edit?.kind !== 'remove') setMember(result, key, edit ? applyEdit(inner, edit) : inner);
  }
  for (const [key, edit] of keys) {
    if (edit.kind !== 'remove' && !Object.hasOwn(before, key)) setMember(result, key, applyEdit(null, edit));
  }
  return result;
}

function applyToArray(value: readonly Json[], { items, inserted }: Edit & { kind: 'array' }): Json {
  const result: Json[] = [];
  for (let index = 0; index <= value.length; index++) {
    for (const item of inserted.get(index) ?? []) result.push(item);
    const item = value[index];
    const edit = items.get(index);
    if (item === undefined || edit?.kind === 'remove') continue;
    result.push(edit ? applyEdit(item, edit) : item);
  }
  return result;
}
