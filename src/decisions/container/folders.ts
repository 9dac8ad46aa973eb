/** Folders that a program must own, on volumes whose root folder belongs to root: `fsGroup` changes only its group. */
import type { ImageKnowledge } from '../../images/index.ts';
import { itemsAt, member, path, stringAt, type Json } from '../../util/json.ts';
import { rootEvidence } from '../../evidence/root.ts';
import { mountPaths, mountsOf, normalPath, type Mount } from '../../kubernetes/volumes.ts';
import type { Container } from '../../kubernetes/object.ts';
import type { Command } from '../../shell/command.ts';
import type { Reason } from '../basis/reason.ts';

/** The commands of a container. */
export type CommandsOf = (container: Container) => readonly Command[];

/** A folder that the software must own, and where it is in a container. */
interface OwnFolder {
  readonly path: string;
  /** The variable that moves it. */
  readonly variable: string;
  readonly isMoved: boolean;
  /** The volume that the manifest mounts at this path. */
  readonly mount: Mount | undefined;
  readonly isOptional: boolean;
}

/**
 * Why a container must prepare its volume as root; undefined when a user and a group are enough.
 *
 * @param commandsOf the commands of the containers of its pod
 */
export function folderReason(
  container: Container,
  knowledge: ImageKnowledge | undefined,
  commandsOf: CommandsOf,
): Reason | undefined {
  if (!knowledge) return undefined;
  const at = `${container.pointer}/volumeMounts`;
  const uid = knowledge.user.uid ?? '';
  for (const { path: folder, variable, mount, isMoved } of ownFolders(container, knowledge)) {
    if (!mount || mount.isReadOnly || mount.nature === 'host' || isPrepared(container, mount, commandsOf)) continue;
    if (mount.nature === 'scratch' && !isMoved && knowledge.confidence === 'high') continue;
    const cure = `for a new database, set ${variable} to a folder below ${folder}; for an existing one, set runAsUser: ${uid}`;
    return { why: `must own ${folder}, but the root folder of a new volume belongs to root (${cure})`, at };
  }
  if (!knowledge.fsGroup || path(container.pod.spec, 'securityContext', 'fsGroup') !== undefined) return undefined;
  const mount = mountsOf(container).find(({ nature, isReadOnly }) => nature === 'persistent' && !isReadOnly);
  if (!mount || isPrepared(container, mount, commandsOf)) return undefined;
  const why = knowledge.fsGroup.why ?? 'it refuses files that a group can access';
  return { why: `must own what it keeps at ${mount.path}, where the rights of a group are not enough (${why})`, at };
}

/** The variables that move such folders below a volume that is empty at each start, so that the software makes and owns them. */
export function folderVariables(container: Container, knowledge: ImageKnowledge | undefined): { name: string; value: string }[] {
  if (knowledge?.confidence !== 'high') return [];
  return ownFolders(container, knowledge)
    .filter(({ mount, isMoved, isOptional }) => !isMoved && (mount ? mount.nature === 'scratch' : !isOptional))
    .map(({ path: folder, variable }) => ({ name: variable, value: `${folder}/${variable.toLowerCase()}` }));
}

function ownFolders(container: Container, knowledge: ImageKnowledge): OwnFolder[] {
  const mounts = mountsOf(container);
  return knowledge.writable.flatMap(({ path: known, mustOwn, optional }) => {
    if (mustOwn === undefined) return [];
    const given = itemsAt(container.value, 'env').find((variable) => member(variable, 'name') === mustOwn);
    const folder = given === undefined ? normalPath(known) : valueOf(given);
    const isCovered = mounts.some((mount) => folder?.startsWith(`${mount.path}/`));
    const mount = mounts.find((one) => one.path === folder);
    if (folder === undefined || (isCovered && !mount)) return [];
    return [{ path: folder, variable: mustOwn, isMoved: given !== undefined, mount, isOptional: optional === true }];
  });
}

function valueOf(variable: Json): string | undefined {
  const value = stringAt(variable, 'value');
  return value === undefined ? undefined : normalPath(value);
}

/** Why a container works on files of root: an init container that stays root fills a volume of it, and leaves them root's. */
export function filledByRoot(
  container: Container,
  { commandsOf, staysRoot }: { commandsOf: CommandsOf; staysRoot(initContainer: Container): boolean },
): Reason | undefined {
  if (container.role === 'initContainer') return undefined;
  const mount = mountsOf(container).find((one) => {
    if (one.nature !== 'persistent' || one.isReadOnly || isPrepared(container, one, commandsOf)) return false;
    return container.pod.containers.some(
      (other) => other.role === 'initContainer' && writesTo(other, one.volume) && staysRoot(other),
    );
  });
  const why = `works on what an init container writes as root to ${mount?.path}`;
  return mount && { why, at: `${container.pointer}/volumeMounts` };
}

function writesTo(container: Container, volume: string): boolean {
  return mountsOf(container).some((mount) => mount.volume === volume && !mount.isReadOnly);
}

/** True when an earlier container changes the owner of the volume. */
function isPrepared(container: Container, { volume }: Mount, commandsOf: CommandsOf): boolean {
  return container.pod.containers.some(
    (other) =>
      other.role === 'initContainer' &&
      other !== container &&
      mountsOf(other).some((mount) => mount.volume === volume) &&
      rootEvidence(commandsOf(other), mountPaths(other), true).some(({ word }) => word === 'chown'),
  );
}
