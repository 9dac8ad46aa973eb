/**
 * Evaluates a pod against the Pod Security Standards of Kubernetes 1.36, as the library of the Pod Security admission
 * controller does (`k8s.io/pod-security-admission/policy`).
 */
import type { Control, ControlId, Level, Violation } from './control.ts';
import { CONTROLS, levelOfControl } from './controls.ts';
import { readPodFields, type PodParts } from './pod-fields.ts';

const BASELINE = CONTROLS.filter(({ id }) => levelOfControl(id) === 'baseline');
const REPLACED = new Set(CONTROLS.flatMap(({ replaces }) => replaces ?? []));
const RESTRICTED = CONTROLS.filter(({ id }) => !REPLACED.has(id));

/**
 * Everything for which a namespace that enforces a level would refuse a pod, ordered by control and then by place. For
 * `restricted`, four controls of `baseline` are left out, because stricter ones take their place.
 */
export function violationsOf(pod: PodParts, level: 'baseline' | 'restricted'): Violation[] {
  const fields = readPodFields(pod);
  const ofControl = (control: Control): Violation[] =>
    [...control.check(fields)].map((unmet) => ({ control: control.id, level: levelOfControl(control.id), ...unmet }));
  return (level === 'baseline' ? BASELINE : RESTRICTED).flatMap(ofControl);
}

/**
 * The share of the controls of `restricted` that hold, in whole percent, rounded down: 100 only where all of them do.
 *
 * @param unmet the controls of `restricted` that do not hold, each once
 */
export function scoreOf(unmet: readonly ControlId[]): number {
  return Math.floor((100 * (RESTRICTED.length - unmet.length)) / RESTRICTED.length);
}

/** The strictest level that a pod meets. */
export function levelOf(pod: PodParts): Level {
  if (violationsOf(pod, 'restricted').length === 0) return 'restricted';
  return violationsOf(pod, 'baseline').length === 0 ? 'baseline' : 'privileged';
}
