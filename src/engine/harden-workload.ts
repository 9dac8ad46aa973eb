/** One workload: its opt-outs, what the transforms want of it, and what deserves a report. */
import { observe } from '../observations/pod.ts';
import { merge, stringAt } from '../util/json.ts';
import { formatRepository, parseImageReference } from '../kubernetes/image-reference.ts';
import type { Workload } from '../kubernetes/workload.ts';
import { covers, readAnnotations, type AnnotationProblem, type SkipRule } from './exceptions.ts';
import type { Severity } from './result.ts';
import { runTransforms, type Outcome, type RunContext, type WorkloadPlan } from './run-transforms.ts';

/** A finding before it has a line: `at` leads from the document. */
export interface Report {
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: string;
  readonly container?: string;
}

export interface WorkloadResult {
  readonly outcomes: readonly Outcome[];
  readonly reports: readonly Report[];
}

const HOOK = 'helm.sh/hook';

/** Runs everything on one workload. */
export function hardenWorkload(workload: Workload, run: RunContext): WorkloadResult {
  const at = (pointer: string): string => `${workload.pointer}${pointer}`;
  if (isSkippedHook(workload, run)) {
    const message = 'is a Helm hook, which the configuration leaves alone';
    return { outcomes: [], reports: [report('skipped-hook', 'info', message, at('/metadata/annotations'))] };
  }
  const ids = run.transforms.map(({ meta }) => meta.id);
  const { plan, rules, problems } = planOf(workload, run);
  const outcomes = runTransforms(workload, run, plan);
  const full = rules.length === 0 ? outcomes : runTransforms(workload, run, { ...plan, applies: () => true });
  const reports: Report[] = [
    ...problems.map((problem) => ({ ...problem, severity: 'warning' as const, at: at(problem.at) })),
    ...skipReports(rules, ids, full, outcomes).map((one) => ({ ...one, at: at(one.at) })),
    ...imageReports(workload, run).map((one) => ({ ...one, at: at(`${workload.pod.pointer}${one.at}`) })),
    ...observe(workload.pod).map(({ id, message, at: place, container }) => ({
      id,
      severity: 'warning' as const,
      message,
      at: at(`${workload.pod.pointer}${place}`),
      ...(container ? { container: container.name } : {}),
    })),
  ];
  return { outcomes, reports };
}

/** True for a Helm hook that the configuration leaves alone. */
export function isSkippedHook(workload: Workload, run: RunContext): boolean {
  return run.settings.hooks === 'skip' && workload.annotations[HOOK] !== undefined;
}

/** What the author decided for a workload, and what is wrong with how it is written. */
export function planOf(
  workload: Workload,
  run: RunContext,
): { plan: WorkloadPlan; rules: readonly SkipRule[]; problems: readonly AnnotationProblem[] } {
  const ids = run.transforms.map(({ meta }) => meta.id);
  const { rules: annotated, problems, writable } = readAnnotations(workload, run.knownTransforms);
  const exceptions = run.exceptions.filter((exception) => exception.matches(workload));
  const rules = [...annotated, ...exceptions.flatMap(({ rule }) => rule ?? [])];
  const options = new Map(
    ids.map(
      (id) => [id, exceptions.reduce((before, one) => merge(before, one.options?.[id]), run.options.get(id) ?? {})] as const,
    ),
  );
  const plan: WorkloadPlan = {
    options,
    writable: (container) => writable.get(container.name) ?? [],
    applies: (transform, container) => !rules.some((rule) => covers(rule, transform, container)),
  };
  return { plan, rules, problems };
}

/** What each opt-out left out, with its reason; an annotation that leaves out nothing is reported, so that it can go. */
function skipReports(
  rules: readonly SkipRule[],
  ids: readonly string[],
  full: readonly Outcome[],
  kept: readonly Outcome[],
): Report[] {
  return rules.flatMap(({ transforms, container, reason, at }) => {
    const countOf = (outcomes: readonly Outcome[], id: string): number =>
      outcomes.filter(
        (outcome) => outcome.transform === id && outcome.ops.length > 0 && (!container || container(outcome.container ?? '')),
      ).length;
    const named = transforms === 'all' ? ids : transforms.filter((id) => ids.includes(id));
    const leftOut = named.filter((id) => countOf(full, id) > countOf(kept, id));
    const unused = transforms === 'all' ? (leftOut.length === 0 ? ['all'] : []) : named.filter((id) => !leftOut.includes(id));
    const because = reason === undefined ? 'on request' : `because: ${reason}`;
    return [
      ...leftOut.map((id) => report('skipped-on-request', 'info', `${id} is left out ${because}`, at)),
      ...(at === undefined ? [] : unused).map((id) =>
        report('unused-skip', 'warning', `${id} would change nothing here: remove it from the annotation`, at),
      ),
    ];
  });
}

function report(id: string, severity: Severity, message: string, at = ''): Report {
  return { id, severity, message, at };
}

/** Images that nothing is known about, and texts that are no image. */
function imageReports({ pod }: Workload, run: RunContext): Report[] {
  return pod.containers.flatMap((container): Report[] => {
    const text = stringAt(container.value, 'image') ?? '';
    const image = parseImageReference(text);
    const base = { at: `${container.pointer}/image`, container: container.name };
    if (!image) {
      return [
        { ...report('invalid-image', 'warning', `${JSON.stringify(text)} is no image that can be pulled: mend it`), ...base },
      ];
    }
    const knowledge = run.lookup(image);
    if (knowledge && knowledge.nonRoot !== 'unknown') return [];
    const name = formatRepository(image);
    if (run.reportedImages.has(name)) return [];
    run.reportedImages.add(name);
    const advice = 'try it before production, and describe it under images in the configuration';
    return [{ ...report('unknown-image', 'info', `nothing is known about the image ${name}: ${advice}`), ...base }];
  });
}
