/** What a pod's volumes come to: the emptyDirs that its containers need, and the group that its volumes need. */
import { freeName, toLabel } from '../../kubernetes/names.ts';
import { effective, type Container, type Pod } from '../../kubernetes/object.ts';
import { closedMode, mountsOf, volumeNames } from '../../kubernetes/volumes.ts';
import { path } from '../../util/json.ts';
import type { ContainerDecision, Safety } from '../container/container.ts';
import type { User } from './user.ts';

/** An emptyDir for one path of one container. */
export interface PlannedMount {
  /** Of the new volume and of its mount. */
  readonly name: string;
  readonly mountPath: string;
}

/**
 * The mounts that each container needs, by container. A volume is called after its path, with the container's name in front
 * when several containers need one for it or when the name is taken; it is never shared.
 */
export function planMounts(
  pod: Pod,
  decide: (container: Container) => ContainerDecision,
): ReadonlyMap<Container, readonly PlannedMount[]> {
  const needed = pod.containers.map((container) => ({ container, paths: pathsOf(decide(container)) }));
  const taken = volumeNames(pod);
  return new Map(
    needed.map(({ container, paths }) => {
      const mounts = paths.map((mountPath) => {
        const isCommon = needed.some((other) => other.container !== container && other.paths.includes(mountPath));
        const plain = toLabel(mountPath);
        const name = freeName(isCommon || taken.has(plain) ? toLabel(`${container.name} ${mountPath}`) : plain, taken);
        taken.add(name);
        return { name, mountPath };
      });
      return [container, mounts];
    }),
  );
}

/** Where the root file system stays writable, only what a process that is not root could not write to otherwise: `/tmp` is everybody's. */
function pathsOf(decision: ContainerDecision): readonly string[] {
  const { isMade, writablePaths } = decision.readOnlyRoot;
  if (isMade) return writablePaths;
  const needsMounts = decision.isMadeNonRoot && decision.knowledge?.needs.includes('mounts-for-nonroot');
  return needsMounts ? writablePaths.filter((path) => path !== '/tmp') : [];
}

/** The `fsGroup` of a pod. */
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
