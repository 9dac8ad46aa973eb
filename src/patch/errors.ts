import { isArray, isObject, type Json } from '../util/json.ts';

/** Two operations that cannot both be carried out: a bug in the transforms, never the user's fault. */
export class ConflictError extends Error {}

/** A value of the author that cannot hold what an operation adds to it, such as a string where the API server expects a map. */
export class ShapeError extends Error {
  readonly pointer: string;

  constructor(pointer: string, value: Json) {
    const [found, expected] = isArray(value) ? ['list', 'map'] : isObject(value) ? ['map', 'list'] : ['scalar', 'map or a list'];
    super(`${pointer} is a ${found}, but Kubernetes expects a ${expected}`);
    this.pointer = pointer;
  }
}
