/** Why something is decided, and the place in the manifest that decided it. */
export interface Reason {
  /** A clause without a subject: `runs chown at start`. */
  readonly why: string;
  /** JSON Pointer from the pod template. */
  readonly at: string;
  /** True where all of the reason is that nothing is known about what runs. */
  readonly isUnknown?: true;
}
