/** What stands or falls together of what is written into an object. */
import type { Op } from '../../patch/index.ts';
import type { Json, JsonObject } from '../../util/json.ts';
import { placeOf, type Place } from './place.ts';

/** What a transform writes, as far as builds need to know it. */
export interface Written {
  readonly transform: string;
  /** The name of the container; undefined for the whole pod. */
  readonly container: string | undefined;
  /** JSON Pointer from the document to what it is about. */
  readonly at: string;
  /** Paths lead from the document. */
  readonly ops: readonly Op[];
  readonly newObjects: readonly JsonObject[];
}

/** How the changes of a transform hang together: see the metadata of transforms. */
export interface Ties {
  readonly isDivisible: boolean;
  readonly neededBy: string | undefined;
}

/** Something that is left out because of a build. */
export interface LeftOut {
  readonly transform: string;
  /** Undefined for the whole object. */
  readonly container: string | undefined;
  /** The key of the one place that is left out; undefined for all that the transform writes there. */
  readonly place: string | undefined;
}

/** True for what is left out of one transform in one place. */
export function isSameUnit(left: LeftOut, right: LeftOut): boolean {
  return left.transform === right.transform && left.container === right.container && left.place === right.place;
}

export interface Unit extends LeftOut {
  readonly at: string;
  readonly ops: readonly Op[];
  /** Where it writes. */
  readonly places: readonly Place[];
  /** Where what it cannot do without is written. */
  readonly needed: readonly Place[];
  readonly newObjects: readonly JsonObject[];
}

/**
 * The units of what is written. A container's unit cannot do without what the same transform writes for the pod, nor without
 * the transforms that it needs.
 *
 * @param object the object before
 * @param pointer JSON Pointer from the document to the object
 */
export function unitsOf(
  written: readonly Written[],
  object: Json,
  pointer: string,
  tiesOf: (transform: string) => Ties,
): readonly Unit[] {
  const placesOf = (ops: readonly Op[]): Place[] => ops.map((op) => placeOfOp(op, object, pointer));
  return groups(written).flatMap(([first, group]): Unit[] => {
    const { transform, container, at } = first;
    const ops = group.flatMap((one) => one.ops);
    if (tiesOf(transform).isDivisible) return dividedUnits(first, ops, placesOf);
    const besides = written.filter(
      (one) =>
        tiesOf(one.transform).neededBy === transform ||
        (one.transform === transform && one.container === undefined && container !== undefined),
    );
    const needed = placesOf(besides.flatMap((one) => one.ops));
    const newObjects = group.flatMap((one) => one.newObjects);
    return [{ transform, container, place: undefined, at, ops, places: placesOf(ops), needed, newObjects }];
  });
}

function groups(written: readonly Written[]): [Written, Written[]][] {
  const found = new Map<string, [Written, Written[]]>();
  for (const one of written) {
    const key = JSON.stringify([one.transform, one.container]);
    const group = found.get(key);
    if (group) group[1].push(one);
    else found.set(key, [one, [one]]);
  }
  return [...found.values()];
}

function placeOfOp(op: Op, object: Json, pointer: string): Place {
  return placeOf(op.path.slice(pointer.length), object, op.op === 'add' ? op.value : undefined);
}

const LIMIT = /\/resources\/limits\/([^/]+)$/;

/**
 * Each operation by itself. A limit needs its request: where that is missing, the API server requests as much as the limit
 * (API reference, "ResourceRequirements").
 */
function dividedUnits(
  { transform, container, at }: Written,
  ops: readonly Op[],
  placesOf: (ops: readonly Op[]) => Place[],
): Unit[] {
  return ops.flatMap((op) => {
    const request = op.path.replace(LIMIT, '/resources/requests/$1') as Op['path'];
    const places = placesOf([op]);
    const needed = placesOf(request === op.path ? [] : [{ op: 'add', path: request, value: null }]);
    return places.map(({ key }) => ({ transform, container, place: key, at, ops: [op], places, needed, newObjects: [] }));
  });
}

/** True for an operation that was left out by itself. */
export function isLeftOut(op: Op, leftOut: readonly LeftOut[], object: Json, pointer: string): boolean {
  return (
    leftOut.some(({ place }) => place !== undefined) && leftOut.some(({ place }) => place === placeOfOp(op, object, pointer).key)
  );
}
