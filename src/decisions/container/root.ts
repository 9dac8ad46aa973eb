/** Whether a container must keep root, and what root then needs. */
import type { ImageKnowledge } from '../../images/index.ts';
import { itemsAt, path } from '../../util/json.ts';
import { lowestPort } from './ports.ts';
import { rootEvidence, type Evidence } from '../../evidence/root.ts';
import { effective, effectivePointer, type Container } from '../../kubernetes/object.ts';
import { mountPaths } from '../../kubernetes/volumes.ts';
import { commandsOf } from '../../evidence/commands.ts';
import { unmetNeed } from './environment.ts';
import { folderReason } from './folders.ts';
import type { Reason } from '../basis/reason.ts';

export interface RootNeed extends Reason {
  /** To add back after dropping all; undefined when nobody knows. */
  readonly capabilities: readonly string[] | undefined;
}

/**
 * Why a container needs root: the author says so (unless that is overridden), its command does what only root can, or its image
 * is known to. A container that the author runs as another user needs none, whatever its command looks like.
 */
export function rootNeed(container: Container, knowledge: ImageKnowledge | undefined, override: boolean): RootNeed | undefined {
  const uid = effective(container, 'runAsUser');
  const flag = effective(container, 'runAsNonRoot');
  if ((typeof uid === 'number' && uid > 0) || (flag === true && uid !== 0)) return undefined;
  const evidence = rootEvidence(commandsOf(container), mountPaths(container));
  const capabilities = capabilitiesOfRoot(evidence, knowledge);
  const [first] = evidence;
  if (first)
    return {
      why: `runs ${[...new Set(evidence.map(({ word }) => word))].join(', ')}`,
      at: `${container.pointer}${first.pointer}`,
      capabilities,
    };
  const added = rootCapabilities(container, knowledge);
  if (added.length > 0)
    return { why: `adds ${added.join(', ')}`, at: `${container.pointer}/securityContext/capabilities/add`, capabilities };
  if (knowledge?.nonRoot === 'impossible')
    return { why: 'has an image that works only as root', at: `${container.pointer}/image`, capabilities };
  const unmet = unmetNeed(container, knowledge);
  if (unmet)
    return { why: `has an image that runs without root only with ${unmet}`, at: `${container.pointer}/image`, capabilities };
  const folder = folderReason(container, knowledge);
  if (folder) return { ...folder, capabilities };
  const port = lowestPort(container, knowledge);
  if (port !== undefined && path(container.pod.spec, 'hostNetwork') === true) {
    return { why: `listens on port ${port} of its node (hostNetwork: true)`, at: `${container.pointer}/ports`, capabilities };
  }
  if (override) return undefined;
  if (uid === 0) return { why: 'has runAsUser: 0', at: effectivePointer(container, 'runAsUser'), capabilities };
  return flag === false
    ? { why: 'has runAsNonRoot: false', at: effectivePointer(container, 'runAsNonRoot'), capabilities }
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
 */
function capabilitiesOfRoot(evidence: readonly Evidence[], knowledge: ImageKnowledge | undefined): readonly string[] | undefined {
  const ofImage = knowledge?.capabilitiesIfRoot ?? (knowledge?.isToolbox && evidence.length > 0 ? [] : undefined);
  if (!ofImage || evidence.some(({ capabilities, installs }) => capabilities.length === 0 || installs)) return undefined;
  return [...new Set([...ofImage, ...evidence.flatMap(({ capabilities }) => capabilities)])];
}
