/** Runs one transform on one object and says what it wants in terms of the document. */
import { imageName } from '../decisions/basis/basis.ts';
import type { Safety } from '../decisions/container/context.ts';
import { isAtLeast, type KubeVersion } from '../decisions/basis/settings.ts';
import {
  containersOf,
  fromObject,
  inSpec,
  takesField,
  type Container,
  type KubernetesObject,
  type Pod,
} from '../kubernetes/object.ts';
import type { ControlId } from '../kubernetes/pod-security/index.ts';
import type { Op } from '../patch/index.ts';
import { controlsOfSkip } from '../transform/messages.ts';
import type { Change, Context, Data, Skip, Targets, Transform, TransformMeta } from '../transform/transform.ts';
import type { JsonObject } from '../util/json.ts';
import { memoizedByText } from '../util/memo.ts';
import type { Severity } from './findings/finding.ts';

/** What one change comes to: carried out, left out on the author's request, or held back because only safe ones are wanted. */
export type Status = 'applied' | 'opted-out' | 'held-back';

/** Something that a transform wants to write; pointers lead from the document. */
export interface Outcome {
  readonly transform: string;
  readonly message: string;
  readonly safety: Safety;
  readonly status: Status;
  /** The image that it is about, when nobody knows what that needs. */
  readonly guess: string | undefined;
  /** What the decisions about its container rest on, as a clause; undefined for a whole pod or object. */
  readonly because: string | undefined;
  readonly at: string;
  readonly container: string | undefined;
  readonly ops: readonly Op[];
  readonly newObjects: readonly JsonObject[];
}

/** A finding before it has a line: `at` leads from the document. */
export interface Report {
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: string;
  readonly container?: string;
  /** The controls of the Pod Security Standards that fail for this reason. */
  readonly controls?: readonly ControlId[];
  /** Of all reports of a run with one such key only the first is shown. */
  readonly oncePerRun?: string;
  /** The reason why the author accepts it; empty where none is given. */
  readonly accepted?: string;
}

/** What one transform says of one object. */
export interface TransformResult {
  readonly outcomes: readonly Outcome[];
  readonly skips: readonly Report[];
}

/** Runs a transform on all of its targets in an object; what it leaves alone where it is opted out is not reported. */
export function runTransform(
  transform: Transform,
  object: KubernetesObject,
  context: Context<JsonObject>,
  isOptedOut: boolean,
): TransformResult {
  const outcomes: Outcome[] = [];
  const skips: Report[] = [];
  for (const value of targetsOf(transform, object)) {
    const target = targetOf(value, object);
    for (const result of transform.run(value, context)) {
      const container = result.container ?? target.container;
      const isLeftOut = container === undefined ? isOptedOut : !context.applies(container);
      if (result.ops) {
        const outcome = outcomeOf(transform, target, result, isLeftOut, context);
        if (outcome) outcomes.push(outcome);
      } else if (!isLeftOut) {
        skips.push(reportOf(transform, target, result, container));
      }
    }
  }
  return { outcomes, skips };
}

/** What a transform is called with, and what a result of it needs to know of that. */
interface Target {
  readonly object: KubernetesObject;
  /** Undefined for a whole object, as the container is for a pod. */
  readonly pod: Pod | undefined;
  readonly container: Container | undefined;
  /** Where its paths begin: in the pod, or in the object. */
  readonly pointer: string;
}

function targetOf(value: Targets[keyof Targets], object: KubernetesObject): Target {
  if ('role' in value) return { object, pod: value.pod, container: value, pointer: value.pointer };
  return { object, pod: 'specPointer' in value ? value : undefined, container: undefined, pointer: '' };
}

function reportOf({ meta }: Transform, target: Target, skip: Skip, container: Container | undefined): Report {
  const { message: id, severity = 'warning', isOncePerRun } = skip;
  return {
    id,
    severity,
    message: messageOf(meta, skip),
    at: placeOf(target, skip.at ?? container?.pointer),
    ...(isOncePerRun && { oncePerRun: id }),
    ...(container && { container: container.name }),
    controls: controlsOfSkip(id, meta.references.pss),
  };
}

/** Undefined for a change of which nothing is left. */
function outcomeOf(
  { meta }: Transform,
  target: Target,
  change: Change,
  isOptedOut: boolean,
  context: Context<JsonObject>,
): Outcome | undefined {
  const { safeOnly, kubeVersion } = context.settings;
  const { newObjects = [], safety = meta.safety } = change;
  const ops = writtenOps(meta, target, change.ops, kubeVersion);
  if (ops.length + newObjects.length === 0) return undefined;
  const container = change.container ?? target.container;
  return {
    container: container?.name,
    at: placeOf(target, container?.pointer),
    message: messageOf(meta, change),
    guess: change.isGuess === false ? undefined : guessOf(container, target.pod, context),
    because: container && context.decide(container).because,
    transform: meta.id,
    safety,
    status: isOptedOut ? 'opted-out' : safeOnly && safety !== 'safe' ? 'held-back' : 'applied',
    ops,
    newObjects,
  };
}

/** The operations that the kind of the object and the version of Kubernetes take; their paths lead from the document. */
function writtenOps(meta: TransformMeta<string>, target: Target, ops: readonly Op[], version: KubeVersion): Op[] {
  const { pod, pointer } = target;
  const written: Op[] = [];
  for (const op of ops) {
    if (pod && !isTaken(pod, op.op, pointer + op.path)) continue;
    if (op.op !== 'remove' && !isAtLeast(version, sinceOf(op.path, meta))) continue;
    written.push({ ...op, path: placeOf(target, pointer + op.path) as Op['path'] });
  }
  return written;
}

/** False for a field that the kind of the object does not take, and for a value that only a template of its containers has. */
function isTaken(pod: Pod, op: Op['op'], pointer: string): boolean {
  return takesField(pod, pointer) && (op === 'add' || !pod.isPartial || inSpec(pod, pointer) !== undefined);
}

/** The image of a container, or the first of a pod, of which it is not known what it needs, or the text in its place. */
function guessOf(about: Container | undefined, pod: Pod | undefined, { decide }: Context<JsonObject>): string | undefined {
  for (const container of about ? [about] : (pod?.containers ?? [])) {
    const decision = decide(container);
    if (!decision.isKnown) return imageName(decision, container);
  }
  return undefined;
}

function targetsOf({ meta }: Transform, object: KubernetesObject): readonly Targets[keyof Targets][] {
  switch (meta.target) {
    case 'container':
      return containersOf(object);
    case 'pod':
      return object.pods;
    case 'object':
      return meta.kinds?.some(({ group, kind }) => object.group === group && object.kind === kind) ? [object] : [];
  }
}

/**
 * JSON Pointer from the document to what a result is about.
 *
 * @param at leads from the pod, for a target `object` from the object; by default the target itself
 */
function placeOf({ object, pod }: Target, at = ''): string {
  return object.pointer + (pod ? fromObject(pod, at) : at);
}

/** The version of Kubernetes that brought the field of the metadata that a path writes to. */
function sinceOf<M extends string>(path: string, { id, fields }: TransformMeta<M>): string {
  for (let end = path.length; end > 0; ) {
    const start = path.lastIndexOf('/', end - 1);
    const token = path.slice(start + 1, end);
    const since = Object.hasOwn(fields, token) ? fields[token] : undefined;
    if (since !== undefined) return since;
    end = start;
  }
  throw new Error(`${id} writes ${path}, and its metadata names no such field`);
}

/** True when a transform writes a field and a version of Kubernetes has it. */
export function isWithinVersion<M extends string>({ fields }: TransformMeta<M>, field: string, version: KubeVersion): boolean {
  const since = Object.hasOwn(fields, field) ? fields[field] : undefined;
  return since !== undefined && isAtLeast(version, since);
}

function messageOf({ messages }: TransformMeta<string>, { message, data = {} }: Change | Skip): string {
  return fillMessage(messages[message] ?? message, data);
}

/** The texts of a message, and between them the names in its `{name}` placeholders; there are as many as transforms declare. */
const partsOf = memoizedByText((message) => message.split(/\{(\w+)\}/));

/** Puts data into a message's placeholders. */
function fillMessage(message: string, data: Data): string {
  const parts = partsOf(message);
  let filled = parts[0] as string;
  for (let index = 1; index < parts.length; index += 2) {
    const name = parts[index] as string;
    filled += String(data[name] ?? `{${name}}`) + parts[index + 1];
  }
  return filled;
}
