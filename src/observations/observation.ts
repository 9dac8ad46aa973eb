/** Something that is reported and not changed. */
import type { ControlId } from '../kubernetes/pod-security/index.ts';
import { FINDINGS, type FindingId } from './catalogue.ts';
import type { FindingKind } from './finding-kind.ts';

export interface Observation {
  readonly id: FindingId;
  readonly severity: FindingKind['severity'];
  readonly message: string;
  /** JSON Pointer from the pod, or from the object for what is observed of an object without pods. */
  readonly at: string;
  /** The name of the container that it is about; undefined for the whole pod or object. */
  readonly container?: string;
  /** The controls of the Pod Security Standards that can fail for this reason. */
  readonly controls: readonly ControlId[];
  /** Of all observations of a run with one such key only the first is shown. */
  readonly oncePerRun?: string;
}

/** The place of an observation: in a pod template, or in an object. */
export type Place = Pick<Observation, 'at' | 'container'>;

/** The parts of a finding that do not depend on its place: its message is `what`, a clause, with the advice of its id. */
export function describe(id: FindingId, what: string): Pick<Observation, 'id' | 'severity' | 'message'> {
  const { severity, advice } = FINDINGS[id];
  return { id, severity, message: `${what}: ${advice}` };
}

/** An observation; see `describe`. */
export function observation(id: FindingId, what: string, place: Place): Observation {
  const { controls = [] }: FindingKind = FINDINGS[id];
  return { ...describe(id, what), ...place, controls };
}
