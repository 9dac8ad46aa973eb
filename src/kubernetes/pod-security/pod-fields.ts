/** The fields of a pod that the Pod Security Standards look at, read once for all controls. */
import { isObject, itemsAt, objectAt, path, stringAt, type Json, type JsonObject } from '../../util/json.ts';

/** A pod or a container with its security context. */
export interface SecurityContextOwner {
  /** The name of the container; undefined for the pod. */
  readonly container?: string;
  /** JSON Pointer from the pod to the security context, which may be missing. */
  readonly pointer: string;
  /** Empty when there is none. */
  readonly context: JsonObject;
}

export interface ContainerFields extends SecurityContextOwner {
  readonly container: string;
  /** JSON Pointer from the pod to the container. */
  readonly containerPointer: string;
  readonly value: JsonObject;
}

/** What the standards judge: the spec of a pod or of a pod template, and the annotations beside it. */
export interface PodParts {
  readonly spec: JsonObject;
  readonly annotations: JsonObject;
}

export interface PodFields extends PodParts {
  readonly pod: SecurityContextOwner;
  /** Init containers, containers and ephemeral containers: the order of the API server's checks. */
  readonly containers: readonly ContainerFields[];
  /** The pod itself, then its containers. */
  readonly owners: readonly SecurityContextOwner[];
  /** True only for `os.name: windows`: a node selector does not count for the standards. */
  readonly isWindows: boolean;
  /** True for `hostUsers: false`: root in the pod is an ordinary user of the node (KEP-127). */
  readonly hasUserNamespace: boolean;
}

const LISTS = ['initContainers', 'containers', 'ephemeralContainers'];

/** Reads the fields; values of a wrong type, which the API server refuses, count as missing. */
export function readPodFields({ spec, annotations }: PodParts): PodFields {
  const pod = { pointer: '/spec/securityContext', context: objectAt(spec, 'securityContext') };
  const containers: ContainerFields[] = [];
  for (const field of LISTS) readContainers(spec, field, containers);
  return {
    annotations,
    spec,
    pod,
    containers,
    owners: [pod, ...containers],
    isWindows: stringAt(spec, 'os', 'name') === 'windows',
    hasUserNamespace: path(spec, 'hostUsers') === false,
  };
}

function readContainers(spec: JsonObject, field: string, found: ContainerFields[]): void {
  for (const [index, value] of itemsAt(spec, field).entries()) {
    if (!isObject(value)) continue;
    const containerPointer = `/spec/${field}/${index}`;
    found.push({
      container: stringAt(value, 'name') ?? '',
      containerPointer,
      value,
      pointer: `${containerPointer}/securityContext`,
      context: objectAt(value, 'securityContext'),
    });
  }
}

/** A field of the API as Go decodes it into a pointer: a `null` counts as missing. */
export function fieldAt(value: JsonObject, field: string): Json | undefined {
  return value[field] ?? undefined;
}

/** The container of an `Unmet`: nothing for the pod. */
export function ownerName({ container }: SecurityContextOwner): { container?: string } {
  return container === undefined ? {} : { container };
}
