/** The group that the volumes of a pod need. */
import { effective, type Container, type Pod } from '../../kubernetes/object.ts';
import { closedMode, mountsOf, type Mount } from '../../kubernetes/volumes.ts';
import { path, stringAt } from '../../util/json.ts';
import type { Facts } from '../../workspace/facts.ts';
import { ignoresFsGroup } from '../basis/persistent-volumes.ts';
import type { ContainerDecision } from '../container/container.ts';
import type { Safety } from '../container/context.ts';
import type { User } from './users.ts';

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
 * own, so one fits all. None where the image is known to refuse the file modes that a group brings (key files, cookies), for
 * volumes that ignore the group, and for the claim that another workload owns.
 */
export function fsGroupFor(
  pod: Pod,
  decide: (container: Container) => ContainerDecision,
  userOf: (container: Container) => User,
  facts: Facts,
): FsGroup | undefined {
  const given = path(pod.spec, 'securityContext', 'fsGroup') ?? undefined;
  if (given !== undefined) return undefined;
  const decided = [...pod.containers]
    .sort((left, right) => rank(left) - rank(right))
    .map((container) => ({ container, decision: decide(container) }));
  if (decided.some(({ decision }) => decision.knowledge?.fsGroup !== undefined)) return undefined;
  for (const { container, decision } of decided) {
    if (!decision.isMadeNonRoot || effective(container, 'runAsUser') !== undefined) continue;
    const mount = mountsOf(container).find((one) => needsGroup(one, pod, facts));
    if (mount) return { gid: userOf(container).gid, volume: mount.volume, safety: decision.safety };
  }
  return undefined;
}

function needsGroup(mount: Mount, pod: Pod, facts: Facts): boolean {
  const { nature, isReadOnly, source } = mount;
  if (nature === 'files') return closedMode(source) !== undefined;
  return (
    nature === 'persistent' && !isReadOnly && !ignoresFsGroup(mount, pod.object, facts) && !isClaimOfAnother(mount, pod, facts)
  );
}

const RUN_TO_COMPLETION = ['CronJob', 'Job', 'Pod'];

/** True for a pod that only visits the volume of a server: changing its group would change it for the server. */
function isClaimOfAnother({ source }: Mount, { object }: Pod, facts: Facts): boolean {
  const claim = stringAt(source ?? null, 'persistentVolumeClaim', 'claimName');
  if (claim === undefined || !RUN_TO_COMPLETION.includes(object.kind)) return false;
  return facts.kindsMounting(object.namespace, claim).some((kind) => !RUN_TO_COMPLETION.includes(kind));
}

/** The pod's own containers decide before those that only prepare or accompany it. */
function rank(container: Container): number {
  return container.role === 'container' ? 0 : 1;
}
