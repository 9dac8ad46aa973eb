/** The objects of a document that changes, as kustomize sees them: it takes the items of lists for objects of their own. */
import type { DocumentPatch } from '../../index.ts';
import type { PatchOperation } from '../../patch/index.ts';
import { isArray, isObject, itemsAt, stringAt, type Json, type JsonObject } from '../../util/json.ts';

/** An object that changes; the paths of the operations begin at it. */
export interface ChangedObject {
  readonly value: JsonObject;
  readonly operations: readonly PatchOperation[];
}

/** What becomes of a document. */
export interface ChangedDocument {
  readonly changed: readonly ChangedObject[];
  /** New objects, those before the document first. */
  readonly created: readonly JsonObject[];
}

/** Splits the patch of a document into those of its objects; an item that is added to a list is a new object. */
export function objectsOf({ value, before, operations }: DocumentPatch): ChangedDocument {
  const changed = new Map<string, { value: JsonObject; operations: PatchOperation[] }>();
  const created = [...before];
  for (const operation of operations) {
    const { at, object, rest } = place(value, operation.path);
    if (rest === '' && 'value' in operation && isObject(operation.value)) created.push(operation.value);
    else if (isObject(object)) {
      const one = changed.get(at) ?? { value: object, operations: [] };
      changed.set(at, one);
      one.operations.push({ ...operation, path: rest });
    }
  }
  return { changed: [...changed.values()], created };
}

/** The object that a path of a document leads into: where it is, itself, and the rest of the path. */
function place(value: Json, path: string): { at: string; object: Json | undefined; rest: string } {
  let at = '';
  let object: Json | undefined = value;
  let rest = path;
  for (let item = ITEM.exec(rest); item && isList(object); item = ITEM.exec(rest)) {
    object = itemsAt(object, 'items')[Number(item[1])];
    at += item[0];
    rest = rest.slice(item[0].length);
  }
  return { at, object, rest };
}

const ITEM = /^\/items\/(\d+)(?=\/|$)/;

/** kustomize: `inlineAnyEmbeddedLists` in api/resource/factory.go. */
function isList(value: Json | undefined): boolean {
  return value !== undefined && (stringAt(value, 'kind') ?? '').endsWith('List') && isArray((value as JsonObject)['items']);
}
