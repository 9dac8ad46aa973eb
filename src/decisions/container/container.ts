/** What all transforms agree on for one container: decided once, from the manifest, the image knowledge and the settings. */
import { escalatingCommand } from '../../evidence/escalation.ts';
import { madeFolders } from '../../evidence/file-writes.ts';
import { dataFolders, type DataFolder } from '../../evidence/named-paths.ts';
import { keepsUser, takesField, type Container } from '../../kubernetes/object.ts';
import { mountPaths, mountsOf } from '../../kubernetes/volumes.ts';
import { path } from '../../util/json.ts';
import type { Basis } from '../basis/basis.ts';
import type { Reason } from '../basis/reason.ts';
import type { Settings } from '../basis/settings.ts';
import { isAllowed, type DecisionContext, type Safety } from './context.ts';
import { lowestPort } from './ports.ts';
import { capabilitiesOfKeptRoot, type RootNeed } from './root.ts';
import { unknownImage } from './unknown-image.ts';
import { decideUser, isKnown, type UserDecision } from './user.ts';
import { writablePaths, writableRootNeed } from './writable.ts';

export interface ContainerDecision extends Basis, UserDecision {
  readonly readOnlyRoot: ReadOnlyRoot;
  /** True when a field that would be written is not, because too little is known of the image. */
  readonly isLeftAlone: boolean;
  /** The lowest port below 1024 that it listens on. */
  readonly lowPort: number | undefined;
  /** Capabilities to add back after dropping all; undefined when it keeps root and nobody knows which it needs. */
  readonly capabilities: readonly string[] | undefined;
  /** JSON Pointer from the pod to what gets more rights than the container started with, where its user may not be root. */
  readonly escalation: string | undefined;
}

/** What is decided about `readOnlyRootFilesystem`. */
export interface ReadOnlyRoot {
  /** Why the root file system must stay writable. */
  readonly refused: Reason | undefined;
  /** The same, where nothing but knowledge of the image is missing. */
  readonly leftAlone: Reason | undefined;
  /** True when kharden makes it read-only. */
  readonly isMade: boolean;
  readonly safety: Safety;
  /** The paths that need an emptyDir then. */
  readonly writablePaths: readonly string[];
  /** Those of them that a user who is not root could not write to even beside a writable root file system. */
  readonly foldersOfRoot: readonly string[];
}

/** Decides one container. */
export function decideContainer(container: Container, context: DecisionContext): ContainerDecision {
  const basis = context.basisOf(container);
  const user = decideUser(container, context);
  const { privileged, host, root, leftAlone, canBeNonRoot, isNonRoot } = user;
  const keptRoot = canBeNonRoot && !isNonRoot ? capabilitiesOfKeptRoot(container, basis, context.facts) : [];
  const readOnlyRoot = decideRootFileSystem(container, basis, context, {
    isPrivileged: privileged !== undefined,
    keepsRoot: host ?? root ?? leftAlone,
    leftAlone,
  });
  return {
    ...basis,
    ...user,
    readOnlyRoot,
    isLeftAlone:
      (leftAlone !== undefined && wouldWrite('runAsNonRoot', container, context)) ||
      (readOnlyRoot.leftAlone !== undefined && wouldWrite('readOnlyRootFilesystem', container, context)),
    lowPort: lowestPort(container, basis, context.facts),
    capabilities: keepsUser(container) && !isNonRoot ? undefined : capabilitiesToAdd(root, leftAlone, keptRoot, basis),
    escalation: escalationOf(container, basis),
  };
}

/** True when a field of the security context is one that the run writes where nothing speaks against it. */
function wouldWrite(field: string, container: Container, context: DecisionContext): boolean {
  const { pod, pointer } = container;
  return !pod.isWindows && takesField(pod, `${pointer}/securityContext/${field}`) && context.writes(field, container);
}

/** Root has the rights already; elsewhere kharden knows the user that it sets. */
function escalationOf(container: Container, { knowledge, commands }: Basis): string | undefined {
  if (!keepsUser(container)) return undefined;
  if (knowledge?.needs.includes('privilege-escalation')) return `${container.pointer}/image`;
  const command = escalatingCommand(commands);
  return command && container.pointer + command.pointer;
}

interface RestOfDecision {
  readonly isPrivileged: boolean;
  /** Why the container keeps its user. */
  readonly keepsRoot: Reason | undefined;
  /** The same, where nothing but knowledge of the image is missing. */
  readonly leftAlone: Reason | undefined;
}

function decideRootFileSystem(
  container: Container,
  basis: Basis,
  context: DecisionContext,
  { isPrivileged, keepsRoot, leftAlone }: RestOfDecision,
): ReadOnlyRoot {
  const { knowledge, commands, runsImageProgram, image } = basis;
  const { settings } = context;
  const writable = mountsOf(container).flatMap((mount) => (mount.isReadOnly ? [] : [mount.path]));
  const made = madeFolders(commands, mountPaths(container)).map((one) => ({
    name: 'mkdir',
    path: one,
    pointer: '/command',
    canBeVolume: true,
  }));
  const folders = [...(runsImageProgram ? dataFolders(container, commands, writable) : []), ...made];
  const named = context.writable(container, image);
  const paths = writablePaths(container, knowledge, folders, named);
  const safety = isKnown(basis) && knowledge?.readOnlyRootFilesystem === 'works' ? 'safe' : 'may-break';
  const needed = writableRootNeed(container, basis, folders);
  const refused = needed ?? unknownRootFileSystem(container, basis, settings, { keepsRoot, isDescribed: named.length > 0 });
  const given = path(container.value, 'securityContext', 'readOnlyRootFilesystem') ?? undefined;
  const isOpen = given === undefined || (given === false && settings.override);
  const canBe = !container.pod.isWindows && !isPrivileged && !refused && isOpen;
  return {
    refused,
    leftAlone: needed || !refused || !isOpen ? undefined : refused.isUnknown ? refused : leftAlone,
    isMade: canBe && context.writes('readOnlyRootFilesystem', container) && isAllowed(safety, settings),
    safety,
    writablePaths: paths,
    foldersOfRoot: foldersOfRoot(given === true, knowledge, folders, paths),
  };
}

interface RestOfRefusal extends Pick<RestOfDecision, 'keepsRoot'> {
  /** True when the user says where the container writes. */
  readonly isDescribed: boolean;
}

/** Why a root file system stays as it is because too little is known. */
function unknownRootFileSystem(
  container: Container,
  basis: Basis,
  settings: Settings,
  { keepsRoot, isDescribed }: RestOfRefusal,
): Reason | undefined {
  const { source, knowledge } = basis;
  const at = `${container.pointer}/image`;
  if (source === 'command') return undefined;
  if (source === 'image') {
    const isUserOpen = knowledge?.nonRoot === 'unknown' && keepsRoot !== undefined;
    const isOpen = isUserOpen || knowledge?.readOnlyRootFilesystem === 'unknown' || knowledge?.confidence === 'low';
    return isOpen
      ? { why: 'has an image of which it is not known whether it works with a read-only root file system', at }
      : undefined;
  }
  const unknown = source === 'nothing' && !isDescribed ? unknownImage(container, basis, settings) : undefined;
  if (unknown) return unknown;
  if (!keepsRoot || (isDescribed && keepsRoot.isUnknown)) return undefined;
  return { why: 'stays root with an image that is not known', at: keepsRoot.at };
}

/** `/tmp` is everybody's. What the author made read-only, the image's user could still write to through volumes of the image. */
function foldersOfRoot(
  isReadOnly: boolean,
  knowledge: Basis['knowledge'],
  folders: readonly DataFolder[],
  paths: readonly string[],
): readonly string[] {
  const isAll = isReadOnly || (knowledge?.needs.includes('mounts-for-nonroot') ?? false);
  return paths.filter((one) => one !== '/tmp' && (isAll || folders.some((folder) => folder.path === one)));
}

/** File capabilities are always needed: without them in the bounding set the exec of the binary fails (capabilities(7)). */
function capabilitiesToAdd(
  root: RootNeed | undefined,
  leftAlone: Reason | undefined,
  keptRoot: readonly string[],
  { knowledge }: Basis,
): readonly string[] | undefined {
  const ofFiles = knowledge?.fileCaps ?? [];
  if (leftAlone) return undefined;
  if (!root) return [...new Set([...keptRoot, ...ofFiles])];
  return root.capabilities && [...new Set([...root.capabilities, ...ofFiles])];
}
