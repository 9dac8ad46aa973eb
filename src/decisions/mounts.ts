/** The emptyDirs that a pod's containers need, named so that no two clash, whichever transform writes them. */
import { freeName, toLabel } from '../kubernetes/names.ts';
import { volumeNames } from '../kubernetes/volumes.ts';
import type { Container, Pod } from '../kubernetes/object.ts';
import type { ContainerDecision } from './container.ts';

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
