/** Plans an object so that what is written stands in every kustomize build that holds it. */
import { rereadObject, type ReadContext } from '../../kubernetes/read-object.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { isObject, member, type JsonObject } from '../../util/json.ts';
import type { Build } from '../../workspace/kustomize/builds.ts';
import { conflictsOf, type Conflict } from './conflicts.ts';
import { isSameUnit, type LeftOut, type Ties, type Written } from './units.ts';

/** How the engine plans. */
export interface Planner<P> {
  readonly reading: Pick<ReadContext, 'kinds' | 'isWindowsImage'>;
  plan(object: KubernetesObject, leftOut: readonly LeftOut[]): P;
  /** What a plan writes. */
  writtenBy(plan: P): readonly Written[];
  tiesOf(transform: string): Ties;
}

/** The plan, and what is left out of it. Leaving something out may change the rest, so that is tried again. */
export function settle<P>(
  object: KubernetesObject,
  builds: readonly Build[],
  planner: Planner<P>,
): { readonly plan: P; readonly conflicts: readonly Conflict[] } {
  if (builds.length === 0) return { plan: planner.plan(object, []), conflicts: [] };
  const conflicts: Conflict[] = [];
  for (;;) {
    const leftOut = conflicts.map(({ unit }) => unit);
    const plan = planner.plan(object, leftOut);
    const subject = {
      value: object.value,
      pointer: object.pointer,
      tiesOf: planner.tiesOf,
      plan(value: JsonObject) {
        const other = rereadObject(object, named(value, object.value), planner.reading);
        return other.pods.length > 0 ? planner.writtenBy(planner.plan(other, leftOut)) : undefined;
      },
    };
    const found = conflictsOf(subject, planner.writtenBy(plan), builds);
    if (found.length === 0) return { plan, conflicts };
    if (found.every(({ unit }) => leftOut.some((one) => isSameUnit(one, unit))))
      throw new Error(`${object.name} does not settle`);
    conflicts.push(...found);
  }
}

/** A build may rename an object: kustomize then renames what refers to it, so that its name in the file counts. */
function named(value: JsonObject, original: JsonObject): JsonObject {
  const [now, before] = [member(value, 'metadata'), member(original, 'metadata')];
  const name = member(before, 'name');
  return isObject(now) && name !== undefined ? { ...value, metadata: { ...now, name } } : value;
}
