/** Whether a pod's volumes need a group of their own, and which one. */
import { path } from '../util/json.ts';
import { closedMode, mountsOf } from '../kubernetes/volumes.ts';
import { effective, type Container, type Pod } from '../kubernetes/object.ts';
import type { ContainerDecision, Safety } from './container.ts';
import type { User } from './user.ts';

export interface FsGroup {
  readonly gid: number;
  /** The volume that needs it. */
  readonly volume: string;
  readonly safety: Safety;
}

/**
 * The `fsGroup` for a pod that gives none: when a container that kharden gives a user writes to a persistent volume, or reads a
 * Secret, ConfigMap or projected volume whose mode shuts others out. Every container of the pod gets the group beside its
 * own, so one fits all. None where the image is known to refuse the file modes that a group brings (key files, cookies).
 */
export function fsGroupFor(
  pod: Pod,
  decide: (container: Container) => ContainerDecision,
  userOf: (container: Container) => User,
): FsGroup | undefined {
  const given = path(pod.spec, 'securityContext', 'fsGroup') ?? undefined;
  if (given !== undefined) return undefined;
  const decided = [...pod.containers]
    .sort((left, right) => rank(left) - rank(right))
    .map((container) => ({ container, decision: decide(container) }));
  if (decided.some(({ decision }) => decision.knowledge?.fsGroup !== undefined)) return undefined;
  for (const { container, decision } of decided) {
    if (!decision.isMadeNonRoot || effective(container, 'runAsUser') !== undefined) continue;
    const mount = mountsOf(container).find(
      ({ nature, isReadOnly, source }) =>
        (nature === 'persistent' && !isReadOnly) || (nature === 'files' && closedMode(source) !== undefined),
    );
    if (mount) return { gid: userOf(container).gid, volume: mount.volume, safety: decision.safety };
  }
  return undefined;
}

/** The pod's own containers decide before those that only prepare or accompany it. */
function rank(container: Container): number {
  return container.role === 'container' ? 0 : 1;
}
