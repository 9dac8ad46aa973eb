/** One workload: its opt-outs, what the transforms want of it, and what deserves a report. */
import { observe } from '../decisions/observations.ts';
import { stringAt } from '../json.ts';
import { formatRepository, parseImageReference } from '../kubernetes/image-reference.ts';
import type { Container, Workload } from '../kubernetes/workload.ts';
import { covers, readAnnotations, type SkipRule } from './exceptions.ts';
import type { Severity } from './result.ts';
import { runTransforms, type Outcome, type RunContext } from './run-transforms.ts';

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
  if (run.settings.hooks === 'skip' && workload.annotations[HOOK] !== undefined) {
    return { outcomes: [], reports: [{ id: 'skipped-hook', severity: 'info', message: 'is a Helm hook, which the configuration leaves alone', at: at(`/metadata/annotations`) }] };
  }
  const ids = run.transforms.map(({ meta }) => meta.id);
  const annotations = readAnnotations(workload, run.knownTransforms);
  const exceptions = run.exceptions.filter((exception) => exception.matches(workload));
  const rules: SkipRule[] = [...annotations.rules, ...exceptions.flatMap(({ rule }) => rule ?? [])];
  const options = new Map(ids.map((id) => [id, Object.assign({}, run.options.get(id), ...exceptions.map((exception) => exception.options?.[id]))]));
  const plan = {
    options,
    writable: (container: Container) => annotations.writable.get(container.name) ?? [],
    applies: (transform: string, container?: Container) => !rules.some((rule) => covers(rule, transform, container)),
  };
  const outcomes = runTransforms(workload, run, plan);
  const reports: Report[] = [
    ...annotations.problems.map((problem) => ({ ...problem, severity: 'warning' as const, at: at(problem.at) })),
    ...skipReports(workload, run, rules, outcomes, plan).map((report) => ({ ...report, at: at(report.at) })),
    ...imageReports(workload, run).map((report) => ({ ...report, at: at(`${workload.pod.pointer}${report.at}`) })),
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

/** What each opt-out left out, with its reason; one that leaves out nothing is reported, so that it can go. */
function skipReports(workload: Workload, run: RunContext, rules: readonly SkipRule[], outcomes: readonly Outcome[], plan: Parameters<typeof runTransforms>[2]): Report[] {
  if (rules.length === 0) return [];
  const full = runTransforms(workload, run, { ...plan, applies: () => true });
  const isChange = (outcome: Outcome, transform: string): boolean => outcome.transform === transform && outcome.ops.length > 0;
  return rules.flatMap((rule) => {
    const left = run.transforms.map(({ meta }) => meta.id).filter((id) => {
      if (rule.transforms !== 'all' && !rule.transforms.includes(id)) return false;
      const before = full.filter((outcome) => isChange(outcome, id) && (!rule.container || rule.container(outcome.container ?? '')));
      const after = outcomes.filter((outcome) => isChange(outcome, id) && (!rule.container || rule.container(outcome.container ?? '')));
      return before.length > after.length;
    });
    const because = rule.reason === undefined ? 'on request' : `because: ${rule.reason}`;
    const reports: Report[] = left.map((id) => ({ id: 'skipped-on-request', severity: 'info', message: `${id} is left out ${because}`, at: rule.at ?? '' }));
    const unused = rule.at === undefined ? [] : rule.transforms === 'all' ? (left.length === 0 ? ['all'] : []) : rule.transforms.filter((id) => !left.includes(id) && run.transforms.some(({ meta }) => meta.id === id));
    return [...reports, ...unused.map((id): Report => ({ id: 'unused-skip', severity: 'warning', message: `${id} would change nothing here: remove it from the annotation`, at: rule.at ?? '' }))];
  });
}

/** Images that nothing is known about, and texts that are no image. */
function imageReports({ pod }: Workload, run: RunContext): Report[] {
  return pod.containers.flatMap((container): Report[] => {
    const text = stringAt(container.value, 'image') ?? '';
    const image = parseImageReference(text);
    const base = { at: `${container.pointer}/image`, container: container.name };
    if (!image) return [{ id: 'invalid-image', severity: 'warning', message: `${JSON.stringify(text)} is no image that can be pulled: mend it`, ...base }];
    const knowledge = run.lookup(image);
    if (knowledge && knowledge.nonRoot !== 'unknown') return [];
    const name = formatRepository(image);
    if (run.reportedImages.has(name)) return [];
    run.reportedImages.add(name);
    return [{ id: 'unknown-image', severity: 'info', message: `nothing is known about the image ${name}: try it before production, and describe it under images in the configuration`, ...base }];
  });
}
