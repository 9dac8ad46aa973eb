/** What every build of an object replaces. */
import { parsePointer } from '../../patch/index.ts';
import { isArray, member, type Json, type JsonObject } from '../../util/json.ts';
import type { Build } from '../../workspace/kustomize/builds.ts';
import { carriedThrough } from './trial.ts';

/**
 * True when the object is built, and each build whose result is applied gives it another value at a place.
 *
 * @param pointer leads from the object
 */
export function isReplacedInBuilds(value: JsonObject, pointer: string, builds: readonly Build[]): boolean {
  const keys = parsePointer(pointer);
  const written = valueAt(value, keys);
  const ends = builds.filter(({ isEnd }) => isEnd);
  return ends.length > 0 && ends.every((build) => isReplaced(build));

  function isReplaced(build: Build): boolean {
    const built = carriedThrough(value, build.stepsFor(value));
    return typeof built === 'object' && valueAt(built, keys) !== written;
  }
}

function valueAt(value: Json, keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>((inner, key) => (isArray(inner) ? inner[Number(key)] : member(inner, key)), value);
}
