/** Containers that work on their node: privileged ones, and agents that need the node's files or processes. */
import type { ImageKnowledge } from '../../images/index.ts';
import { itemsAt, path } from '../../util/json.ts';
import { mountsOf } from '../../kubernetes/volumes.ts';
import type { Container } from '../../kubernetes/object.ts';
import type { Reason } from '../basis/reason.ts';

/**
 * Why the API server refuses `allowPrivilegeEscalation: false` on a container: `privileged`, or the capability spelled
 * `CAP_SYS_ADMIN` (it does not know the short spelling; `ValidateSecurityContext` in the API server).
 */
export function privilegedReason(container: Container): Reason | undefined {
  const base = `${container.pointer}/securityContext`;
  if (path(container.value, 'securityContext', 'privileged') === true) return { why: 'is privileged', at: `${base}/privileged` };
  const added = itemsAt(container.value, 'securityContext', 'capabilities', 'add');
  const index = added.indexOf('CAP_SYS_ADMIN');
  return index === -1 ? undefined : { why: 'has CAP_SYS_ADMIN', at: `${base}/capabilities/add/${index}` };
}

/**
 * Why a container counts as a node agent: it writes to the node's files, sees the node's processes or their memory, or reads
 * files of the node, or the socket of a driver beside it, that its image is known to read as root.
 */
export function hostReason(container: Container, knowledge: ImageKnowledge | undefined): Reason | undefined {
  const { spec } = container.pod;
  for (const field of ['hostPID', 'hostIPC'] as const) {
    if (path(spec, field) === true) return { why: `runs with ${field}`, at: `/spec/${field}` };
  }
  const readsAsRoot = knowledge?.needs.includes('host-access') ?? false;
  const mounts = mountsOf(container);
  const at = `${container.pointer}/volumeMounts`;
  const mount = mounts.find(({ nature, isReadOnly }) => nature === 'host' && (!isReadOnly || readsAsRoot));
  if (mount) return { why: `${mount.isReadOnly ? 'reads' : 'writes to'} the node's files at ${mount.path}`, at };
  if (!readsAsRoot) return undefined;
  const others = container.pod.containers.filter((other) => other !== container).flatMap((other) => mountsOf(other));
  const socket = mounts.find(({ nature, volume }) => nature === 'scratch' && others.some((other) => other.volume === volume));
  return socket && { why: `uses the socket of another container at ${socket.path}`, at };
}
