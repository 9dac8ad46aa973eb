/** Why something is decided, and the place in the manifest that decided it. */
export interface Reason {
  /** A clause without a subject: `runs chown at start`. */
  readonly why: string;
  /** JSON Pointer from the pod template. */
  readonly at: string;
}
