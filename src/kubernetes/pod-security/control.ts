/** What a control of the Pod Security Standards is, and what it says about a pod. */
import type { PodFields } from './pod-fields.ts';

/** The levels of the standards, from the most permissive to the strictest. */
export type Level = 'privileged' | 'baseline' | 'restricted';

/**
 * The controls by level and name. The names are those of the checks in `k8s.io/pod-security-admission/policy`, without the
 * level at their end; its `restrictedVolumes` is called `volumeTypes` here, after the title in the standard.
 */
export type ControlId =
  | `baseline/${
      | 'appArmorProfile'
      | 'capabilities'
      | 'hostNamespaces'
      | 'hostPathVolumes'
      | 'hostPorts'
      | 'hostProbesAndHostLifecycle'
      | 'privileged'
      | 'procMount'
      | 'seLinuxOptions'
      | 'seccompProfile'
      | 'sysctls'
      | 'windowsHostProcess'}`
  | `restricted/${
      | 'allowPrivilegeEscalation'
      | 'capabilities'
      | 'procMount'
      | 'runAsNonRoot'
      | 'runAsUser'
      | 'seccompProfile'
      | 'volumeTypes'}`;

/** A value, or a missing value, that a control does not allow. */
export interface Unmet {
  /** The name of the container; undefined for a value of the whole pod. */
  readonly container?: string;
  /** JSON Pointer from the pod to the field, whether it is there or missing. */
  readonly pointer: string;
  /** A clause without a subject: `adds the capability NET_RAW`. */
  readonly message: string;
}

/** An `Unmet` with the control that it is about. */
export interface Violation extends Unmet {
  readonly control: ControlId;
  readonly level: 'baseline' | 'restricted';
}

export interface Control {
  readonly id: ControlId;
  /** The title in https://kubernetes.io/docs/concepts/security/pod-security-standards/. */
  readonly title: string;
  /** What to do about a violation: an imperative clause. */
  readonly remedy: string;
  /** The control of the level `baseline` that this one takes the place of when a pod is checked for `restricted`. */
  readonly replaces?: ControlId;
  /** Adds everything in a pod that the control does not allow to `unmet`, in the order of the manifest. */
  check(pod: PodFields, unmet: Unmet[]): void;
}
