/** Runs the transforms on one workload and gathers what they want to write and what they leave alone. */
import { decideContainer, type ContainerDecision, type Deciders } from '../decisions/container.ts';
import type { JsonObject } from '../json.ts';
import type { Facts } from '../kubernetes/facts.ts';
import type { Container, Workload } from '../kubernetes/workload.ts';
import type { Op } from '../patch/index.ts';
import type { Settings } from '../settings.ts';
import type { Change, Context, Data, Skip, Targets, Transform } from '../transform.ts';

/** What a run needs to know about every workload. */
export interface RunContext {
  readonly transforms: readonly Transform[];
  readonly settings: Settings;
  readonly options: ReadonlyMap<string, unknown>;
  readonly facts: Facts;
  readonly lookup: Deciders['lookup'];
  readonly writable: Deciders['writable'];
  /** False where the author opted out; without a container: for the whole workload. */
  applies(transform: string, workload: Workload, container?: Container): boolean;
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

/** What all transforms want of one workload, in registry order. */
export function runTransforms(workload: Workload, run: RunContext): Outcome[] {
  const decisions = new Map<Container, ContainerDecision>();
  const decide = (container: Container): ContainerDecision => {
    const known = decisions.get(container);
    if (known) return known;
    const decision = decideContainer(container, {
      settings: run.settings,
      lookup: run.lookup,
      writable: run.writable,
      options: (id) => run.options.get(id),
      isOn: (id, other) => run.transforms.some(({ meta }) => meta.id === id) && run.applies(id, workload, other),
    });
    decisions.set(container, decision);
    return decision;
  };
  return run.transforms.flatMap((transform) => {
    if (!run.applies(transform.meta.id, workload)) return [];
    const context: Context<unknown> = {
      options: run.options.get(transform.meta.id) ?? transform.meta.options,
      settings: run.settings,
      facts: run.facts,
      applies: (container) => run.applies(transform.meta.id, workload, container),
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
