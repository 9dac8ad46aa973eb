/** What all transforms agree on for one container: decided once, from the manifest, the image knowledge and the settings. */
import { dataFolders, type DataFolder } from '../../evidence/named-paths.ts';
import { isSettled } from '../../images/index.ts';
import type { ImageReference } from '../../kubernetes/image-reference.ts';
import { effective, type Container } from '../../kubernetes/object.ts';
import { mountsOf } from '../../kubernetes/volumes.ts';
import { path } from '../../util/json.ts';
import type { Facts } from '../../workspace/facts.ts';
import type { MountedFile } from '../basis/mounted-files.ts';
import type { Basis } from '../basis/basis.ts';
import type { Reason } from '../basis/reason.ts';
import type { Settings } from '../basis/settings.ts';
import { hostReason, privilegedReason } from './host.ts';
import { lowestPort } from './ports.ts';
import { rootNeed, type RootNeed } from './root.ts';
import { writablePaths, writableRootNeed } from './writable.ts';

/** `may-break`: what depends on it can stop the workload. */
export type Safety = 'safe' | 'may-break';

export interface ContainerDecision extends Basis {
  /** True when it is known whether it works without root: by its image, or by its command alone. */
  readonly isKnown: boolean;
  /** How sure the changes are that depend on the image. */
  readonly safety: Safety;
  /** Set when the API server refuses hardening fields on it. */
  readonly privileged: Reason | undefined;
  /** Set when it works on its node and keeps its user and capabilities. */
  readonly host: Reason | undefined;
  /** Set when it must keep root. */
  readonly root: RootNeed | undefined;
  /** Set when its user is left as it is, because nobody knows whether another one works. */
  readonly leftAlone: Reason | undefined;
  /** True when nothing speaks against a user that is not root. */
  readonly canBeNonRoot: boolean;
  /** True when it is non-root after this run, by the author's word or by kharden's. */
  readonly isNonRoot: boolean;
  /** True when kharden makes it non-root, or completes what the author began. */
  readonly isMadeNonRoot: boolean;
  readonly readOnlyRoot: ReadOnlyRoot;
  /** The lowest port below 1024 that it listens on. */
  readonly lowPort: number | undefined;
  /** Capabilities to add back after dropping all; undefined when it keeps root and nobody knows which it needs. */
  readonly capabilities: readonly string[] | undefined;
}

/** What is decided about `readOnlyRootFilesystem`. */
export interface ReadOnlyRoot {
  /** Why the root file system must stay writable. */
  readonly refused: Reason | undefined;
  /** True when that is because too little is known. */
  readonly isUnknown: boolean;
  /** True when kharden makes it read-only. */
  readonly isMade: boolean;
  readonly safety: Safety;
  /** The paths that need an emptyDir then. */
  readonly writablePaths: readonly string[];
  /** Those of them that a user who is not root could not write to even beside a writable root file system. */
  readonly foldersOfRoot: readonly string[];
}

/** What a container is decided with. */
export interface DecisionContext {
  readonly settings: Settings;
  readonly facts: Facts;
  /** What the decisions about a container of the pod rest on. */
  basisOf(container: Container): Basis;
  /** What is decided about an init container that starts before the one that is asked about. */
  decisionOf(initContainer: Container): ContainerDecision;
  /** The files of the container that are in the inputs. */
  filesOf(container: Container): readonly MountedFile[];
  /** The paths that the user names for the container, in the configuration for its image or in an annotation. */
  writable(container: Container, image: ImageReference | undefined): readonly string[];
  /** True when a transform of the run writes a field, the version has it, and the author did not opt this container out. */
  writes(field: string, container: Container): boolean;
}

/** Decides one container. */
export function decideContainer(container: Container, context: DecisionContext): ContainerDecision {
  const { settings, facts } = context;
  const basis = context.basisOf(container);
  const isProgramKnown = isKnown(basis) && isSettled(basis.knowledge);
  const safety = isProgramKnown ? 'safe' : 'may-break';
  const privileged = privilegedReason(container);
  const host = hostReason(container, basis, facts);
  const root = rootNeed(container, basis, {
    facts,
    files: context.filesOf(container),
    commandsOf: (other) => context.basisOf(other).commands,
    keepsRoot: (other) => keepsRoot(context.decisionOf(other)),
    override: settings.override,
  });
  const leftAlone = root ? undefined : leftAloneReason(container, basis, settings);
  const canBeNonRoot = !container.pod.isWindows && !privileged && !host && !root && !leftAlone;
  const isMadeNonRoot = canBeNonRoot && context.writes('runAsNonRoot', container) && isAllowed(safety, settings);
  return {
    ...basis,
    isKnown: isProgramKnown,
    safety,
    privileged,
    host,
    root,
    leftAlone,
    canBeNonRoot,
    isNonRoot: isMadeNonRoot || isNonRootAlready(container),
    isMadeNonRoot,
    readOnlyRoot: decideRootFileSystem(container, basis, context, {
      isPrivileged: privileged !== undefined,
      keepsRoot: host ?? root ?? leftAlone,
    }),
    lowPort: lowestPort(container, basis, facts),
    capabilities: capabilitiesToAdd(root, leftAlone, basis),
  };
}

function keepsRoot({ root, host, leftAlone }: ContainerDecision): boolean {
  return (root ?? host ?? leftAlone) !== undefined;
}

/** True when what is decided rests on knowledge of the image or on the command, and not on a likeness or on nothing. */
function isKnown({ source, knowledge }: Basis): boolean {
  return source === 'command' || (source === 'image' && knowledge?.confidence !== 'low');
}

/** Why the user stays: what is known leaves it open, or the configuration says so for unknown images. */
function leftAloneReason(container: Container, { source, knowledge }: Basis, { unknownImages }: Settings): Reason | undefined {
  if (isNonRootAlready(container)) return undefined;
  const at = `${container.pointer}/image`;
  if (source === 'nothing')
    return unknownImages === 'report' ? { why: 'has an image that nothing is known about', at } : undefined;
  const isOpen = knowledge?.nonRoot === 'unknown' || knowledge?.confidence === 'low';
  return isOpen ? { why: 'has an image of which it is not known whether it works without root', at } : undefined;
}

interface RestOfDecision {
  readonly isPrivileged: boolean;
  /** Why the container keeps its user. */
  readonly keepsRoot: Reason | undefined;
}

function decideRootFileSystem(
  container: Container,
  basis: Basis,
  context: DecisionContext,
  { isPrivileged, keepsRoot }: RestOfDecision,
): ReadOnlyRoot {
  const { knowledge, commands, runsImageProgram, image } = basis;
  const { settings } = context;
  const writable = mountsOf(container).flatMap((mount) => (mount.isReadOnly ? [] : [mount.path]));
  const folders = runsImageProgram ? dataFolders(container, commands, writable) : [];
  const safety = isKnown(basis) && knowledge?.readOnlyRootFilesystem === 'works' ? 'safe' : 'may-break';
  const needed = writableRootNeed(container, basis, folders);
  const refused = needed ?? unknownRootFileSystem(container, basis, settings, keepsRoot);
  const given = path(container.value, 'securityContext', 'readOnlyRootFilesystem') ?? undefined;
  const isOpen = given === undefined || (given === false && settings.override);
  const canBe = !container.pod.isWindows && !isPrivileged && !refused && isOpen;
  return {
    refused,
    isUnknown: !needed && refused !== undefined,
    isMade: canBe && context.writes('readOnlyRootFilesystem', container) && isAllowed(safety, settings),
    safety,
    writablePaths: writablePaths(container, knowledge, folders, context.writable(container, image)),
    foldersOfRoot: foldersOfRoot(knowledge, folders, writablePaths(container, knowledge, folders, [])),
  };
}

/** Why a root file system stays as it is because too little is known. */
function unknownRootFileSystem(
  container: Container,
  { source, knowledge }: Basis,
  { unknownImages }: Settings,
  keepsRoot: Reason | undefined,
): Reason | undefined {
  const at = `${container.pointer}/image`;
  if (source === 'command') return undefined;
  if (source === 'image') {
    const isOpen = knowledge?.readOnlyRootFilesystem === 'unknown' || knowledge?.confidence === 'low';
    return isOpen
      ? { why: 'has an image of which it is not known whether it works with a read-only root file system', at }
      : undefined;
  }
  if (source === 'nothing' && unknownImages === 'report') return { why: 'has an image that nothing is known about', at };
  return keepsRoot && { why: 'stays root with an image that is not known', at: keepsRoot.at };
}

/** `/tmp` is everybody's. */
function foldersOfRoot(
  knowledge: Basis['knowledge'],
  folders: readonly DataFolder[],
  paths: readonly string[],
): readonly string[] {
  const isAll = knowledge?.needs.includes('mounts-for-nonroot') ?? false;
  return paths.filter((one) => one !== '/tmp' && (isAll || folders.some((folder) => folder.path === one)));
}

function isAllowed(safety: Safety, { safeOnly }: Settings): boolean {
  return !safeOnly || safety === 'safe';
}

function isNonRootAlready(container: Container): boolean {
  const uid = effective(container, 'runAsUser');
  return typeof uid === 'number' ? uid > 0 : effective(container, 'runAsNonRoot') === true;
}

/** File capabilities are always needed: without them in the bounding set the exec of the binary fails (capabilities(7)). */
function capabilitiesToAdd(
  root: RootNeed | undefined,
  leftAlone: Reason | undefined,
  { knowledge }: Basis,
): readonly string[] | undefined {
  const ofFiles = knowledge?.fileCaps ?? [];
  if (leftAlone) return undefined;
  if (!root) return ofFiles;
  return root.capabilities && [...new Set([...root.capabilities, ...ofFiles])];
}
