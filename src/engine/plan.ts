/** One object: its opt-outs, everything that the transforms would change, and its findings. Nothing runs twice. */
import { platformOf } from '../decisions/basis/platform.ts';
import type { ContainerDecision } from '../decisions/container/container.ts';
import { decide, type Decisions } from '../decisions/container/decide.ts';
import { connectionsOf as connectionsOfImage } from '../images/index.ts';
import { formatRepository, parseImageReference } from '../kubernetes/image-reference.ts';
import {
  containersOf,
  fromObject,
  type Container,
  type KubernetesObject,
  type LeftAlone,
  type Pod,
} from '../kubernetes/object.ts';
import { observeImages } from '../observations/images.ts';
import { observeObject } from '../observations/object.ts';
import { observation } from '../observations/observation.ts';
import { observePod } from '../observations/pod.ts';
import { judgeHardened, unexplainedViolations, withFailedControls, type JudgedPod } from '../observations/pod-security.ts';
import { observeRbac } from '../observations/rbac.ts';
import type { Edit, Op } from '../patch/index.ts';
import type { Context, NamespaceLevel } from '../transform/transform.ts';
import type { MatchedUsage } from '../usage/match.ts';
import { stringAt, type JsonObject } from '../util/json.ts';
import type { Facts } from '../workspace/facts.ts';
import type { Build } from '../workspace/kustomize/builds.ts';
import { patchReports } from './builds/reports.ts';
import { isReplacedInBuilds } from './builds/replaced.ts';
import { settle, type Planner } from './builds/settle.ts';
import { isLeftOut, type LeftOut } from './builds/units.ts';
import { choicesFor, optOutReports, withAccepted, type Choices } from './choices.ts';
import { isWithinVersion, runTransform, type Outcome, type Report, type TransformResult } from './outcomes.ts';
import { isWindowsImage } from './read.ts';
import { onPlatform, type Run } from './run.ts';

/** What is done with one object. */
export interface Plan {
  readonly object: KubernetesObject;
  /** Everything that the transforms would write, whether it is applied or not. */
  readonly outcomes: readonly Outcome[];
  readonly reports: readonly Report[];
  /** What its pods do not meet after hardening; none of one that is left alone. */
  readonly judged: readonly JudgedPod[];
  /** What the applied operations come to, where they were composed to judge the pods. */
  readonly edit?: Edit | undefined;
}

const HOOK = 'helm.sh/hook';

/** Why an object is left alone: the first half of the message. */
const LEFT_ALONE: Readonly<Record<LeftAlone, string>> = {
  'skipped-foreign': 'is left alone',
  'skipped-patch': 'has containers without an image, so it is a patch of another manifest',
  'skipped-malformed': 'has a pod template, containers or initContainers of another type than the API server accepts',
  'no-pod-spec': 'has no pod spec where the configuration says',
  'unsupported-kind': 'is of a kind that kharden does not know',
};

/** What counts for the objects of one file. */
export interface Surroundings {
  readonly facts: Facts;
  /** The kustomize builds that hold them. */
  readonly builds: readonly Build[];
  /** What the workloads of a Namespace meet: for objects that are planned after all pods. */
  levelOf(namespace: KubernetesObject): NamespaceLevel;
  /** What the user gives as the use of a container. */
  readonly usageOf: MatchedUsage['usageOf'];
}

/** Plans one object. */
export function planObject(object: KubernetesObject, surroundings: Surroundings, run: Run): Plan {
  const reports = observeRbac(object, surroundings.facts).map((seen) => inDocument(seen, object));
  if (object.leftAlone !== undefined) {
    reports.push({
      ...observation(object.leftAlone, LEFT_ALONE[object.leftAlone], { at: object.pointer }),
      ...(object.leftAlone === 'unsupported-kind' && { oncePerRun: `${object.group}/${object.kind}` }),
    });
    return { object, outcomes: [], reports, judged: [] };
  }
  if (isSkippedHook(object, run)) {
    reports.push(observation('skipped-hook', 'is a Helm hook', { at: `${object.pointer}/metadata/annotations` }));
    return { object, outcomes: [], reports, judged: [] };
  }
  const { plan, conflicts } = settle(object, surroundings.builds, plannerFor(surroundings, run));
  const { choices, decisions, outcomes, skips } = plan;
  const ops = appliedOps(outcomes);
  const { pods: judged, edit } = judgeHardened(object, ops);
  const ofObject = [
    ...choices.problems,
    ...observeObject(object, run.settings, ops.length > 0),
    ...optOutReports(choices, outcomes),
    ...observePods(object.pods, decisions, judged, surroundings.builds),
  ];
  const found = [
    ...reports,
    ...ofObject.map((report) => inDocument(report, object)),
    ...skips,
    ...patchReports(conflicts, (id) => run.transforms.find(({ meta }) => meta.id === id)?.meta.references.pss ?? []),
  ];
  const unasked = run.unaskedControls(choices.transforms);
  return {
    object,
    outcomes,
    judged,
    edit,
    reports: withAccepted(
      [...withFailedControls(found, judged), ...unexplainedViolations(found, judged, unasked)],
      choices.acceptances,
      object.pointer,
    ),
  };
}

/** A report whose place leads from an object, as one from the document. */
function inDocument(report: Report, { pointer }: KubernetesObject): Report {
  return pointer === '' ? report : { ...report, at: `${pointer}${report.at}` };
}

/** The operations that are carried out, in the order of the transforms. */
export function appliedOps(outcomes: readonly Outcome[]): readonly Op[] {
  return outcomes.flatMap(({ status, ops }) => (status === 'applied' ? ops : []));
}

/** What the transforms make of an object. */
interface Draft extends TransformResult {
  readonly choices: Choices;
  readonly decisions: Decisions;
}

function plannerFor(surroundings: Surroundings, run: Run): Planner<Draft> {
  const metaOf = (id: string) => run.transforms.find(({ meta }) => meta.id === id)?.meta;
  return {
    reading: { kinds: run.kinds, isWindowsImage: (image) => isWindowsImage(image, run) },
    plan: (object, leftOut) => draft(object, leftOut, surroundings, run),
    writtenBy: ({ outcomes }) => outcomes.filter(({ status }) => status === 'applied'),
    tiesOf(transform) {
      const { isDivisible = false, neededBy } = metaOf(transform) ?? {};
      return { isDivisible, neededBy };
    },
  };
}

function draft(object: KubernetesObject, leftOut: readonly LeftOut[], surroundings: Surroundings, given: Run): Draft {
  const { facts } = surroundings;
  const run = onPlatform(given, platformOf(object, facts, given.settings));
  const { settings, lookup, likeness, alike } = run;
  const choices = choicesFor(object, run, leftOut);
  const decisions = decide(containersOf(object), {
    settings,
    lookup,
    likeness,
    alike,
    facts,
    writes: choices.writes,
    writable: (container, image) => [...choices.writable(container), ...(image ? run.writable(formatRepository(image)) : [])],
  });
  const { outcomes, skips } = runTransforms(object, surroundings, decisions, choices, run);
  if (leftOut.length === 0) return { choices, decisions, outcomes, skips };
  const remaining = outcomes.flatMap((outcome): Outcome[] => {
    const ops = outcome.ops.filter((op) => !isLeftOut(op, leftOut, object.value, object.pointer));
    return ops.length > 0 || outcome.ops.length === 0 ? [{ ...outcome, ops }] : [];
  });
  return { choices, decisions, outcomes: remaining, skips };
}

/** What is only reported of pods; pointers lead from the object. */
function observePods(
  pods: readonly Pod[],
  decide: (container: Container) => ContainerDecision,
  judged: readonly JudgedPod[],
  builds: readonly Build[],
): Report[] {
  const remaining = new Map(judged.map(({ pod, violations }) => [pod, violations]));
  return pods.flatMap((pod) =>
    [...observeImages(pod, decide), ...observePod(pod, remaining.get(pod))]
      .map((seen) => ({ ...seen, at: fromObject(pod, seen.at) }))
      .filter(({ id, at }) => id !== 'latest-image' || !isReplacedInBuilds(pod.object.value, at, builds)),
  );
}

/** Runs every transform once, whether it is opted out or not. */
function runTransforms(
  object: KubernetesObject,
  { facts, levelOf, usageOf }: Surroundings,
  decisions: Decisions,
  choices: Choices,
  run: Run,
): TransformResult {
  const results = choices.transforms.map((transform) => {
    const { id } = transform.meta;
    const context: Context<JsonObject> = {
      options: choices.options.get(id) ?? {},
      settings: run.settings,
      facts,
      applies: (container) => choices.applies(id, container),
      supports: (field) => isWithinVersion(transform.meta, field, run.settings.kubeVersion),
      writes: choices.writes,
      decide: decisions,
      connectionsOf: (container) => connectionsOf(container, run),
      usageOf,
      appliesTo: (other) => appliesTo(id, other, run),
      levelOf,
    };
    return runTransform(transform, object, context, !choices.applies(id));
  });
  return { outcomes: results.flatMap(({ outcomes }) => outcomes), skips: withoutRepeats(results.flatMap(({ skips }) => skips)) };
}

function connectionsOf({ value }: Container, { lookup }: Run): readonly string[] | undefined {
  const image = parseImageReference(stringAt(value, 'image') ?? '');
  const knowledge = image && lookup(image);
  return knowledge && connectionsOfImage(knowledge, image.repository);
}

function appliesTo(transform: string, object: KubernetesObject, run: Run): boolean {
  if (object.leftAlone !== undefined || isSkippedHook(object, run)) return false;
  const choices = choicesFor(object, run, []);
  return choices.transforms.some(({ meta }) => meta.id === transform) && choices.applies(transform);
}

function isSkippedHook({ pods, annotations }: KubernetesObject, { settings }: Run): boolean {
  return settings.hooks === 'skip' && pods.length > 0 && annotations[HOOK] !== undefined;
}

/** Several transforms may leave one place alone for the same reason: it is reported once. */
function withoutRepeats(skips: readonly Report[]): readonly Report[] {
  if (skips.length < 2) return skips;
  const seen = new Set<string>();
  return skips.filter(({ id, at, container }) => {
    const key = `${id}\0${at}\0${container ?? ''}`;
    return !seen.has(key) && seen.add(key);
  });
}
