/** Messages that several transforms share; each place is reported once, by the first of them. */
import type { ControlId } from '../kubernetes/pod-security/index.ts';

const SHARED_MESSAGES = {
  'privileged-container':
    '{why}: the API server refuses most hardening fields on such a container, so only its resources are set; grant single capabilities instead of all privileges',
  'host-access': '{why}: the container works on its node, so its user and its capabilities are kept',
  'needs-root':
    '{why}, so it needs root: its user and the capabilities that root needs are kept; use an image that starts without root',
  'left-alone':
    '{why}, so what depends on that is left as it is: let kharden know the image (kharden learn, its Dockerfile, or images in the configuration), or try it without root and with a read-only root file system, then set the fields',
  'gains-privileges':
    'the image runs sudo or another setuid program, so it may gain privileges as before: use an image that works without',
  'explicit-value': '{field} is less safe and was set explicitly, so it is kept: remove it, or replace it with --override',
} as const;

const WITHOUT_ROOT: readonly ControlId[] = ['restricted/capabilities', 'restricted/runAsNonRoot', 'restricted/runAsUser'];

/** The controls of the Pod Security Standards that a container fails for a shared reason, whichever transform gives it. */
const CONTROLS_OF_REASON: Readonly<Record<keyof typeof SHARED_MESSAGES, readonly ControlId[]>> = {
  'privileged-container': [
    'baseline/privileged',
    'restricted/allowPrivilegeEscalation',
    'restricted/seccompProfile',
    ...WITHOUT_ROOT,
  ],
  'host-access': WITHOUT_ROOT,
  'needs-root': WITHOUT_ROOT,
  'left-alone': WITHOUT_ROOT,
  'gains-privileges': ['restricted/allowPrivilegeEscalation', 'restricted/capabilities'],
  'explicit-value': [],
};

/**
 * The controls of the Pod Security Standards that can fail because a transform left something alone.
 *
 * @param message The id of the message that says why.
 * @param answered The controls that the transform answers: `references.pss` of its metadata.
 */
export function controlsOfSkip(message: string, answered: readonly ControlId[] = []): readonly ControlId[] {
  const shared = Object.hasOwn(CONTROLS_OF_REASON, message) ? CONTROLS_OF_REASON[message as keyof typeof SHARED_MESSAGES] : [];
  return shared.length === 0 ? answered : [...new Set([...answered, ...shared])];
}

/** All messages that several transforms share, by id. */
export function sharedMessages(): Readonly<Record<string, string>> {
  return SHARED_MESSAGES;
}

/** Picks shared messages by id for the metadata of a transform. */
export function shared<const K extends keyof typeof SHARED_MESSAGES>(...ids: readonly K[]): Pick<typeof SHARED_MESSAGES, K> {
  return Object.fromEntries(ids.map((id) => [id, SHARED_MESSAGES[id]])) as Pick<typeof SHARED_MESSAGES, K>;
}
