/** A JSON Patch that fails where the object is no longer the one that it was made for, instead of changing something else. */
import { formatPointer, parsePointer, type PatchOperation } from '../../patch/index.ts';
import { isArray, member, objectAt, stringAt, type Json, type JsonObject } from '../../util/json.ts';
import type { ChangedObject } from './objects.ts';

const ANNOTATIONS = '/metadata/annotations';

/**
 * The operations on an object with a `test` of the name of every list item that they reach into, such as a container, and one of
 * `null` before each field that is added. For the JSON Patch library of kustomize (evanphx/json-patch 4) a missing field is
 * `null`; it replaces no field whose value is `null`, so that such a field is added. What adds the first annotations is left out:
 * see `firstAnnotations`.
 */
export function guardedPatch({ value, operations }: ChangedObject): PatchOperation[] {
  const names = new Map<string, string>();
  const guarded: PatchOperation[] = [];
  for (const operation of operations.flatMap((one) => (one.path === ANNOTATIONS ? oneByOne(value, one) : [one]))) {
    const keys = parsePointer(operation.path);
    for (const [pointer, name] of namesOnTheWay(value, keys)) names.set(pointer, name);
    if (operation.op === 'add' && !isArray(valueAt(value, keys.slice(0, -1))))
      guarded.push({ op: 'test', path: operation.path, value: null });
    const isNull = operation.op === 'replace' && valueAt(value, keys) === null;
    guarded.push(isNull ? { ...operation, op: 'add' } : operation);
  }
  return [...Array.from(names, ([path, name]): PatchOperation => ({ op: 'test', path, value: name })), ...guarded];
}

/**
 * An operation on all annotations, as operations on those of the author. While it builds, kustomize keeps annotations of its own
 * among them (`internal.config.kubernetes.io/…`), which a `test` of all would see and a `remove` of all would take away.
 */
function oneByOne(object: JsonObject, { op }: PatchOperation): PatchOperation[] {
  if (op !== 'remove') return [];
  return Object.entries(objectAt(object, 'metadata', 'annotations')).flatMap(([key, value]): PatchOperation[] => {
    const path = ANNOTATIONS + formatPointer([key]);
    return [
      { op: 'test', path, value },
      { op: 'remove', path },
    ];
  });
}

/**
 * The annotations that an object without any gets, as a strategic merge patch, which works whether kustomize has put its own there
 * or not; undefined when it gets none.
 */
export function firstAnnotations({ value, operations }: ChangedObject): JsonObject | undefined {
  const added = operations.find(({ op, path }) => path === ANNOTATIONS && (op === 'add' || op === 'replace'));
  if (!added || !('value' in added)) return undefined;
  const { apiVersion = '', kind = '' } = value;
  return { apiVersion, kind, metadata: { name: stringAt(value, 'metadata', 'name') ?? '', annotations: added.value } };
}

/** The pointers to the names of the list items that a pointer goes through, with the names. */
function* namesOnTheWay(object: JsonObject, keys: readonly string[]): Generator<readonly [pointer: string, name: string]> {
  for (let length = 1; length < keys.length; length++) {
    const outer = valueAt(object, keys.slice(0, length - 1));
    const name = isArray(outer) ? stringAt(outer[Number(keys[length - 1])], 'name') : undefined;
    if (name !== undefined) yield [formatPointer([...keys.slice(0, length), 'name']), name];
  }
}

function valueAt(object: Json, keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>((value, key) => (isArray(value) ? value[Number(key)] : member(value, key)), object);
}
