/** Runs one transform on one object and says what it wants in terms of the document. */
import { imageName } from '../decisions/basis/basis.ts';
import type { Safety } from '../decisions/container/context.ts';
import { isAtLeast, type KubeVersion, type Settings } from '../decisions/basis/settings.ts';
import { fromObject, inSpec, takesField, type Container, type KubernetesObject, type Pod } from '../kubernetes/object.ts';
import type { ControlId } from '../kubernetes/pod-security/index.ts';
import type { Op } from '../patch/index.ts';
import { controlsOfSkip } from '../transform/messages.ts';
import type { Change, Context, Data, Skip, Targets, Transform, TransformMeta } from '../transform/transform.ts';
import type { JsonObject } from '../util/json.ts';
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
  for (const target of targetsOf(transform, object)) {
    for (const result of transform.run(target, context)) {
      const container = result.container ?? containerOf(target);
      const place = placeOf(target, result, object);
      const base = { container: container?.name, at: place, message: messageOf(transform, result) };
      const isLeftOut = container === undefined ? isOptedOut : !context.applies(container);
      if (result.ops) {
        const guess =
          result.isGuess === false ? undefined : guessOf(container ? [container] : (podOf(target)?.containers ?? []), context);
        const because = container && context.decide(container).because;
        const outcome = { ...base, guess, because, ...changeOf(transform, target, result, object, context.settings) };
        if (outcome.ops.length + outcome.newObjects.length > 0)
          outcomes.push(isLeftOut ? { ...outcome, status: 'opted-out' } : outcome);
      } else if (!isLeftOut) {
        skips.push({ ...reportOf(result, place, base.message, container), controls: controlsOf(transform, result) });
      }
    }
  }
  return { outcomes, skips };
}

function reportOf(skip: Skip, at: string, message: string, container: Container | undefined): Report {
  const oncePerRun = skip.isOncePerRun ? { oncePerRun: skip.message } : {};
  const report = { id: skip.message, severity: skip.severity ?? 'warning', message, at, ...oncePerRun } as const;
  return container === undefined ? report : { ...report, container: container.name };
}

function controlsOf({ meta }: Transform, { message }: Skip): readonly ControlId[] {
  return controlsOfSkip(message, meta.references.pss);
}

function changeOf(
  { meta }: Transform,
  target: Targets[keyof Targets],
  change: Change,
  object: KubernetesObject,
  { safeOnly, kubeVersion }: Settings,
): Omit<Outcome, 'message' | 'at' | 'container' | 'guess' | 'because'> {
  const safety = change.safety ?? meta.safety;
  return {
    transform: meta.id,
    safety,
    status: safeOnly && safety !== 'safe' ? 'held-back' : 'applied',
    ops: change.ops
      .filter((op) => isTaken(target, op))
      .filter((op) => op.op === 'remove' || isWithinVersion(meta, fieldOf(op.path, meta), kubeVersion))
      .map((op) => ({ ...op, path: fromDocument(target, op.path, object) }) as Op),
    newObjects: change.newObjects ?? [],
  };
}

/** False for a field that the kind of the object does not take, and for a value that only a template of its containers has. */
function isTaken(target: Targets[keyof Targets], { op, path }: Op): boolean {
  const pod = podOf(target);
  const pointer = 'role' in target ? target.pointer + path : path;
  return !pod || (takesField(pod, pointer) && (op === 'add' || !pod.isPartial || inSpec(pod, pointer) !== undefined));
}

/** The first image among containers of which it is not known what it needs, or the text in its place. */
function guessOf(containers: readonly Container[], { decide }: Context<JsonObject>): string | undefined {
  const container = containers.find((one) => !decide(one).isKnown);
  return container && imageName(decide(container), container);
}

function targetsOf({ meta }: Transform, object: KubernetesObject): readonly Targets[keyof Targets][] {
  switch (meta.target) {
    case 'container':
      return object.pods.flatMap((pod) => pod.containers);
    case 'pod':
      return object.pods;
    case 'object':
      return meta.kinds?.some(({ group, kind }) => object.group === group && object.kind === kind) ? [object] : [];
  }
}

function containerOf(target: Targets[keyof Targets]): Container | undefined {
  return 'role' in target ? target : undefined;
}

function podOf(target: Targets[keyof Targets]): Pod | undefined {
  if ('role' in target) return target.pod;
  return 'specPointer' in target ? target : undefined;
}

/** JSON Pointer from the document to what a path from a target names. */
function fromDocument(target: Targets[keyof Targets], path: string, object: KubernetesObject): string {
  const pod = podOf(target);
  const base = 'role' in target ? target.pointer : '';
  return object.pointer + (pod ? fromObject(pod, base + path) : path);
}

/** What a result is about: the value that it names, its container, or the target. */
function placeOf(
  target: Targets[keyof Targets],
  { ops, at, container }: (Change & { at?: string }) | Skip,
  object: KubernetesObject,
): string {
  const pod = podOf(target);
  if (!pod) return object.pointer + (ops ? '' : (at ?? ''));
  const inPod = (ops ? undefined : at) ?? (container ?? containerOf(target))?.pointer ?? '';
  return object.pointer + fromObject(pod, inPod);
}

/** The field of the metadata that a path writes to. */
function fieldOf<M extends string>(path: string, { id, fields }: TransformMeta<M>): string {
  for (let end = path.length; end > 0; ) {
    const start = path.lastIndexOf('/', end - 1);
    const token = path.slice(start + 1, end);
    if (Object.hasOwn(fields, token)) return token;
    end = start;
  }
  throw new Error(`${id} writes ${path}, and its metadata names no such field`);
}

/** True when a transform writes a field and a version of Kubernetes has it. */
export function isWithinVersion<M extends string>({ fields }: TransformMeta<M>, field: string, version: KubeVersion): boolean {
  const since = Object.hasOwn(fields, field) ? fields[field] : undefined;
  return since !== undefined && isAtLeast(version, since);
}

function messageOf({ meta }: Transform, { message, data }: Change | Skip): string {
  return fillMessage(meta.messages[message] ?? message, data ?? {});
}

/** Puts data into a message's `{name}` placeholders. */
function fillMessage(message: string, data: Data): string {
  return message.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(data[name] ?? placeholder));
}
