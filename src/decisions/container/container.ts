/** What all transforms agree on for one container: decided once, from the manifest, the image knowledge and the settings. */
import type { ImageKnowledge } from '../../images/index.ts';
import { parseImageReference, type ImageReference } from '../../kubernetes/image-reference.ts';
import { effective, type Container } from '../../kubernetes/object.ts';
import { path, stringAt } from '../../util/json.ts';
import { hostReason, privilegedReason } from './host.ts';
import type { Reason } from '../basis/reason.ts';
import { rootNeed, type RootNeed } from './root.ts';
import type { Settings } from '../basis/settings.ts';
import { writablePaths, writableRootNeed } from './writable.ts';

/** `may-break`: what depends on it can stop the workload. */
export type Safety = 'safe' | 'may-break';

export interface ContainerDecision {
  /** Undefined when the image is no reference that a runtime can pull. */
  readonly image: ImageReference | undefined;
  readonly knowledge: ImageKnowledge | undefined;
  /** How sure the changes are that depend on the image. */
  readonly safety: Safety;
  /** Set when the API server refuses hardening fields on it. */
  readonly privileged: Reason | undefined;
  /** Set when it works on its node and keeps its user and capabilities. */
  readonly host: Reason | undefined;
  /** Set when it must keep root. */
  readonly root: RootNeed | undefined;
  /** True when nothing speaks against a user that is not root. */
  readonly canBeNonRoot: boolean;
  /** True when it is non-root after this run, by the author's word or by kharden's. */
  readonly isNonRoot: boolean;
  /** True when kharden makes it non-root, or completes what the author began. */
  readonly isMadeNonRoot: boolean;
  readonly readOnlyRoot: ReadOnlyRoot;
  /** Capabilities to add back after dropping all; undefined when it keeps root and nobody knows which it needs. */
  readonly capabilities: readonly string[] | undefined;
}

/** What is decided about `readOnlyRootFilesystem`. */
export interface ReadOnlyRoot {
  /** Why the root file system must stay writable. */
  readonly refused: Reason | undefined;
  /** True when kharden makes it read-only. */
  readonly isMade: boolean;
  readonly safety: Safety;
  /** The paths that need an emptyDir then. */
  readonly writablePaths: readonly string[];
}

/** What a container is decided with. */
export interface DecisionContext {
  readonly settings: Settings;
  lookup(reference: ImageReference): ImageKnowledge | undefined;
  /** The paths that the user names for the container, in the configuration for its image or in an annotation. */
  writable(image: ImageReference | undefined): readonly string[];
  /** True when a transform of the run writes a field, the version has it, and the author did not opt this container out. */
  writes(field: string, container: Container): boolean;
}

/** Decides one container. */
export function decideContainer(container: Container, context: DecisionContext): ContainerDecision {
  const { settings } = context;
  const image = parseImageReference(stringAt(container.value, 'image') ?? '');
  const knowledge = image && context.lookup(image);
  const safety = knowledge && knowledge.nonRoot !== 'unknown' && knowledge.confidence !== 'low' ? 'safe' : 'may-break';
  const privileged = privilegedReason(container);
  const host = hostReason(container, knowledge);
  const root = rootNeed(container, knowledge, settings.override);
  const isLeftAlone = !knowledge && settings.unknownImages === 'report';
  const canBeNonRoot = !container.pod.isWindows && !privileged && !host && !root && !isLeftAlone;
  const isMadeNonRoot = canBeNonRoot && context.writes('runAsNonRoot', container) && isAllowed(safety, settings);
  return {
    image,
    knowledge,
    safety,
    privileged,
    host,
    root,
    canBeNonRoot,
    isNonRoot: isMadeNonRoot || isNonRootAlready(container),
    isMadeNonRoot,
    readOnlyRoot: decideRootFileSystem(container, knowledge, {
      ...context,
      image,
      isLeftAlone,
      isPrivileged: privileged !== undefined,
    }),
    capabilities: capabilitiesToAdd(root, knowledge),
  };
}

interface RootFileSystemContext extends DecisionContext {
  readonly image: ImageReference | undefined;
  readonly isLeftAlone: boolean;
  readonly isPrivileged: boolean;
}

function decideRootFileSystem(
  container: Container,
  knowledge: ImageKnowledge | undefined,
  { settings, image, isLeftAlone, isPrivileged, ...context }: RootFileSystemContext,
): ReadOnlyRoot {
  const safety = knowledge?.readOnlyRootFilesystem === 'works' && knowledge.confidence !== 'low' ? 'safe' : 'may-break';
  const refused = writableRootNeed(container, knowledge, isLeftAlone);
  const given = path(container.value, 'securityContext', 'readOnlyRootFilesystem') ?? undefined;
  const isOpen = given === undefined || (given === false && settings.override);
  const canBe = !container.pod.isWindows && !isPrivileged && !refused && isOpen;
  return {
    refused,
    isMade: canBe && context.writes('readOnlyRootFilesystem', container) && isAllowed(safety, settings),
    safety,
    writablePaths: writablePaths(container, knowledge, context.writable(image)),
  };
}

function isAllowed(safety: Safety, { safeOnly }: Settings): boolean {
  return !safeOnly || safety === 'safe';
}

function isNonRootAlready(container: Container): boolean {
  const uid = effective(container, 'runAsUser');
  return typeof uid === 'number' ? uid > 0 : effective(container, 'runAsNonRoot') === true;
}

/** File capabilities are always needed: without them in the bounding set the exec of the binary fails (capabilities(7)). */
function capabilitiesToAdd(root: RootNeed | undefined, knowledge: ImageKnowledge | undefined): readonly string[] | undefined {
  const ofFiles = knowledge?.fileCaps ?? [];
  if (!root) return ofFiles;
  return root.capabilities && [...new Set([...root.capabilities, ...ofFiles])];
}
