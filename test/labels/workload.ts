/** Finds the container of a label in a manifest, and the accounts around it; with the `yaml` package alone. */
import { parseAllDocuments } from 'yaml';
import { isArray, isObject, itemsAt, member, stringAt, type Json, type JsonObject } from '../../src/util/json.ts';
import type { Label } from './label.ts';

/** A container in its pod. */
export interface Place {
  readonly container: JsonObject;
  readonly pod: JsonObject;
  /** The namespace of the workload; empty when it has none. */
  readonly namespace: string;
  /** Which of the workloads of this name in the file it is. */
  readonly ordinal: number;
}

interface Document {
  readonly index: number;
  readonly object: JsonObject;
}

/** The objects of a text, items of lists one by one; documents that cannot be read are left out. */
export function objectsOf(text: string): Document[] {
  return [...parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false })].flatMap((document, index) => {
    const value = document.errors.length > 0 ? undefined : (document.toJS() as Json);
    const items = stringAt(value, 'kind')?.endsWith('List') ? itemsAt(value, 'items') : [value];
    return items.filter(isObject).map((object) => ({ index, object }));
  });
}

/**
 * The container that a label names.
 *
 * @param ordinal which of the workloads with the label's name; without it there must be one, or the label says which
 * @throws Error when there is none, or more than one
 */
export function placeOf(label: Label, text: string, ordinal?: number): Place {
  const [name = '', document] = label.workload.split('#');
  const named = objectsOf(text).filter(({ object }) => isNamed(object, name));
  const chosen = named
    .map((one, index) => ({ ...one, ordinal: index }))
    .filter((one) =>
      ordinal === undefined ? document === undefined || one.index === Number(document) : one.ordinal === ordinal,
    );
  const [workload] = chosen;
  if (workload === undefined || chosen.length > 1) throw new Error(`${chosen.length} workloads are called ${label.workload}`);
  const places = podsIn(workload.object).flatMap((pod) =>
    [...itemsAt(pod, 'initContainers'), ...itemsAt(pod, 'containers')]
      .filter((container) => isObject(container) && stringAt(container, 'name') === label.container)
      .map((container) => ({ container: container as JsonObject, pod })),
  );
  const [place] = places;
  if (place === undefined || places.length > 1) throw new Error(`${places.length} containers are called ${label.container}`);
  return { ...place, namespace: stringAt(workload.object, 'metadata', 'namespace') ?? '', ordinal: workload.ordinal };
}

function isNamed(object: JsonObject, workload: string): boolean {
  const kind = stringAt(object, 'kind') ?? '';
  const name = stringAt(object, 'metadata', 'name') ?? stringAt(object, 'metadata', 'generateName') ?? '';
  const namespace = stringAt(object, 'metadata', 'namespace') ?? '';
  return workload === `${kind}/${name}` || workload === `${kind}/${namespace}/${name}`;
}

/** The pod specs in an object of any kind: maps with a list of named containers. */
function podsIn(value: Json): JsonObject[] {
  if (isArray(value)) return value.flatMap(podsIn);
  if (!isObject(value)) return [];
  const isPod = itemsAt(value, 'containers').some((container) => stringAt(container, 'name') !== undefined);
  return [...(isPod ? [value] : []), ...Object.values(value).flatMap(podsIn)];
}

/** The ServiceAccounts in texts, those of earlier texts first. */
export function accountsOf(texts: readonly string[]): JsonObject[] {
  return texts.flatMap((text) =>
    objectsOf(text)
      .map(({ object }) => object)
      .filter((object) => member(object, 'kind') === 'ServiceAccount'),
  );
}
