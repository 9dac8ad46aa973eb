/** What a finding is. */
import type { ControlId } from '../../kubernetes/pod-security/index.ts';

/** `error`: the input could not be done; `warning`: left alone against what hardening asks for; `info`: good to know. */
export type Severity = 'error' | 'warning' | 'info';

export interface Finding {
  /** Stable: the id of a transform, or one of the ids of the rules page such as `needs-root`. */
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** JSON Pointer into the document, where the finding is about a value of it. */
  readonly pointer?: string;
  readonly object?: ObjectName;
  readonly container?: string;
  /** The controls of the Pod Security Standards that the pod or container does not meet for this reason. */
  readonly controls?: readonly ControlId[];
  /** The reason why it is accepted, by the annotation `kharden.dev/accept` or in the configuration; empty where none is given. */
  readonly accepted?: string;
}

export interface ObjectName {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** A finding before it is known what of a run is shown. */
export interface RawFinding extends Finding {
  /** Of all findings of a run with one such key only the first is shown. */
  readonly oncePerRun?: string;
}
