/** Messages for what several transforms leave alone for one reason; a place is reported once, whoever says so first. */
export const SHARED_MESSAGES = {
  'privileged-container':
    '{why}: the API server allows no hardening beside that, so it only gets resources; grant single capabilities instead',
  'host-access': '{why}: it works on its node, so its user and its capabilities are kept',
  'needs-root': '{why}, so it needs root: its user is kept, and what root needs to work; use an image that starts without root',
  'explicit-value': '{field} was set on purpose: remove it, or use --override to replace it',
} as const;

/** Picks shared messages by id for the metadata of a transform. */
export function shared<const K extends keyof typeof SHARED_MESSAGES>(...ids: readonly K[]): Pick<typeof SHARED_MESSAGES, K> {
  return Object.fromEntries(ids.map((id) => [id, SHARED_MESSAGES[id]])) as Pick<typeof SHARED_MESSAGES, K>;
}
