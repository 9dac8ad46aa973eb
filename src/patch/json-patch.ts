/** RFC 6902: writing the patch of an edit, and applying it with a library that shares no code with the splicer. */
import jsonPatch from 'json-patch';
import { copyOf, isArray, isObject, type Json } from '../util/json.ts';
import type { Edit } from './edit.ts';
import { formatPointer, parsePointer } from './pointer.ts';

export type PatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string };

/** An operation that others wrote may also copy or move. */
export type AnyOperation = PatchOperation | { readonly op: 'copy' | 'move'; readonly from: string; readonly path: string };

/**
 * The edit as an RFC 6902 patch of `value`, applicable in the given order. A `test` of the old value comes before each replace
 * and remove. Indices refer to the array as it is when the operation runs: the last item comes first.
 */
export function toJsonPatch(value: Json, edit: Edit): PatchOperation[] {
  return [...operations(value, edit, [])];
}

type Keys = readonly (string | number)[];

function* operations(value: Json | undefined, edit: Edit, keys: Keys): Generator<PatchOperation> {
  const path = formatPointer(keys);
  switch (edit.kind) {
    case 'set':
      if (value === undefined) {
        yield { op: 'add', path, value: edit.value };
      } else {
        yield { op: 'test', path, value };
        yield { op: 'replace', path, value: edit.value };
      }
      return;
    case 'remove':
      yield { op: 'test', path, value: value ?? null };
      yield { op: 'remove', path };
      return;
    case 'object':
      for (const [key, inner] of edit.keys) {
        const current = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
        yield* operations(current, inner, [...keys, key]);
      }
      return;
    case 'array':
      yield* arrayOperations(isArray(value) ? value : [], edit, keys);
  }
}

function* arrayOperations(value: readonly Json[], edit: Edit & { kind: 'array' }, keys: Keys): Generator<PatchOperation> {
  for (let index = value.length; index >= 0; index--) {
    const inner = edit.items.get(index);
    if (inner) yield* operations(value[index], inner, [...keys, index]);
    for (const item of [...(edit.inserted.get(index) ?? [])].reverse()) {
      yield { op: 'add', path: formatPointer([...keys, index]), value: item };
    }
  }
}

const FORBIDDEN = new Set(['__proto__', 'prototype', 'constructor']);

/**
 * Applies a patch to a copy of `value` with the JSON Patch library.
 *
 * @throws Error when a path could reach a prototype, or when an operation does not fit the value.
 */
export function applyJsonPatch(value: Json, patch: readonly AnyOperation[]): Json {
  for (const path of patch.flatMap((operation) => ['from' in operation ? operation.from : [], operation.path].flat())) {
    if (parsePointer(path).some((key) => FORBIDDEN.has(key))) throw new Error(`refused path ${path}`);
  }
  const copies = patch.map((operation) => ('value' in operation ? { ...operation, value: copyOf(operation.value) } : operation));
  return jsonPatch.applyPatch(copyOf(value), copies as Parameters<typeof jsonPatch.applyPatch>[1], true).newDocument as Json;
}
