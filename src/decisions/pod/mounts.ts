/** The emptyDirs that the containers of a pod need. */
import { freeName, toLabel } from '../../kubernetes/names.ts';
import type { Container, Pod } from '../../kubernetes/object.ts';
import { volumeNames } from '../../kubernetes/volumes.ts';
import { memo } from '../../util/memo.ts';
import type { ContainerDecision } from '../container/container.ts';

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
export function planMounts(pod: Pod, decide: Decide): ReadonlyMap<Container, readonly PlannedMount[]> {
  return mountsBy(decide)(pod);
}

type Decide = (container: Container) => ContainerDecision;

/** Several transforms ask about a pod. */
const mountsBy = memo((decide: Decide) => memo((pod: Pod) => plan(pod, decide)));

function plan(pod: Pod, decide: Decide): ReadonlyMap<Container, readonly PlannedMount[]> {
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

/** Beside a writable root file system only what a user that is not root could not write to. */
function pathsOf({ readOnlyRoot, isMadeNonRoot }: ContainerDecision): readonly string[] {
  const { isMade, writablePaths, foldersOfRoot } = readOnlyRoot;
  return isMade ? writablePaths : isMadeNonRoot ? foldersOfRoot : [];
}
