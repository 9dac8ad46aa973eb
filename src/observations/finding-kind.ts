/** What is the same for all findings with one id. */
import type { ControlId } from '../kubernetes/pod-security/index.ts';

export interface FindingKind {
  readonly title: string;
  /** `error`: the input could not be hardened; `warning`: something is less safe than it could be; `info`: good to know. */
  readonly severity: 'error' | 'warning' | 'info';
  /** Why it matters and what to do about it, as the second half of a message: no capital at the start, no period at the end. */
  readonly advice: string;
  /** The controls of the Pod Security Standards that a pod can fail for this reason; default: none. */
  readonly controls?: readonly ControlId[];
}
