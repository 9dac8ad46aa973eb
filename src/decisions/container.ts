/** What all transforms agree on for one container: decided once, from the manifest, the image knowledge and the settings. */
import type { ImageKnowledge } from '../images/index.ts';
import { parseImageReference, type ImageReference } from '../kubernetes/image-reference.ts';
import { path, stringAt } from '../util/json.ts';
import { effective, type Container } from '../kubernetes/workload.ts';
import type { Settings } from './settings.ts';
import { hostReason, privilegedReason } from './host.ts';
import type { Reason } from './reason.ts';
import { rootNeed, type RootNeed } from './root.ts';
import { writablePaths, writableRootNeed } from './writable.ts';
import { chooseUser, DEFAULT_USER, type User, type UserOptions } from './user.ts';

export interface ContainerDecision {
  /** Undefined when the image is no reference that a runtime can pull. */
  readonly image: ImageReference | undefined;
  readonly knowledge: ImageKnowledge | undefined;
  /** How sure the changes are that depend on the image. */
  readonly safety: 'safe' | 'may-break';
  /** The same for its root file system. */
  readonly frozenSafety: 'safe' | 'may-break';
  /** Set when the API server refuses hardening fields on it. */
  readonly privileged: Reason | undefined;
  /** Set when it works on its node and keeps its user and capabilities. */
  readonly host: Reason | undefined;
  /** Set when it must keep root. */
  readonly root: RootNeed | undefined;
  /** The user that it should run as, unless one of the three above is set. */
  readonly user: User | undefined;
  /** True when it is non-root after this run, by the author's word or by kharden's. */
  readonly isNonRoot: boolean;
  /** True when kharden makes it non-root, or completes what the author began. */
  readonly isMadeNonRoot: boolean;
  /** Set when the root file system must stay writable. */
  readonly needsWritableRoot: Reason | undefined;
  /** True when kharden makes the root file system read-only. */
  readonly isFrozen: boolean;
  /** The paths that need an emptyDir when the root file system becomes read-only. */
  readonly writablePaths: readonly string[];
  /** Capabilities to add back after dropping all; undefined when it keeps root and nobody knows which it needs. */
  readonly capabilities: readonly string[] | undefined;
}

/** What decisions are made with. */
export interface Deciders {
  readonly settings: Settings;
  readonly lookup: (reference: ImageReference) => ImageKnowledge | undefined;
  /** The options of a transform, undefined for its defaults. */
  readonly options: (transform: string) => unknown;
  /** The paths that the user names for a container, in the config or in an annotation. */
  readonly writable: (container: Container, image: ImageReference | undefined) => readonly string[];
  /** True when a transform runs and the author did not opt this container out. */
  readonly isOn: (transform: string, container: Container) => boolean;
}

/** Decides one container. */
export function decideContainer(container: Container, deciders: Deciders): ContainerDecision {
  const { settings, isOn } = deciders;
  const image = parseImageReference(stringAt(container.value, 'image') ?? '');
  const knowledge = image && deciders.lookup(image);
  const safety = knowledge && knowledge.nonRoot !== 'unknown' && knowledge.confidence !== 'low' ? 'safe' : 'may-break';
  const frozenSafety = knowledge?.readOnlyRootFilesystem === 'works' && knowledge.confidence !== 'low' ? 'safe' : 'may-break';
  const isAllowed = (one: 'safe' | 'may-break'): boolean => !settings.safeOnly || one === 'safe';
  const privileged = privilegedReason(container);
  const host = hostReason(container, knowledge);
  const root = rootNeed(container, knowledge, settings.override);
  const isLeftAlone = !knowledge && settings.unknownImages === 'report';
  const canChange = !container.pod.isWindows && !privileged && !host && !root && !isLeftAlone;
  const needsWritableRoot = writableRootNeed(container, knowledge, isLeftAlone);
  const canFreeze = !container.pod.isWindows && !privileged && !needsWritableRoot && mayFreeze(container, settings.override);
  const isFrozen = canFreeze && isOn('read-only-root-fs', container) && isAllowed(frozenSafety);
  const hasMounts = isFrozen || (knowledge?.needs.includes('mounts-for-nonroot') ?? false);
  const userOptions = (deciders.options('run-as-non-root') ?? DEFAULT_USER) as UserOptions;
  const user = canChange ? chooseUser(container, knowledge, userOptions, hasMounts) : undefined;
  const isMadeNonRoot = user !== undefined && isOn('run-as-non-root', container) && isAllowed(safety);
  return {
    image,
    knowledge,
    safety,
    frozenSafety,
    privileged,
    host,
    root,
    user,
    isNonRoot: isMadeNonRoot || isNonRootAlready(container),
    isMadeNonRoot,
    needsWritableRoot,
    isFrozen,
    writablePaths: writablePaths(container, knowledge, deciders.writable(container, image)),
    capabilities: capabilitiesToAdd(root, knowledge),
  };
}

/** False when the author says something about the root file system that stands. */
function mayFreeze(container: Container, override: boolean): boolean {
  const given = path(container.value, 'securityContext', 'readOnlyRootFilesystem') ?? undefined;
  return given === undefined || (given === false && override);
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
