/** Workloads as transforms see them: the object, its pod template, and the one walk over its containers. */
import { isObject, itemsAt, member, objectAt, path, stringAt, type Json, type JsonObject } from '../util/json.ts';
import { apiGroup, isListKind, WORKLOAD_KINDS } from './kinds.ts';
import { isWindows } from './windows.ts';

/** A native sidecar is an init container with `restartPolicy: Always` (KEP-753). */
export type ContainerRole = 'container' | 'initContainer' | 'sidecar';

export interface Container {
  readonly role: ContainerRole;
  readonly name: string;
  readonly value: JsonObject;
  /** JSON Pointer from the pod template: `/spec/containers/0`. */
  readonly pointer: string;
  readonly pod: Pod;
}

/** A pod template, or a Pod itself: the object that holds `metadata` and `spec`. */
export interface Pod {
  readonly value: JsonObject;
  readonly spec: JsonObject;
  readonly annotations: JsonObject;
  /** JSON Pointer from the workload; empty for a Pod. */
  readonly pointer: string;
  readonly isWindows: boolean;
  /** Init containers, native sidecars and containers, in the order of their start. Ephemeral ones cannot be declared. */
  readonly containers: readonly Container[];
  readonly workload: Workload;
}

/** Where a further object for a workload can go: a document of its own, an item beside it, or nowhere (a single JSON object). */
export type Room = 'document' | 'item' | 'none';

export interface Workload {
  readonly value: JsonObject;
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty when the author gave none. */
  readonly name: string;
  readonly namespace: string | undefined;
  readonly annotations: JsonObject;
  /** JSON Pointer from the document: empty, or `/items/3` inside a list. */
  readonly pointer: string;
  readonly room: Room;
  /** Path of the file, for facts that depend on the folder. */
  readonly file: string;
  readonly pod: Pod;
}

/** An object that looks like a workload and is none, with the reason as the id of a finding. */
export interface NoWorkload {
  readonly pointer: string;
  readonly kind: string;
  readonly name: string;
  readonly reason: 'skipped-foreign' | 'skipped-patch' | 'skipped-malformed';
}

/** The objects of a document: itself, or the items of a list (of lists); items of typed lists take the list's kind. */
export function* objectsOf(
  value: Json,
  pointer = '',
  inherited?: { apiVersion: Json; kind: string },
): Generator<{ object: JsonObject; pointer: string }> {
  if (!isObject(value)) return;
  const kind = stringAt(value, 'kind');
  if (kind !== undefined && isListKind(kind) && Array.isArray(member(value, 'items'))) {
    const typed =
      kind === 'List' || kind === 'ResourceList'
        ? undefined
        : { apiVersion: member(value, 'apiVersion') ?? null, kind: kind.slice(0, -4) };
    for (const [index, item] of itemsAt(value, 'items').entries()) yield* objectsOf(item, `${pointer}/items/${index}`, typed);
  } else {
    yield { object: kind === undefined && inherited ? { ...inherited, ...value } : value, pointer };
  }
}

/** True for the text of an image that only runs on Windows. */
export type IsWindowsImage = (image: string) => boolean;

/** Reads an object as a workload; undefined when its kind is no workload's. */
export function readWorkload(
  object: JsonObject,
  pointer: string,
  room: Room,
  file: string,
  isWindowsImage: IsWindowsImage,
): Workload | NoWorkload | undefined {
  const kind = stringAt(object, 'kind');
  const known = kind !== undefined && Object.hasOwn(WORKLOAD_KINDS, kind) ? WORKLOAD_KINDS[kind] : undefined;
  if (kind === undefined || !known) return undefined;
  const apiVersion = stringAt(object, 'apiVersion') ?? '';
  const name = stringAt(object, 'metadata', 'name') ?? '';
  const no = (reason: NoWorkload['reason']): NoWorkload => ({ pointer, kind, name, reason });
  if (apiVersion === '' || !known.groups.includes(apiGroup(apiVersion))) return no('skipped-foreign');
  const template = path(object, ...known.template);
  const spec = member(template, 'spec');
  if (template !== undefined && template !== null && !isObject(template)) return no('skipped-malformed');
  if (!isObject(template) || !isObject(spec) || !isComplete(spec))
    return no(isMalformed(spec) ? 'skipped-malformed' : 'skipped-patch');
  const workload = {
    value: object,
    apiVersion,
    kind,
    name,
    namespace: stringAt(object, 'metadata', 'namespace'),
    annotations: objectAt(object, 'metadata', 'annotations'),
    pointer,
    room,
    file,
  };
  return {
    ...workload,
    pod: readPod(template, spec, known.template.map((key) => `/${key}`).join(''), workload, isWindowsImage),
  } as Workload;
}

export function isWorkload(read: Workload | NoWorkload): read is Workload {
  return 'pod' in read;
}

function readPod(
  value: JsonObject,
  spec: JsonObject,
  pointer: string,
  workload: Omit<Workload, 'pod'>,
  isWindowsImage: IsWindowsImage,
): Pod {
  const images = [...itemsAt(spec, 'initContainers'), ...itemsAt(spec, 'containers')].map(
    (item) => stringAt(item, 'image') ?? '',
  );
  const containers: Container[] = [];
  const pod: Pod = {
    value,
    spec,
    annotations: objectAt(value, 'metadata', 'annotations'),
    pointer,
    isWindows: isWindows(spec) || images.some(isWindowsImage),
    containers,
    workload: workload as Workload,
  };
  (workload as { pod?: Pod }).pod = pod;
  for (const field of ['initContainers', 'containers'] as const) {
    for (const [index, item] of itemsAt(spec, field).entries()) {
      if (!isObject(item)) continue;
      const role =
        field === 'containers' ? 'container' : stringAt(item, 'restartPolicy') === 'Always' ? 'sidecar' : 'initContainer';
      containers.push({ role, name: stringAt(item, 'name') ?? '', value: item, pointer: `/spec/${field}/${index}`, pod });
    }
  }
  return pod;
}

/** A container without an image makes the object a patch: the API server would refuse it on its own. */
function isComplete(spec: JsonObject): boolean {
  const containers = itemsAt(spec, 'containers');
  const all = [...containers, ...itemsAt(spec, 'initContainers')];
  return containers.length > 0 && all.every((item) => isObject(item) && stringAt(item, 'image') !== undefined);
}

function isMalformed(spec: Json | undefined): boolean {
  if (spec === undefined || spec === null) return false;
  const containers = member(spec, 'containers');
  return (
    !isObject(spec) ||
    (containers !== undefined && containers !== null && !Array.isArray(containers)) ||
    itemsAt(spec, 'containers').some((item) => !isObject(item))
  );
}

/** A field of the security context as the kubelet sees it: the container's own value wins over the pod's. */
export function effective(
  container: Container,
  field: 'runAsNonRoot' | 'runAsUser' | 'runAsGroup' | 'seccompProfile',
): Json | undefined {
  const own = path(container.value, 'securityContext', field) ?? undefined;
  return own ?? path(container.pod.spec, 'securityContext', field) ?? undefined;
}

/** JSON Pointer from the pod template to where the effective value of a field stands. */
export function effectivePointer(container: Container, field: string): string {
  const own = path(container.value, 'securityContext', field) ?? undefined;
  return own === undefined ? `/spec/securityContext/${field}` : `${container.pointer}/securityContext/${field}`;
}
