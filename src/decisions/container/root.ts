/** Whether a container must keep root, and what root then needs. */
import type { ImageKnowledge } from '../../images/index.ts';
import { itemsAt, path, stringAt } from '../../util/json.ts';
import { lowestPort } from './ports.ts';
import { rootEvidence, type Evidence } from '../../evidence/root.ts';
import { effective, effectivePointer, type Container } from '../../kubernetes/object.ts';
import { mountsOf } from '../../kubernetes/volumes.ts';
import { pathOfRoot } from '../../evidence/named-paths.ts';
import type { Command } from '../../shell/command.ts';
import type { Facts } from '../../workspace/facts.ts';
import { mountedFiles } from '../basis/mounted-files.ts';
import { ignoresFsGroup } from '../basis/persistent-volumes.ts';
import type { Basis } from '../basis/basis.ts';
import { hasOwnUser } from '../../images/index.ts';
import { unmetNeed } from './environment.ts';
import { writablePlaces } from './writable.ts';
import { filledByRoot, folderReason, type CommandsOf } from './folders.ts';
import type { Reason } from '../basis/reason.ts';

export interface RootNeed extends Reason {
  /** To add back after dropping all; undefined when nobody knows. */
  readonly capabilities: readonly string[] | undefined;
}

/**
 * Why a container needs root: the author says so (unless that is overridden), its command does what only root can, it uses what
 * belongs to root, or its image is known to. A container that the author runs as another user needs none, whatever its command
 * looks like.
 */
export function rootNeed(container: Container, basis: Basis, context: RootContext): RootNeed | undefined {
  const { facts, commandsOf, override } = context;
  const uid = effective(container, 'runAsUser');
  const flag = effective(container, 'runAsNonRoot');
  if ((typeof uid === 'number' && uid > 0) || (flag === true && uid !== 0)) return undefined;
  const { knowledge, commands } = basis;
  const evidence = rootEvidence(commands, writablePlaces(container, commands), writesAsOwner(knowledge));
  const need = (reason: Reason): RootNeed => ({
    ...reason,
    capabilities: withPort(capabilitiesOfRoot(evidence, basis), lowestPort(container, basis, facts)),
  });
  const reason =
    shownNeed(container, evidence) ??
    addedCapabilities(container, knowledge) ??
    ownedByRoot(container, commands, facts) ??
    needOfImage(container, basis) ??
    folderReason(container, knowledge, commandsOf) ??
    filledByRoot(container, context) ??
    keepsOwners(container, basis, facts) ??
    (context.keepsHostNetwork ? portOfNode(container, basis, facts) : undefined) ??
    (override ? undefined : explicitRoot(container));
  return reason && need(reason);
}

/**
 * The capabilities of a container whose user stays that of the image, for want of a transform that writes another one, where that user is root:
 * its entrypoint may prepare files and step down. Empty where nothing is known of the image.
 */
export function capabilitiesOfKeptRoot(container: Container, basis: Basis, facts: Facts): readonly string[] {
  const { knowledge, commands, source } = basis;
  if (source !== 'image' || knowledge === undefined || hasOwnUser(knowledge)) return [];
  const evidence = rootEvidence(commands, writablePlaces(container, commands), false);
  return withPort(capabilitiesOfRoot(evidence, basis) ?? [], lowestPort(container, basis, facts));
}

/** What is asked of the inputs. */
export interface RootContext {
  readonly facts: Facts;
  /** The commands of the containers of the pod. */
  readonly commandsOf: CommandsOf;
  /** True for an init container that is root after this run. */
  staysRoot(initContainer: Container): boolean;
  /** Replaces what the author says. */
  readonly override: boolean;
  /** False where `hostNetwork` is to go. */
  readonly keepsHostNetwork: boolean;
}

/** Whose the folders are that a command writes to: of the user that the image starts as, else of root. */
function writesAsOwner(knowledge: ImageKnowledge | undefined): boolean {
  return knowledge !== undefined && hasOwnUser(knowledge);
}

function shownNeed(container: Container, evidence: readonly Evidence[]): Reason | undefined {
  const [first] = evidence;
  const words = [...new Set(evidence.map(({ word }) => word))].join(', ');
  return first && { why: `runs ${words}`, at: `${container.pointer}${first.pointer}` };
}

/** A process of another user has none of the capabilities that are added, because Kubernetes sets no ambient ones (KEP-2763). */
function addedCapabilities(container: Container, knowledge: ImageKnowledge | undefined): Reason | undefined {
  const added = rootCapabilities(container, knowledge);
  const at = `${container.pointer}/securityContext/capabilities/add`;
  return added.length > 0 ? { why: `adds ${added.join(', ')}`, at } : undefined;
}

/** What only root can enter, read or run: its home folder, a block device, a script whose mode shuts others out. */
function ownedByRoot(container: Container, commands: readonly Command[], facts: Facts): Reason | undefined {
  const inHome = pathOfRoot(container, commands);
  if (inHome) return { why: `uses ${inHome.path}, which only root can enter`, at: `${container.pointer}${inHome.pointer}` };
  const [device] = itemsAt(container.value, 'volumeDevices');
  if (device !== undefined) {
    const why = `uses the block device ${stringAt(device, 'devicePath') ?? ''}, which belongs to root`;
    return { why, at: `${container.pointer}/volumeDevices` };
  }
  const programs = commands.flatMap(({ words: [first] }) => (first?.text.startsWith('/') ? [first.text] : []));
  const files = programs.length > 0 ? mountedFiles(container, facts) : [];
  const script = files.find(({ path: file, mode }) => (mode & 0o111) !== 0 && (mode & 0o001) === 0 && programs.includes(file));
  if (!script) return undefined;
  const why = `runs ${script.path}, which only root can execute (mode 0${script.mode.toString(8)})`;
  return { why, at: `${container.pointer}/volumeMounts` };
}

function needOfImage(container: Container, { knowledge, source, because }: Basis): Reason | undefined {
  const at = `${container.pointer}/image`;
  if (knowledge?.nonRoot === 'impossible') {
    const isOfImage = source !== 'likeness' && !knowledge.built;
    return { why: isOfImage ? 'has an image that works only as root' : `may need root, because ${because}`, at };
  }
  const unmet = unmetNeed(container, knowledge);
  return unmet === undefined ? undefined : { why: `has an image that runs without root only with ${unmet}`, at };
}

/** A share keeps the owners of its files, so that only the user that wrote them can change them. */
function keepsOwners(container: Container, { knowledge }: Basis, facts: Facts): Reason | undefined {
  if (knowledge && hasOwnUser(knowledge)) return undefined;
  const share = mountsOf(container).find(
    (mount) => mount.nature === 'persistent' && !mount.isReadOnly && ignoresFsGroup(mount, container.pod.object, facts),
  );
  const why = `writes to ${share?.path}, a volume on which fsGroup has no effect`;
  return share && { why, at: `${container.pointer}/volumeMounts` };
}

function portOfNode(container: Container, basis: Basis, facts: Facts): Reason | undefined {
  if (path(container.pod.spec, 'hostNetwork') !== true) return undefined;
  const port = lowestPort(container, basis, facts);
  return port === undefined
    ? undefined
    : { why: `listens on port ${port} of its node (hostNetwork: true)`, at: `${container.pointer}/ports` };
}

function explicitRoot(container: Container): Reason | undefined {
  if (effective(container, 'runAsUser') === 0) return { why: 'has runAsUser: 0', at: effectivePointer(container, 'runAsUser') };
  return effective(container, 'runAsNonRoot') === false
    ? { why: 'has runAsNonRoot: false', at: effectivePointer(container, 'runAsNonRoot') }
    : undefined;
}

/** What an entrypoint of root uses to prepare files and then become an ordinary user; not needed when it starts as one. */
const STEP_DOWN = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID', 'KILL'];

/**
 * The capabilities that the author adds and that only help root: a process of another user has none of them unless its binary
 * carries them as file capabilities (capabilities(7)). Instead of NET_BIND_SERVICE such a process has unprivileged ports.
 */
function rootCapabilities(container: Container, knowledge: ImageKnowledge | undefined): string[] {
  const startsWithout = knowledge?.nonRoot === 'works' || knowledge?.nonRoot === 'needs-change' ? STEP_DOWN : [];
  const expected = ['NET_BIND_SERVICE', ...startsWithout, ...(knowledge?.fileCaps ?? [])];
  return itemsAt(container.value, 'securityContext', 'capabilities', 'add')
    .map((name) => String(name).replace(/^CAP_/, ''))
    .filter((name) => !expected.includes(name));
}

/**
 * Known only for a known image, and when every word of the command is one whose needs are known. Installing packages runs
 * scripts that may need whatever a container has by default: `apk` calls chroot for them (alpinelinux/apk-tools, src/database.c).
 * Tools that write root's own files need none.
 */
function capabilitiesOfRoot(evidence: readonly Evidence[], { knowledge, source }: Basis): readonly string[] | undefined {
  const isToolbox = knowledge?.isToolbox && (evidence.length > 0 || source === 'command');
  const ofImage = knowledge?.capabilitiesIfRoot ?? (isToolbox ? [] : undefined);
  if (!ofImage || evidence.some(({ capabilities, installs }) => capabilities === undefined || installs)) return undefined;
  return [...new Set([...ofImage, ...evidence.flatMap(({ capabilities = [] }) => capabilities)])];
}

/** Without NET_BIND_SERVICE even root cannot listen on a low port once ALL is dropped (capabilities(7)). */
function withPort<C extends readonly string[] | undefined>(capabilities: C, port: number | undefined): C | readonly string[] {
  return capabilities && port !== undefined ? [...new Set([...capabilities, 'NET_BIND_SERVICE'])] : capabilities;
}
