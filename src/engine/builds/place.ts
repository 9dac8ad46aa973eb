/** Places in an object that stay the same when patches move, add and remove items of lists around them. */
import { parsePointer } from '../../patch/index.ts';
import { normalPath } from '../../kubernetes/volumes.ts';
import { isArray, isObject, itemsAt, member, stringAt, type Json, type JsonObject } from '../../util/json.ts';

/** What an operation writes, as it can be found again in the result of a build. */
export interface Place {
  /** The same for the same place of another version of the object. */
  readonly key: string;
  /** What stands there; undefined for nothing. Lists of scalars are read as sets. */
  read(object: Json): Json | undefined;
}

/** A key of a map, or the item of a list with that name. */
type Token = string | { readonly field: string; readonly value: Json };

/**
 * The place that a JSON Pointer into `object` names. Items of lists are found by their names, a mount by its path together with
 * its volume, whatever that is called; a volume counts only where nobody mounts it, as what is left of something.
 *
 * @param added The value that an operation adds there, for one that is not in `object` yet.
 */
export function placeOf(pointer: string, object: Json, added?: Json): Place {
  const tokens = tokensOf(pointer, object, added);
  const key = JSON.stringify(tokens);
  const [list, last] = tokens.slice(-2);
  if (typeof last === 'object' && list === 'volumeMounts') {
    const [spec, container] = [tokens.slice(0, -4), tokens.slice(-4, -2)];
    return { key, read: (value) => mountsAt(follow(value, spec), container, String(last.value)) };
  }
  if (typeof last === 'object' && list === 'volumes') {
    const spec = tokens.slice(0, -2);
    return { key, read: (value) => unmounted(follow(value, spec), String(last.value)) };
  }
  return { key, read: (value) => asSet(follow(value, tokens)) };
}

const NAMING_FIELDS: Readonly<Record<string, string>> = { volumeMounts: 'mountPath' };

function tokensOf(pointer: string, object: Json, added: Json | undefined): Token[] {
  const tokens: Token[] = [];
  let value: Json | undefined = object;
  const keys = parsePointer(pointer);
  for (const [index, key] of keys.entries()) {
    if (!isArray(value) && key !== '-') {
      tokens.push(key);
      value = member(value, key);
      continue;
    }
    const isAdded = added !== undefined && index === keys.length - 1;
    const item: Json | undefined = isAdded ? added : isArray(value) ? value[Number(key)] : undefined;
    const list = tokens.at(-1);
    const field = (typeof list === 'string' && NAMING_FIELDS[list]) || 'name';
    const name = member(item, field);
    if (name === undefined) return tokens;
    tokens.push({ field, value: name });
    value = item;
  }
  return tokens;
}

function follow(value: Json | undefined, tokens: readonly Token[]): Json | undefined {
  return tokens.reduce<Json | undefined>((inner, token) => {
    if (typeof token === 'string') return member(inner, token);
    return isArray(inner) ? inner.find((item) => member(item, token.field) === token.value) : undefined;
  }, value);
}

/** The mounts of a container at one path, each with what its volume is. */
function mountsAt(spec: Json | undefined, container: readonly Token[], mountPath: string): Json | undefined {
  const mounts = itemsAt(follow(spec, container), 'volumeMounts').filter(
    (mount) => normalPath(stringAt(mount, 'mountPath') ?? '') === normalPath(mountPath),
  );
  if (mounts.length === 0) return undefined;
  return mounts.map((mount) => {
    const volume = itemsAt(spec, 'volumes').find((one) => member(one, 'name') === member(mount, 'name'));
    return { ...withoutName(mount), mountPath, volume: volume === undefined ? null : withoutName(volume) };
  });
}

function unmounted(spec: Json | undefined, name: string): Json | undefined {
  const isNamed = (one: Json): boolean => member(one, 'name') === name;
  const isMounted = ['containers', 'initContainers', 'ephemeralContainers']
    .flatMap((list) => itemsAt(spec, list))
    .some((container) => itemsAt(container, 'volumeMounts').some(isNamed));
  return isMounted ? undefined : itemsAt(spec, 'volumes').find(isNamed);
}

function withoutName(value: Json): JsonObject {
  const { name: _name, ...rest } = isObject(value) ? value : {};
  return rest;
}

function asSet(value: Json | undefined): Json | undefined {
  return isArray(value) && !value.some(isObject) ? value.map((item) => JSON.stringify(item)).sort() : value;
}
