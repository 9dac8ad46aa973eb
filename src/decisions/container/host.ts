/** Containers that work on their node: privileged ones, and agents that need the node's files or processes. */
import { itemsAt, path, stringAt } from '../../util/json.ts';
import { mountsOf, normalPath, type Mount } from '../../kubernetes/volumes.ts';
import { rootEvidence } from '../../evidence/root.ts';
import type { Container } from '../../kubernetes/object.ts';
import type { Command } from '../../shell/command.ts';
import type { Facts } from '../../workspace/facts.ts';
import { persistentVolumeOf } from '../basis/persistent-volumes.ts';
import type { Basis } from '../basis/basis.ts';
import type { HostField } from './context.ts';
import type { Reason } from '../basis/reason.ts';

/**
 * Why the API server refuses `allowPrivilegeEscalation: false` on a container: `privileged`, or the capability spelled
 * `CAP_SYS_ADMIN` (it does not know the short spelling; `ValidateSecurityContext` in the API server).
 *
 * @param isTakenAway says where `privileged` is to go
 */
export function privilegedReason(container: Container, isTakenAway: () => boolean): Reason | undefined {
  const base = `${container.pointer}/securityContext`;
  if (path(container.value, 'securityContext', 'privileged') === true && !isTakenAway())
    return { why: 'is privileged', at: `${base}/privileged` };
  const added = itemsAt(container.value, 'securityContext', 'capabilities', 'add');
  const index = added.indexOf('CAP_SYS_ADMIN');
  return index === -1 ? undefined : { why: 'has CAP_SYS_ADMIN', at: `${base}/capabilities/add/${index}` };
}

/**
 * What a container can only do when it is privileged: a mount that the API server refuses otherwise (`validateMountPropagation`),
 * or a command that changes the kernel of the node.
 */
export function privilegeNeed(container: Container, commands: readonly Command[]): Reason | undefined {
  const { value, pointer } = container;
  const mount = itemsAt(value, 'volumeMounts').findIndex((one) => stringAt(one, 'mountPropagation') === 'Bidirectional');
  if (mount !== -1) return { why: 'has a Bidirectional mount', at: `${pointer}/volumeMounts/${mount}/mountPropagation` };
  const shown = rootEvidence(commands, [], false).find(({ capabilities, installs }) => capabilities === undefined && !installs);
  return shown && { why: `runs ${shown.word}`, at: `${pointer}${shown.pointer}` };
}

/** `isGuess`: it reads files of the node, and nobody knows whether it needs root for that. */
export interface HostReason extends Reason {
  readonly isGuess?: boolean;
}

/** Files of the node that everybody can read: certificates, time zones, and what names the machine. */
const READABLE_BY_ALL =
  /^\/(?:etc\/(?:ssl|pki|ca-certificates|localtime|timezone|machine-id|hostname|hosts|os-release|resolv\.conf)|usr\/(?:share\/(?:zoneinfo|ca-certificates)|local\/share\/ca-certificates|lib\/os-release)|var\/lib\/dbus\/machine-id)(?:\/|$)/;

/**
 * Why a container counts as a node agent: it writes to the node's files, sees the node's processes or their memory, or reads
 * files of the node as root: because its image is known to, or because nobody knows.
 *
 * @param keeps false for a namespace of the node that is to go
 */
export function hostReason(
  container: Container,
  { knowledge, source }: Basis,
  facts: Facts,
  keeps: (field: HostField) => boolean,
): HostReason | undefined {
  const { spec, object } = container.pod;
  for (const field of ['hostPID', 'hostIPC'] as const) {
    if (path(spec, field) === true && keeps(field)) return { why: `runs with ${field}`, at: `/spec/${field}` };
  }
  const needsHost = knowledge?.needs.includes('host-access') ?? false;
  const isGuess = source === 'nothing' || source === 'likeness';
  const mounts = mountsOf(container);
  const at = `${container.pointer}/volumeMounts`;
  const mount = mounts.find(
    (one) => one.nature === 'host' && (!one.isReadOnly || needsHost || (isGuess && !READABLE_BY_ALL.test(hostPathOf(one)))),
  );
  if (mount) {
    const why = `${mount.isReadOnly ? 'reads' : 'writes to'} the node's files at ${mount.path}`;
    return { why, at, isGuess: mount.isReadOnly && isGuess };
  }
  const claimed = mounts.find(
    (one) =>
      one.nature === 'persistent' && !one.isReadOnly && path(persistentVolumeOf(one, object, facts), 'hostPath') !== undefined,
  );
  if (claimed) return { why: `writes to the node's files at ${claimed.path} (its PersistentVolume is a hostPath)`, at };
  return undefined;
}

/**
 * Why a container that talks to a driver through its socket stays root: the driver does, and the socket belongs to it.
 *
 * @param keepsRoot true for another container of the pod that stays root
 */
export function socketReason(
  container: Container,
  { knowledge }: Basis,
  keepsRoot: (other: Container) => boolean,
): Reason | undefined {
  if (!knowledge?.needs.includes('host-access')) return undefined;
  const others = container.pod.containers
    .filter((other) => other !== container && keepsRoot(other))
    .flatMap((other) => mountsOf(other));
  const socket = mountsOf(container).find(
    ({ nature, volume }) => nature === 'scratch' && others.some((other) => other.volume === volume),
  );
  const why = `uses the socket of another container at ${socket?.path}`;
  return socket && { why, at: `${container.pointer}/volumeMounts` };
}

function hostPathOf({ source }: Mount): string {
  return normalPath(stringAt(source ?? null, 'hostPath', 'path') ?? '/');
}
