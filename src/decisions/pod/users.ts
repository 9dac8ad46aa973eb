/** Which users the containers of a pod should run as. */
import { fnv1a } from '../../kubernetes/names.ts';
import { mountsOf } from '../../kubernetes/volumes.ts';
import { effective, type Container, type KubernetesObject, type Pod } from '../../kubernetes/object.ts';
import { hasOwnUser, type ImageKnowledge } from '../../images/index.ts';
import type { ContainerDecision } from '../container/container.ts';

/** `per-workload` derives a stable number from namespace and name, so that workloads do not share one. */
export interface UserOptions {
  readonly uid: number | 'per-workload';
  readonly gid: number | 'per-workload';
}

/** The numbers to write; what the author gave already is among them. `isOwn`: they belong to the image. */
export interface User {
  readonly uid: number;
  readonly gid: number;
  readonly isOwn: boolean;
}

/**
 * The users of the containers of a pod. Containers that write to one volume get one user, so that each can change what the
 * other wrote: the author's, else that of the first of them whose image has its own, else that of the first.
 */
export function usersOf(
  pod: Pod,
  decide: (container: Container) => ContainerDecision,
  options: UserOptions,
): (container: Container) => User {
  const alone = new Map(pod.containers.map((one) => [one, chooseUser(one, decide(one), options)] as const));
  const userOf = (container: Container): User => alone.get(container) ?? chooseUser(container, decide(container), options);
  return (container) => {
    const own = userOf(container);
    if (positive(effective(container, 'runAsUser')) !== undefined || !isMovable(container, decide(container))) return own;
    const written = new Set(writtenVolumes(container));
    const sharesVolume = (other: Container): boolean =>
      other !== container && writtenVolumes(other).some((volume) => written.has(volume));
    const sharing = written.size === 0 ? [] : pod.containers.filter(sharesVolume);
    const given = sharing.find((other) => positive(effective(other, 'runAsUser')) !== undefined);
    const owner = given ?? [container, ...sharing].find((one) => decide(one).isMadeNonRoot && userOf(one).isOwn);
    if (!owner || owner === container) return own;
    const { uid, gid } = userOf(owner);
    return { uid, gid: positive(effective(container, 'runAsGroup')) ?? gid, isOwn: false };
  };
}

/** False where the image works as no other user than its own. */
function isMovable({ role }: Container, { knowledge }: ContainerDecision): boolean {
  return role === 'initContainer' || knowledge?.user.uid === undefined || knowledge.user.arbitraryUid === true;
}

function writtenVolumes(container: Container): string[] {
  return mountsOf(container).flatMap(({ volume, nature, isReadOnly }) =>
    !isReadOnly && (nature === 'persistent' || nature === 'scratch') ? [volume] : [],
  );
}

/**
 * The user for a container that can run without root. The author's numbers come first; then the image's own user where the
 * image starts as one, where it cannot run as any other, where persistent data belong to it already, or where it writes to
 * folders of its own that no volume covers; then a high one with the group that the image requires.
 */
function chooseUser(container: Container, { knowledge, readOnlyRoot }: ContainerDecision, options: UserOptions): User {
  const givenUid = positive(effective(container, 'runAsUser'));
  const givenGid = positive(effective(container, 'runAsGroup'));
  const own = knowledge?.user;
  const hasMounts = readOnlyRoot.isMade || (knowledge?.needs.includes('mounts-for-nonroot') ?? false);
  const wantsOwn =
    knowledge &&
    own?.uid !== undefined &&
    (hasOwnUser(knowledge) ||
      !own.arbitraryUid ||
      writesPersistently(container) ||
      (!hasMounts && writesToOwnFolders(knowledge)));
  const uid = givenUid ?? (wantsOwn ? own.uid : undefined) ?? number(options.uid, container.pod.object);
  const isOwn = own !== undefined && uid === own.uid;
  const gid =
    givenGid ?? own?.requiresGid ?? (isOwn ? own.gid : undefined) ?? givenUid ?? number(options.gid, container.pod.object);
  return { uid, gid, isOwn };
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}

/** True when a container writes to a volume that outlives its pod. */
export function writesPersistently(container: Container): boolean {
  return mountsOf(container).some(({ nature, isReadOnly }) => nature === 'persistent' && !isReadOnly);
}

function writesToOwnFolders(knowledge: ImageKnowledge): boolean {
  return knowledge.writable.some(({ path, optional }) => !optional && path !== '/tmp');
}

const LOWEST = 10001;
const HIGHEST = 65533;

function number(option: number | 'per-workload', object: KubernetesObject): number {
  if (option !== 'per-workload') return option;
  return LOWEST + (fnv1a(`${object.namespace ?? ''}/${object.name}`) % (HIGHEST - LOWEST + 1));
}
