/** Makes sure that every control of the Pod Security Standards that a hardened pod fails is named by a finding. */
import { compareFields } from '../kubernetes/field-order.ts';
import { fromObject, type KubernetesObject, type Pod } from '../kubernetes/object.ts';
import { controlOf, judgePod, type ControlId, type Level, type Violation } from '../kubernetes/pod-security/index.ts';
import { applyEdit, compose, ConflictError, parsePointer, ShapeError, type Edit, type Op } from '../patch/index.ts';
import { isArray, isObject, member, type Json, type JsonObject } from '../util/json.ts';
import { memo } from '../util/memo.ts';
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

/** Evaluates a pod as its author wrote it. */
export const judgeWritten = memo((pod: Pod): JudgedPod => ({ pod, ...judgePod(pod) }));

/** The pods of an object as operations leave them. */
export interface Hardened {
  readonly pods: readonly JudgedPod[];
  /** What the operations come to; undefined where there are none, where they cannot be carried out, and where no pod is judged. */
  readonly edit: Edit | undefined;
}

/**
 * Evaluates the pods of an object as operations leave them: none when the operations cannot be carried out, which is an error
 * of the file, and none that is only a part of a pod.
 *
 * @param ops Operations on the object; their paths lead from the document.
 */
export function judgeHardened(object: KubernetesObject, ops: readonly Op[]): Hardened {
  const pods = object.pods.filter(({ isPartial }) => !isPartial);
  if (pods.length === 0) return { pods: [], edit: undefined };
  if (ops.length === 0) return { pods: pods.map((pod) => judgeWritten(pod)), edit: undefined };
  const edit = composed(object, ops);
  if (edit === undefined) return { pods: [], edit };
  const hardened = applyEdit(object.value, edit);
  return { pods: pods.map((pod) => judgeIn(hardened, pod)), edit };
}

/** Evaluates a pod as it stands in a value of its object. */
function judgeIn(object: Json, pod: Pod): JudgedPod {
  const annotations = pod.metadataPointer === undefined ? {} : mapAt(object, `${pod.metadataPointer}/annotations`);
  return { pod, ...judgePod({ spec: mapAt(object, pod.specPointer), annotations }) };
}

function composed({ value, pointer }: KubernetesObject, ops: readonly Op[]): Edit | undefined {
  const own = pointer === '' ? ops : ops.map((op) => ({ ...op, path: op.path.slice(pointer.length) }) as Op);
  try {
    return compose(value, own, compareFields);
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
  const failures = memo((judged: Judgement) => groupControls(judged.violations, ({ control }) => [control]));
  return findings.map((finding) => {
    if (finding.controls === undefined) return finding;
    const { controls, ...rest } = finding;
    const about = controls.length === 0 ? [] : pods.filter(({ pod }) => mayBeAbout(finding, pod)).map((one) => failures(one));
    const kept = controls.filter((control) => about.some((failed) => failed(control, finding.container)));
    return (kept.length > 0 ? { ...rest, controls: kept } : rest) as F;
  });
}

/**
 * Groups what is about one container or the whole pod by their controls.
 *
 * @returns a function that tells whether something names a control for a container: what is about this one, or about the whole
 *   pod; for the whole pod: anything
 */
function groupControls<T extends { readonly container?: string | undefined }>(
  items: readonly T[],
  controlsOf: (item: T) => readonly ControlId[],
): (control: ControlId, container: string | undefined) => boolean {
  const places = new Map<ControlId, Set<string | undefined>>();
  for (const item of items) {
    for (const control of controlsOf(item)) {
      const containers = places.get(control);
      if (containers) containers.add(item.container);
      else places.set(control, new Set([item.container]));
    }
  }
  return (control, container) => {
    const containers = places.get(control);
    return containers !== undefined && (container === undefined || containers.has(container) || containers.has(undefined));
  };
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
    if (violations.length === 0) return [];
    const here = findings.filter((finding) => mayBeAbout(finding, pod));
    const isNamed = groupControls(here, ({ controls = [] }) => controls);
    return violations
      .filter(({ control, container }) => !unasked.has(control) && !isNamed(control, container))
      .map((violation) => observationOf(violation, pod));
  });
}

/** False for a finding about another pod of the same object. */
function mayBeAbout({ at }: Pick<Explanation, 'at'>, pod: Pod): boolean {
  if (pod.object.pods.length === 1) return true;
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
