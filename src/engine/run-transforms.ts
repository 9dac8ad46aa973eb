/** Runs the transforms on one workload and gathers what they want to write and what they leave alone. */
import { decideContainer, type ContainerDecision, type Deciders } from '../decisions/container.ts';
import type { JsonObject } from '../util/json.ts';
import { formatRepository } from '../kubernetes/image-reference.ts';
import type { Facts } from '../workspace/facts.ts';
import type { Container, Workload } from '../kubernetes/workload.ts';
import type { Op } from '../patch/index.ts';
import type { Settings } from '../decisions/settings.ts';
import type { CompiledException } from './exceptions.ts';
import type { Change, Context, Data, Skip, Targets, Transform } from '../transform/transform.ts';

/** What a run needs to know about every workload. */
export interface RunContext {
  readonly transforms: readonly Transform[];
  /** The ids of all transforms, whether they run or not. */
  readonly knownTransforms: readonly string[];
  readonly settings: Settings;
  readonly options: ReadonlyMap<string, JsonObject>;
  readonly factsFor: (file: string) => Facts;
  readonly lookup: Deciders['lookup'];
  /** The paths that the config names for an image. */
  readonly writable: (image: string) => readonly string[];
  readonly exceptions: readonly CompiledException[];
  /** Unknown images that were reported already: one finding each. */
  readonly reportedImages: Set<string>;
}

/** What the author decided for one workload. */
export interface WorkloadPlan {
  readonly options: ReadonlyMap<string, JsonObject>;
  /** False where the author opted out; without a container: for the whole workload. */
  applies(transform: string, container?: Container): boolean;
  /** The paths that an annotation names for a container. */
  writable(container: Container): readonly string[];
}

/** A change or skip of one transform; pointers lead from the document. */
export interface Outcome {
  readonly transform: string;
  /** The id of the message: the finding's id when something was left alone. */
  readonly id: string;
  readonly message: string;
  readonly safety: 'safe' | 'may-break';
  readonly at: string;
  readonly container: string | undefined;
  readonly ops: readonly Op[];
  readonly newObjects: readonly JsonObject[];
}

/** Decides containers, each once. */
export function createDecide(run: RunContext, plan: WorkloadPlan): (container: Container) => ContainerDecision {
  const decisions = new Map<Container, ContainerDecision>();
  const ids = new Set(run.transforms.map(({ meta }) => meta.id));
  const deciders: Deciders = {
    settings: run.settings,
    lookup: run.lookup,
    writable: (container, image) => [...plan.writable(container), ...(image ? run.writable(formatRepository(image)) : [])],
    options: (id) => plan.options.get(id),
    isOn: (id, container) => ids.has(id) && plan.applies(id, container),
  };
  return (container) => {
    const decision = decisions.get(container) ?? decideContainer(container, deciders);
    decisions.set(container, decision);
    return decision;
  };
}

/** What all transforms want of one workload, in registry order. */
export function runTransforms(workload: Workload, run: RunContext, plan: WorkloadPlan): Outcome[] {
  const decide = createDecide(run, plan);
  const facts = run.factsFor(workload.file);
  return run.transforms.flatMap((transform) => {
    const { id } = transform.meta;
    if (!plan.applies(id)) return [];
    const context: Context<unknown> = {
      options: plan.options.get(id) ?? transform.meta.options,
      settings: run.settings,
      facts,
      applies: (container) => plan.applies(id, container),
      decide,
    };
    return targetsOf(transform, workload)
      .filter((target) => !('role' in target) || context.applies(target))
      .flatMap((target) => [...transform.run(target, context)].map((result) => outcome(transform, target, workload, result)));
  });
}

function targetsOf(transform: Transform, workload: Workload): readonly Targets[keyof Targets][] {
  switch (transform.meta.target) {
    case 'container':
      return workload.pod.containers;
    case 'pod':
      return [workload.pod];
    case 'workload':
      return [workload];
  }
}

function outcome(transform: Transform, target: Targets[keyof Targets], workload: Workload, result: Change | Skip): Outcome {
  const { meta } = transform;
  const base = basePointer(target, workload);
  const template = `${workload.pointer}${workload.pod.pointer}`;
  const container = result.container ?? ('role' in target ? target : undefined);
  const place = container ? `${template}${container.pointer}` : base;
  return {
    transform: meta.id,
    id: result.message,
    message: fillMessage(meta.messages[result.message] ?? result.message, result.data ?? {}),
    safety: result.ops ? (result.safety ?? meta.safety) : 'safe',
    at: !result.ops && result.at !== undefined ? `${'kind' in target ? base : template}${result.at}` : place,
    container: container?.name,
    ops: (result.ops ?? []).map((op) => ({ ...op, path: `${base}${op.path}` }) as Op),
    newObjects: result.ops ? (result.newObjects ?? []) : [],
  };
}

function basePointer(target: Targets[keyof Targets], workload: Workload): string {
  if ('role' in target) return `${workload.pointer}${workload.pod.pointer}${target.pointer}`;
  return 'containers' in target ? `${workload.pointer}${target.pointer}` : workload.pointer;
}

/** Puts data into a message's `{name}` placeholders. */
export function fillMessage(message: string, data: Data): string {
  return message.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(data[name] ?? placeholder));
}
