/** RFC 6902: writing the patch of an edit, and applying it with a library that shares no code with the splicer. */
import jsonPatch from 'json-patch';
import { copyOf, isArray, member, type Json } from '../util/json.ts';
import type { Edit } from './edit.ts';
import { formatPointer } from './pointer.ts';

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
  const operations: PatchOperation[] = [];
  addOperations(value, edit, '', operations);
  return operations;
}

function addOperations(value: Json | undefined, edit: Edit, path: string, operations: PatchOperation[]): void {
  switch (edit.kind) {
    case 'set':
      if (value === undefined) operations.push({ op: 'add', path, value: edit.value });
      else operations.push({ op: 'test', path, value }, { op: 'replace', path, value: edit.value });
      return;
    case 'remove':
      operations.push({ op: 'test', path, value: value ?? null }, { op: 'remove', path });
      return;
    case 'object':
      for (const [key, inner] of edit.keys) addOperations(member(value, key), inner, path + formatPointer([key]), operations);
      return;
    case 'array':
      addArrayOperations(isArray(value) ? value : [], edit, path, operations);
  }
}

function addArrayOperations(
  value: readonly Json[],
  edit: Edit & { kind: 'array' },
  path: string,
  operations: PatchOperation[],
): void {
  for (let index = value.length; index >= 0; index--) {
    const inner = edit.items.get(index);
    if (inner) addOperations(value[index], inner, `${path}/${index}`, operations);
    const inserted = edit.inserted.get(index) ?? [];
    for (const item of [...inserted].reverse()) operations.push({ op: 'add', path: `${path}/${index}`, value: item });
  }
}

const FORBIDDEN = /(?:^|\/)(?:__proto__|prototype|constructor)(?:\/|$)/;

/**
 * Applies a patch to a copy of `value` with the JSON Patch library.
 *
 * @throws Error when a path could reach a prototype, or when an operation does not fit the value.
 */
export function applyJsonPatch(value: Json, patch: readonly AnyOperation[]): Json {
  for (const operation of patch) {
    refusePrototypes(operation.path);
    if ('from' in operation) refusePrototypes(operation.from);
  }
  const copies = patch.map((operation) => ('value' in operation ? { ...operation, value: copyOf(operation.value) } : operation));
  return jsonPatch.applyPatch(copyOf(value), copies as Parameters<typeof jsonPatch.applyPatch>[1], true).newDocument as Json;
}

function refusePrototypes(path: string): void {
  if (FORBIDDEN.test(path)) throw new Error(`refused path ${path}`);
}
