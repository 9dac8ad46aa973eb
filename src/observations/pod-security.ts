/** Makes sure that every control of the Pod Security Standards that a hardened pod fails is named by a finding. */
import { compareFields } from '../kubernetes/field-order.ts';
import { fromObject, type KubernetesObject, type Pod } from '../kubernetes/object.ts';
import {
  controlOf,
  violationsOf,
  type ControlId,
  type Level,
  type PodParts,
  type Violation,
} from '../kubernetes/pod-security/index.ts';
import { applyEdit, compose, ConflictError, parsePointer, ShapeError, type Op } from '../patch/index.ts';
import { isArray, isObject, member, type Json, type JsonObject } from '../util/json.ts';
import { FINDINGS } from './catalogue.ts';
import type { Observation } from './observation.ts';

/** The parts of a finding that say what it explains. */
export interface Explanation {
  /** JSON Pointer from the document. */
  readonly at: string;
  /** The name of the container that it is about; undefined for the whole pod. */
  readonly container?: string | undefined;
  /** The controls that can fail for the reason that the finding gives. */
  readonly controls?: readonly ControlId[];
}

/** The violations of one pod, at the level `restricted`. */
export interface Judgement {
  readonly pod: Pod;
  readonly violations: readonly Violation[];
}

/** The violations with the strictest level that the pod meets. */
export interface JudgedPod extends Judgement {
  readonly level: Level;
}

/**
 * Evaluates the pods of an object as operations leave them: none when the operations cannot be carried out, which is an error
 * of the file, and none that is only a part of a pod.
 *
 * @param ops Operations on the object; their paths lead from the document.
 */
export function judgeHardened(object: KubernetesObject, ops: readonly Op[]): JudgedPod[] {
  const hardened = carriedOut(object, ops);
  if (hardened === undefined) return [];
  return object.pods
    .filter(({ isPartial }) => !isPartial)
    .map((pod) => {
      const annotations = pod.metadataPointer === undefined ? {} : mapAt(hardened, `${pod.metadataPointer}/annotations`);
      const parts = { spec: mapAt(hardened, pod.specPointer), annotations };
      const violations = violationsOf(parts, 'restricted');
      return { pod, level: levelAfter(violations, parts), violations };
    });
}

/** A control of `restricted` that takes the place of one of `baseline` does not tell whether that one is met. */
function levelAfter(violations: readonly Violation[], parts: PodParts): Level {
  if (violations.length === 0) return 'restricted';
  const isBelow = violations.some(({ level }) => level === 'baseline') || violationsOf(parts, 'baseline').length > 0;
  return isBelow ? 'privileged' : 'baseline';
}

function carriedOut({ value, pointer }: KubernetesObject, ops: readonly Op[]): Json | undefined {
  const own = ops.map((op) => ({ ...op, path: op.path.slice(pointer.length) }) as Op);
  try {
    const edit = compose(value, own, compareFields);
    return edit ? applyEdit(value, edit) : value;
  } catch (error) {
    if (error instanceof ShapeError || error instanceof ConflictError) return undefined;
    throw error;
  }
}

function mapAt(value: Json, pointer: string): JsonObject {
  const step = (inner: Json | undefined, token: string): Json | undefined =>
    isArray(inner) ? inner[Number(token)] : member(inner, token);
  const found = parsePointer(pointer).reduce<Json | undefined>(step, value);
  return isObject(found) ? found : {};
}

/** Cuts the controls of each finding down to those that fail for its reason; one without any loses the list. */
export function withFailedControls<F extends Explanation>(findings: readonly F[], pods: readonly Judgement[]): F[] {
  return findings.map(({ controls = [], ...finding }) => {
    const explained = pods.filter(({ pod }) => mayBeAbout(finding, pod)).flatMap(({ violations }) => violations);
    const failed = new Set(explained.filter((violation) => isSamePlace(finding, violation)).map(({ control }) => control));
    const kept = controls.filter((control) => failed.has(control));
    return (kept.length > 0 ? { ...finding, controls: kept } : finding) as F;
  });
}

/**
 * One observation with the id `pod-security` for each violation that no finding names. A finding about a container names
 * violations of this container and of its pod as a whole; one about the pod names those of its containers too.
 *
 * @param unasked Controls that only transforms answer which the user has switched off for the run: they are not reported.
 * @returns observations whose pointers lead from the document
 */
export function unexplainedViolations(
  findings: readonly Explanation[],
  pods: readonly Judgement[],
  unasked: ReadonlySet<ControlId>,
): Observation[] {
  return pods.flatMap(({ pod, violations }) => {
    const here = findings.filter((finding) => mayBeAbout(finding, pod));
    const isNamed = (violation: Violation): boolean =>
      here.some((finding) => finding.controls?.includes(violation.control) && isSamePlace(finding, violation));
    return violations
      .filter((violation) => !unasked.has(violation.control) && !isNamed(violation))
      .map((violation) => observationOf(violation, pod));
  });
}

function isSamePlace({ container }: Pick<Explanation, 'container'>, violation: Violation): boolean {
  return container === undefined || violation.container === undefined || container === violation.container;
}

/** False for a finding about another pod of the same object. */
function mayBeAbout({ at }: Pick<Explanation, 'at'>, pod: Pod): boolean {
  const place = at.slice(pod.object.pointer.length);
  const isIn = ({ specPointer, metadataPointer }: Pod): boolean =>
    [specPointer, metadataPointer].some((base) => base !== undefined && (place === base || place.startsWith(`${base}/`)));
  return isIn(pod) || !pod.object.pods.some(isIn);
}

function observationOf({ control, container, pointer, message }: Violation, pod: Pod): Observation {
  const { title, remedy } = controlOf(control);
  return {
    id: 'pod-security',
    severity: FINDINGS['pod-security'].severity,
    message: `${message}, so the pod does not meet ${control} (${title}) of the Pod Security Standards: ${remedy}`,
    at: pod.object.pointer + fromObject(pod, pointer),
    ...(container === undefined ? {} : { container }),
    controls: [control],
  };
}
