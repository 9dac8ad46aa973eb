/** From the value of a document to the objects in it: the one walk over lists, pod templates and containers. */
import { formatPointer } from '../patch/index.ts';
import { isArray, isObject, itemsAt, member, merge, objectAt, path, stringAt, type Json, type JsonObject } from '../util/json.ts';
import { POD_LISTS, type ContainerList } from './custom-kinds/index.ts';
import { memo } from '../util/memo.ts';
import { apiGroup, type Kinds, type WorkloadKind } from './kinds.ts';
import type { Container, ContainerRole, KubernetesObject, LeftAlone, Placement, Pod } from './object.ts';
import { isWindows } from './windows.ts';

/** The objects of a document: itself, or the items of a list (of lists); items of typed lists take the list's kind. */
export interface FoundObject {
  readonly value: JsonObject;
  readonly pointer: string;
  /** The item of an untyped list that holds the object; undefined when there is no such list. */
  readonly item: string | undefined;
}

interface Around {
  readonly pointer: string;
  readonly item: string | undefined;
  /** What the items of a typed list leave out. */
  readonly inherited: { readonly apiVersion: Json; readonly kind: string } | undefined;
}

/** Walks over the objects of a document's value. */
export function* objectsIn(
  value: Json,
  kinds: Kinds,
  around: Around = { pointer: '', item: undefined, inherited: undefined },
): Generator<FoundObject> {
  if (!isObject(value)) return;
  const { pointer, item, inherited } = around;
  const kind = stringAt(value, 'kind');
  if (kind !== undefined && kinds.isList(kind) && Array.isArray(member(value, 'items'))) {
    const isTyped = kind !== 'List' && kind !== 'ResourceList';
    const given = isTyped ? { apiVersion: member(value, 'apiVersion') ?? null, kind: kind.slice(0, -4) } : undefined;
    for (const [index, inner] of itemsAt(value, 'items').entries()) {
      const at = `${pointer}/items/${index}`;
      yield* objectsIn(inner, kinds, { pointer: at, item: isTyped ? item : at, inherited: given });
    }
  } else {
    yield { value: kind === undefined && inherited ? { ...inherited, ...value } : value, pointer, item };
  }
}

/** What is needed to read objects. */
export interface ReadContext {
  readonly kinds: Kinds;
  readonly file: string;
  /** The line of a JSON Pointer into the document, from 1. */
  lineOf(pointer: string): number;
  /** True when the document is JSON, or YAML written like it: no document can stand before it. */
  readonly isFlowDocument: boolean;
  /** True for the text of an image that only runs on Windows. */
  isWindowsImage(image: string): boolean;
}

/** Reads what was found in a document. */
export function readObject({ value, pointer, item }: FoundObject, context: ReadContext): KubernetesObject {
  const apiVersion = stringAt(value, 'apiVersion') ?? '';
  const kind = stringAt(value, 'kind') ?? '';
  const workload = context.kinds.workloadOf(apiVersion, kind);
  const specs = workload ? podSpecsOf(value, workload) : [];
  const pods: Pod[] = [];
  const object: KubernetesObject = {
    value,
    apiVersion,
    group: apiGroup(apiVersion),
    kind,
    name: stringAt(value, 'metadata', 'name') ?? '',
    namespace: stringAt(value, 'metadata', 'namespace'),
    annotations: objectAt(value, 'metadata', 'annotations'),
    pointer,
    placement: placementOf(item, context),
    file: context.file,
    line: context.lineOf(pointer),
    pods,
    leftAlone: workload
      ? whyLeftAlone(value, workload, specs)
      : context.kinds.isForeign(apiVersion, kind)
        ? 'skipped-foreign'
        : !context.kinds.facts.test(kind) && holdsPodSpec(value)
          ? 'unsupported-kind'
          : undefined,
  };
  if (workload && object.leftAlone === undefined) for (const one of specs) pods.push(readPod(one, object, workload, context));
  return object;
}

/** The object as it would be read if `value` stood in its place. */
export function rereadObject(
  { pointer, placement, file, line }: KubernetesObject,
  value: JsonObject,
  context: Pick<ReadContext, 'kinds' | 'isWindowsImage'>,
): KubernetesObject {
  const item = placement.kind === 'item' ? placement.pointer : undefined;
  return readObject(
    { value, pointer, item },
    { ...context, file, lineOf: () => line, isFlowDocument: placement.kind === 'none' },
  );
}

function placementOf(item: string | undefined, { isFlowDocument }: ReadContext): Placement {
  if (item !== undefined) return { kind: 'item', pointer: item };
  return { kind: isFlowDocument ? 'none' : 'document' };
}

interface FoundSpec {
  readonly spec: Json;
  readonly pointer: string;
  /** What holds it: the pod template. */
  readonly holder: Json;
}

/** The pod specs that are there, a null among them; `*` in a pointer stands for the items of a list or the members of a map. */
function podSpecsOf(object: JsonObject, kind: WorkloadKind): FoundSpec[] {
  return stepsTo(kind).flatMap((tokens) => {
    let found: FoundSpec[] = [{ spec: object, pointer: '', holder: null }];
    for (const token of tokens) found = found.flatMap((place) => step(place, token));
    return found;
  });
}

/** The tokens of the pointers to the pod specs of a kind. */
const stepsTo = memo(({ podSpecs }: WorkloadKind): readonly (readonly string[])[] =>
  podSpecs.map((pointer) => pointer.split('/').slice(1)),
);

function step({ spec: value, pointer }: FoundSpec, token: string): FoundSpec[] {
  if (token === '*') {
    const members = isObject(value) || Array.isArray(value) ? Object.entries(value as JsonObject | readonly Json[]) : [];
    return members.map(([key, spec]) => ({ spec, pointer: pointer + formatPointer([key]), holder: value }));
  }
  const spec = member(value, token.replaceAll('~1', '/').replaceAll('~0', '~'));
  return spec === undefined ? [] : [{ spec, pointer: `${pointer}/${token}`, holder: value }];
}

function whyLeftAlone(object: JsonObject, kind: WorkloadKind, specs: readonly FoundSpec[]): LeftAlone | undefined {
  const { isBuiltIn, isAdded, partOf } = kind;
  const above = stepsTo(kind).map((tokens) => path(object, ...tokens.slice(0, -1)));
  if (above.some((template) => template !== undefined && template !== null && !isObject(template) && !Array.isArray(template)))
    return 'skipped-malformed';
  if (specs.some(({ spec }) => isMalformed(spec, partOf ?? POD_LISTS))) return 'skipped-malformed';
  if (partOf) return undefined;
  if (specs.length > 0) return specs.every(({ spec }) => isComplete(spec)) ? undefined : 'skipped-patch';
  return isBuiltIn ? 'skipped-patch' : isAdded ? 'no-pod-spec' : undefined;
}

/** A container without an image makes the object a patch: the API server would refuse it on its own. */
function isComplete(spec: Json): spec is JsonObject {
  const containers = itemsAt(spec, 'containers');
  const all = [...containers, ...itemsAt(spec, 'initContainers')];
  return containers.length > 0 && all.every((item) => isObject(item) && stringAt(item, 'image') !== undefined);
}

/** Deeper than any pod spec in a custom resource. */
const DEEPEST_SPEC = 12;

/** True when something in an object looks like a pod spec: a list of containers with names and images, none of them a pattern. */
function holdsPodSpec(value: Json, depth = 0): boolean {
  if (depth > DEEPEST_SPEC) return false;
  if (Array.isArray(value)) return value.some((item: Json) => holdsPodSpec(item, depth + 1));
  if (!isObject(value)) return false;
  const containers = itemsAt(value, 'containers');
  if (containers.length > 0 && containers.every(isContainer)) return true;
  return Object.values(value).some((inner) => holdsPodSpec(inner, depth + 1));
}

function isContainer(item: Json): boolean {
  const image = stringAt(item, 'image');
  return image !== undefined && !/[*?!]/.test(image) && stringAt(item, 'name') !== undefined;
}

function isMalformed(spec: Json, lists: readonly ContainerList[]): boolean {
  if (spec === null) return false;
  return !isObject(spec) || lists.some((list) => !holdsObjects(itemsOf(spec, list)));
}

function holdsObjects(list: Json): boolean {
  return list === null || (Array.isArray(list) && list.every(isObject));
}

function readPod({ spec, pointer, holder }: FoundSpec, object: KubernetesObject, kind: WorkloadKind, context: ReadContext): Pod {
  const value = isObject(spec) ? spec : {};
  const found = (kind.partOf ?? POD_LISTS).flatMap((list) => containersIn(value, list));
  const own = kind.partOf ? found.filter((one) => stringAt(one.value, 'image') !== undefined) : found;
  // A part of a pod that is the spec of its object has no metadata: what stands there is about the object alone.
  const isTemplate = pointer.endsWith('/spec') && (!kind.partOf || pointer !== '/spec');
  const metadataPointer = isTemplate ? `${pointer.slice(0, -'/spec'.length)}/metadata` : undefined;
  const metadata = metadataPointer === undefined ? {} : objectAt(holder, 'metadata');
  const containers: Container[] = [];
  const pod: Pod = {
    spec: value,
    annotations: objectAt(metadata, 'annotations'),
    labels: objectAt(metadata, 'labels'),
    specPointer: pointer,
    metadataPointer,
    isWindows: isWindows(value) || own.some((one) => context.isWindowsImage(stringAt(one.value, 'image') ?? '')),
    rules: kind,
    isPartial: kind.partOf !== undefined,
    containers,
    object,
  };
  for (const one of own) containers.push({ ...one, name: stringAt(one.value, 'name') ?? '', pod });
  return pod;
}

/** The containers of a field; what they take from a template stands in their values. */
function containersIn(spec: JsonObject, list: ContainerList): Pick<Container, 'role' | 'value' | 'pointer'>[] {
  const { field, isSingle, template } = list;
  const inherited = template === undefined ? {} : objectAt(spec, template);
  const items = itemsOf(spec, list);
  return (isArray(items) ? items : []).flatMap((item, index) => {
    if (!isObject(item)) return [];
    const value = Object.keys(inherited).length > 0 ? merge(inherited, item) : item;
    return [{ role: roleOf(field, item), value, pointer: isSingle ? `/spec/${field}` : `/spec/${field}/${index}` }];
  });
}

/** What a field with containers holds, a single one in a list. */
function itemsOf(spec: JsonObject, { field, isSingle }: ContainerList): Json {
  const value = member(spec, field) ?? null;
  return isSingle && value !== null ? [value] : value;
}

function roleOf(field: string, container: JsonObject): ContainerRole {
  if (field !== 'initContainers') return 'container';
  return stringAt(container, 'restartPolicy') === 'Always' ? 'sidecar' : 'initContainer';
}
