/** Operations of JSON6902 patches as kustomize carries them out (evanphx/json-patch; tried with kustomize 5.8). */
import { applyJsonPatch, formatPointer, parsePointer, type AnyOperation } from '../../patch/index.ts';
import { isArray, isObject, member, stringAt, type Json, type JsonObject } from '../../util/json.ts';
import { BuildError } from './step.ts';

/**
 * The object after one operation.
 *
 * @throws BuildError when it cannot be carried out
 */
export function applyOperation(value: JsonObject, operation: Json): JsonObject {
  if (isTestOfMissing(operation, value)) return value;
  try {
    const result = applyJsonPatch(value, [asKustomizeReads(operation, value)]);
    if (isObject(result)) return result;
  } catch (error) {
    throw new BuildError(error instanceof Error ? error.message : String(error));
  }
  throw new BuildError('the patch leaves no object');
}

/** True for a test that nothing is there: for kustomize a missing field of a map is `null`. */
function isTestOfMissing(operation: Json, value: JsonObject): boolean {
  if (member(operation, 'op') !== 'test' || member(operation, 'value') !== null) return false;
  const pointer = stringAt(operation, 'path') ?? '';
  const [, parent] = resolve(pointer.slice(0, Math.max(0, pointer.lastIndexOf('/'))), value);
  return isObject(parent) && resolve(pointer, value)[1] === undefined;
}

/** kustomize counts a negative index from the end, and adds what a `replace` does not find. */
function asKustomizeReads(operation: Json, value: JsonObject): AnyOperation {
  if (!isObject(operation)) throw new BuildError('an operation of a JSON patch is a map');
  const [keys, found] = resolve(stringAt(operation, 'path') ?? '', value);
  const from = stringAt(operation, 'from');
  const op = operation['op'] === 'replace' && found === undefined ? 'add' : operation['op'];
  return {
    ...operation,
    op,
    path: formatPointer(keys),
    ...(from === undefined ? {} : { from: formatPointer(resolve(from, value)[0]) }),
  } as AnyOperation;
}

function resolve(pointer: string, value: Json): [keys: string[], found: Json | undefined] {
  let found: Json | undefined = value;
  const keys = parsePointer(pointer).map((key) => {
    const named = isArray(found) && /^-[1-9]\d*$/.test(key) ? String(found.length + Number(key)) : key;
    found = isArray(found) ? found[Number(named)] : member(found, named);
    return named;
  });
  return [keys, found];
}
