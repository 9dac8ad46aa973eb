/** One thing that a kustomization does to the objects that fit. */
import type { JsonObject } from '../../util/json.ts';

/** What kustomize selects an object by. */
export interface Identity {
  readonly group: string;
  readonly kind: string;
  /** The name in the file, and those that the kustomizations of a build make of it. */
  readonly names: readonly string[];
  /** The namespace in the file, and those that the kustomizations of a build put in its place. */
  readonly namespaces: readonly string[];
  readonly labels: JsonObject;
  readonly annotations: JsonObject;
}

/** A strategic merge patch, an operation of a JSON patch, or what a kustomization changes by a field of its own. */
export interface Step {
  /** Where it is written. */
  readonly file: string;
  readonly line: number;
  /** In words, such as `the patch`. */
  readonly what: string;
  fits(identity: Identity): boolean;
  /**
   * The object afterwards; undefined when the step deletes it. `value` itself is not changed.
   *
   * @throws BuildError when kustomize could not carry it out
   */
  apply(value: JsonObject): JsonObject | undefined;
}

/** kustomize would refuse the build. */
export class BuildError extends Error {}
