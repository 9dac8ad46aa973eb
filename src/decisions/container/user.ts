/** Whether a container can run without root, and whether it does after this run. */
import { isSettled } from '../../images/index.ts';
import { effective, keepsUser, type Container } from '../../kubernetes/object.ts';
import type { Basis } from '../basis/basis.ts';
import type { Reason } from '../basis/reason.ts';
import type { Settings } from '../basis/settings.ts';
import { isAllowed, keepsAccess, type DecisionContext, type Safety } from './context.ts';
import { hostReason, privilegedReason, privilegeNeed, socketReason, type HostReason } from './host.ts';
import { rootNeed, type RootNeed } from './root.ts';
import { unknownImage } from './unknown-image.ts';

export interface UserDecision {
  /** True when it is known whether it works without root: by its image, or by its command alone. */
  readonly isKnown: boolean;
  /** How sure the changes are that depend on the image. */
  readonly safety: Safety;
  /** Set when the API server refuses hardening fields on it. */
  readonly privileged: Reason | undefined;
  /** Set when it works on its node and keeps its user and capabilities. */
  readonly host: HostReason | undefined;
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
}

/** Decides about the user of a container; a driver beside it that stays root keeps its clients root. */
export function decideUser(container: Container, context: DecisionContext): UserDecision {
  const alone = decideAlone(container, context);
  if (!alone.canBeNonRoot) return alone;
  const host = socketReason(container, context.basisOf(container), (other) => !decideAlone(other, context).isNonRoot);
  if (!host) return alone;
  return { ...alone, host, canBeNonRoot: false, isMadeNonRoot: false, isNonRoot: isNonRootAlready(container) };
}

/** The same, whatever the containers beside it do. */
function decideAlone(container: Container, context: DecisionContext): UserDecision {
  const { settings, facts } = context;
  const basis = context.basisOf(container);
  const isProgramKnown = isKnown(basis) && isSettled(basis.knowledge);
  const safety = isProgramKnown ? 'safe' : 'may-break';
  const privileged = privilegedReason(
    container,
    () => !keepsAccess('privileged', context, container) && !privilegeNeed(container, basis.commands),
  );
  const host = hostReason(container, basis, facts, (field) => keepsAccess(field, context));
  const root = rootNeed(container, basis, {
    facts,
    commandsOf: (other) => context.basisOf(other).commands,
    staysRoot: context.staysRoot,
    override: settings.override,
    keepsHostNetwork: keepsAccess('hostNetwork', context),
  });
  const leftAlone = root ? undefined : leftAloneReason(container, basis, settings);
  const canBeNonRoot = !container.pod.isWindows && !privileged && !host && !root && !leftAlone;
  const isMadeNonRoot = canBeNonRoot && context.writes('runAsNonRoot', container) && isAllowed(safety, settings);
  const isNonRoot = isMadeNonRoot || isNonRootAlready(container);
  return { isKnown: isProgramKnown, safety, privileged, host, root, leftAlone, canBeNonRoot, isNonRoot, isMadeNonRoot };
}

/** True when what is decided rests on knowledge of the image or on the command, and not on a likeness or on nothing. */
export function isKnown({ source, knowledge }: Basis): boolean {
  return source === 'command' || (source === 'image' && knowledge?.confidence !== 'low');
}

/** Why the user stays: it is not for the manifest to say, what is known leaves it open, or the configuration says so for unknown images. */
function leftAloneReason(container: Container, basis: Basis, settings: Settings): Reason | undefined {
  if (isNonRootAlready(container)) return undefined;
  if (keepsUser(container)) return { why: 'has a user that follows from what the manifest does not show', at: container.pointer };
  const { source, knowledge } = basis;
  if (source === 'nothing') return unknownImage(container, basis, settings);
  const at = `${container.pointer}/image`;
  const isOpen = knowledge?.nonRoot === 'unknown' || knowledge?.confidence === 'low';
  if (isOpen && knowledge?.built?.open !== undefined) return { why: knowledge.built.open, at };
  return isOpen ? { why: 'has an image of which it is not known whether it works without root', at } : undefined;
}

function isNonRootAlready(container: Container): boolean {
  const uid = effective(container, 'runAsUser');
  return typeof uid === 'number' ? uid > 0 : effective(container, 'runAsNonRoot') === true;
}
