/**
 * Evaluates a pod against the Pod Security Standards of Kubernetes 1.36, as the library of the Pod Security admission
 * controller does (`k8s.io/pod-security-admission/policy`).
 */
import type { Control, ControlId, Level, Unmet, Violation } from './control.ts';
import { CONTROLS, levelOfControl } from './controls.ts';
import { readPodFields, type PodFields, type PodParts } from './pod-fields.ts';

const BASELINE = CONTROLS.filter(({ id }) => levelOfControl(id) === 'baseline');
const IDS_REPLACED = new Set(CONTROLS.flatMap(({ replaces }) => replaces ?? []));
const REPLACED = CONTROLS.filter(({ id }) => IDS_REPLACED.has(id));
const RESTRICTED = CONTROLS.filter(({ id }) => !IDS_REPLACED.has(id));

/**
 * Everything for which a namespace that enforces a level would refuse a pod, ordered by control and then by place. For
 * `restricted`, four controls of `baseline` are left out, because stricter ones take their place.
 */
export function violationsOf(pod: PodParts, level: 'baseline' | 'restricted'): Violation[] {
  return violationsIn(readPodFields(pod), level === 'baseline' ? BASELINE : RESTRICTED);
}

/** How a pod stands against the standards: what it violates of `restricted`, and the strictest level that it meets. */
export function judgePod(pod: PodParts): { readonly violations: readonly Violation[]; readonly level: Level } {
  const fields = readPodFields(pod);
  const violations = violationsIn(fields, RESTRICTED);
  if (violations.length === 0) return { violations, level: 'restricted' };
  const isBelow = violations.some(({ level }) => level === 'baseline') || violationsIn(fields, REPLACED).length > 0;
  return { violations, level: isBelow ? 'privileged' : 'baseline' };
}

function violationsIn(fields: PodFields, controls: readonly Control[]): Violation[] {
  const violations: Violation[] = [];
  const unmet: Unmet[] = [];
  for (const { id, check } of controls) {
    check(fields, unmet);
    for (const one of unmet) violations.push({ control: id, level: levelOfControl(id), ...one });
    unmet.length = 0;
  }
  return violations;
}

/**
 * The share of the controls of `restricted` that hold, in whole percent, rounded down: 100 only where all of them do.
 *
 * @param unmet the controls of `restricted` that do not hold, each once
 */
export function scoreOf(unmet: readonly ControlId[]): number {
  return Math.floor((100 * (RESTRICTED.length - unmet.length)) / RESTRICTED.length);
}
