/** Strategic merge patches as kustomize carries them out (kyaml, "merge2"; tried with kustomize 5.8). */
import { isArray, isObject, member, type Json, type JsonObject } from '../../util/json.ts';

/**
 * Lists whose items are merged, by the field that names an item (Kubernetes API reference, "patch strategy: merge" and
 * "patch merge key"). Every other list is replaced.
 */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  containers: 'name',
  env: 'name',
  ephemeralContainers: 'name',
  hostAliases: 'ip',
  imagePullSecrets: 'name',
  initContainers: 'name',
  ports: 'containerPort',
  resourceClaims: 'name',
  schedulingGates: 'name',
  secrets: 'name',
  topologySpreadConstraints: 'topologyKey',
  volumeDevices: 'devicePath',
  volumeMounts: 'mountPath',
  volumes: 'name',
};

const DIRECTIVE = '$patch';

/**
 * The object with a patch merged into it; undefined when the patch deletes it. kustomize knows no other directive than
 * `$patch`, and merges lists only in the kinds of Kubernetes itself.
 */
export function strategicMerge(value: JsonObject, patch: JsonObject, mergesLists: boolean): JsonObject | undefined {
  const directive = member(patch, DIRECTIVE);
  if (directive === 'delete') return undefined;
  return directive === 'replace' ? value : mergeMaps(value, patch, mergesLists);
}

function mergeMaps(before: JsonObject, patch: JsonObject, mergesLists: boolean): JsonObject {
  const merged = new Map(Object.entries(before));
  for (const [key, value] of Object.entries(patch)) {
    const now = key === DIRECTIVE ? undefined : mergeValue(merged.get(key), value, key, mergesLists);
    if (now === undefined) merged.delete(key);
    else merged.set(key, now);
  }
  return Object.fromEntries(merged);
}

/** Undefined for a value that the patch takes away: null, or a map with the directive `delete`. */
function mergeValue(before: Json | undefined, patch: Json, key: string, mergesLists: boolean): Json | undefined {
  if (patch === null || member(patch, DIRECTIVE) === 'delete') return undefined;
  if (isObject(patch)) {
    const isKept = isObject(before) && member(patch, DIRECTIVE) !== 'replace';
    return mergeMaps(isKept ? before : {}, patch, mergesLists);
  }
  const mergeKey = mergesLists && Object.hasOwn(MERGE_KEYS, key) ? MERGE_KEYS[key] : undefined;
  return isArray(patch) && mergeKey !== undefined ? mergeLists(isArray(before) ? before : [], patch, mergeKey) : patch;
}

/** Items of the patch come first, in its order; the others keep theirs. */
function mergeLists(before: readonly Json[], patch: readonly Json[], mergeKey: string): Json {
  const items = patch.filter((item) => member(item, DIRECTIVE) !== 'replace');
  const old = items.length < patch.length ? [] : before;
  const isSame = (left: Json, right: Json): boolean => member(left, mergeKey) === member(right, mergeKey);
  const merged = items.flatMap(
    (item) =>
      mergeValue(
        old.find((one) => isSame(one, item)),
        item,
        '',
        true,
      ) ?? [],
  );
  return [...merged, ...old.filter((one) => !items.some((item) => isSame(one, item)))];
}
