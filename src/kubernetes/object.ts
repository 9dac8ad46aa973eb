/** Kubernetes objects as transforms see them: an object, its pod templates and their containers. */
import { isArray, isObject, member, path, type Json, type JsonObject } from '../util/json.ts';
import type { FieldRules } from './custom-kinds/index.ts';

/** A native sidecar is an init container with `restartPolicy: Always` (KEP-753). */
export type ContainerRole = 'container' | 'initContainer' | 'sidecar';

export interface Container {
  readonly role: ContainerRole;
  readonly name: string;
  readonly value: JsonObject;
  /** JSON Pointer from the pod: `/spec/containers/0`. */
  readonly pointer: string;
  readonly pod: Pod;
}

/** A pod template, or a Pod itself. Pointers from the pod begin with `/spec` or `/metadata`, wherever the two stand. */
export interface Pod {
  readonly spec: JsonObject;
  readonly annotations: JsonObject;
  readonly labels: JsonObject;
  /** JSON Pointer from the object to the pod spec: `/spec/template/spec`. */
  readonly specPointer: string;
  /** JSON Pointer from the object to the pod's metadata; undefined where the kind has no place for it. */
  readonly metadataPointer: string | undefined;
  readonly isWindows: boolean;
  /** What may be set in objects of this kind. */
  readonly rules: FieldRules;
  /** True when it is only what the manifest shows of a pod: the controller of its kind adds containers and fields. */
  readonly isPartial: boolean;
  /** Init containers, native sidecars and containers, in the order of their start. Ephemeral ones cannot be declared. */
  readonly containers: readonly Container[];
  readonly object: KubernetesObject;
}

/**
 * Where a new object goes that an object needs: a document of its own before the document, an item of the same list before the
 * item that a pointer names, or nowhere (a single JSON object).
 */
export type Placement = { readonly kind: 'document' | 'none' } | { readonly kind: 'item'; readonly pointer: string };

export interface KubernetesObject {
  readonly value: JsonObject;
  readonly apiVersion: string;
  readonly group: string;
  readonly kind: string;
  /** Empty when the author gave none. */
  readonly name: string;
  readonly namespace: string | undefined;
  readonly annotations: JsonObject;
  /** JSON Pointer from the document: empty, or `/items/3` inside a list. */
  readonly pointer: string;
  readonly placement: Placement;
  /** Path of the file, for facts that depend on the folder, and the line in it, from 1. */
  readonly file: string;
  readonly line: number;
  /** Its pod templates; empty for an object of another kind, and for one that is left alone. */
  readonly pods: readonly Pod[];
  /** Why an object of a workload kind is left alone. */
  readonly leftAlone: LeftAlone | undefined;
}

/** An object that looks like a workload and is none: the id of the finding. */
export type LeftAlone = 'skipped-foreign' | 'skipped-patch' | 'skipped-malformed' | 'no-pod-spec' | 'unsupported-kind';

/** The containers of all pods of an object; of most objects, those of the only pod. */
export function containersOf({ pods }: KubernetesObject): readonly Container[] {
  return pods.length === 1 ? (pods[0] as Pod).containers : pods.flatMap(({ containers }) => containers);
}

/**
 * JSON Pointer from the object to what a pointer from one of its pods names; the empty one names what holds the pod spec.
 *
 * @throws Error for metadata where the kind has none: a bug
 */
export function fromObject(pod: Pod, pointer: string): string {
  if (pointer === '') return pod.specPointer.slice(0, pod.specPointer.lastIndexOf('/'));
  if (pointer === '/spec' || pointer.startsWith('/spec/')) return pod.specPointer + pointer.slice('/spec'.length);
  if (pod.metadataPointer === undefined || !pointer.startsWith('/metadata')) throw new Error(`no place in a pod: ${pointer}`);
  return pod.metadataPointer + pointer.slice('/metadata'.length);
}

/** A field of the security context as the kubelet sees it: the container's own value wins over the pod's. */
export function effective(
  container: Container,
  field: 'runAsNonRoot' | 'runAsUser' | 'runAsGroup' | 'seccompProfile',
): Json | undefined {
  const own = member(member(container.value, 'securityContext'), field);
  return own ?? member(member(container.pod.spec, 'securityContext'), field) ?? undefined;
}

/** JSON Pointer from the pod to where the effective value of a field stands. */
export function effectivePointer(container: Container, field: string): string {
  const own = path(container.value, 'securityContext', field) ?? undefined;
  return own === undefined ? `/spec/securityContext/${field}` : `${container.pointer}/securityContext/${field}`;
}

/** True when a pod may have what a pointer from it names: its kind takes the field. */
export function takesField({ rules: { refuses, takes, completes = [] }, spec }: Pod, pointer: string): boolean {
  if (refuses.length === 0 && !takes) return true;
  const tokens = pointer.split('/');
  const isIn = (place: string): boolean => place.split('/').every((token, index) => token === '*' || token === tokens[index]);
  if (refuses.some(isIn) || takes?.some(isIn) === false) return false;
  return completes.filter(isIn).every((place) => isObject(inSpec({ spec }, tokens.slice(0, place.split('/').length).join('/'))));
}

/** The value in the manifest that a pointer from a pod into its spec names. */
export function inSpec({ spec }: Pick<Pod, 'spec'>, pointer: string): Json | undefined {
  const step = (value: Json | undefined, token: string): Json | undefined =>
    isArray(value) ? value[Number(token)] : member(value, token);
  return pointer.split('/').slice(2).reduce<Json | undefined>(step, spec);
}

/** True for a container whose user is not for the manifest to say. */
export function keepsUser({ pod, pointer }: Container): boolean {
  return !takesField(pod, `${pointer}/securityContext/runAsUser`);
}
