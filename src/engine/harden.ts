/** All files of a run: read, planned object by object, rewritten. No file system, no process, no Node APIs. */
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { FindingId } from '../observations/catalogue.ts';
import { describe } from '../observations/observation.ts';
import type { Transform } from '../transform/transform.ts';
import { collectFacts, type Facts } from '../workspace/facts.ts';
import { reachKey, reachOf } from '../workspace/reach.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import { readWorkspace, type Workspace } from '../workspace/workspace.ts';
import { ProofBudget } from '../yaml/index.ts';
import { hardenFile, type PlannedFile } from './harden-file.ts';
import type { Report } from './outcomes.ts';
import { namespaceLevels } from './levels.ts';
import { planObject, type Plan, type Surroundings } from './plan.ts';
import { readFacts, readFile, type ReadFile } from './read.ts';
import type { Harden } from './harden-options.ts';
import type { FileResult, Finding } from './result.ts';
import { prepareRun, type Run } from './run.ts';

/** A `harden` with the transforms of a registry; changes are listed in the order of the registry. */
export function createHarden(registry: readonly Transform[]): Harden {
  return (inputs, options = {}) => {
    const run = prepareRun(registry, options);
    const report = reporter(options.onProgress);
    const toHarden = report(
      inputs.filter(({ role }) => role !== 'facts'),
      [0, 0.4],
      (input) => readFile(input, run),
    );
    const forFacts = inputs.filter(({ role }) => role === 'facts').map((input) => readFacts(input, run));
    const files: readonly SourceFile[] = [...toHarden, ...forFacts];
    const workspace = readWorkspace(files);
    const factsFor = factsByFile(files, workspace, run);
    const alone = new Map(toHarden.map((file) => [file, leftAlone(file, workspace)]));
    const plans = planAll(
      toHarden.filter((file) => !alone.get(file)),
      { factsFor, workspace },
      run,
    );
    const planned = toHarden.map((file) => alone.get(file) ?? planFile(file, plans));
    const budget = new ProofBudget();
    const write = (one: FileResult | PlannedFile): FileResult => ('output' in one ? one : hardenFile(one, budget));
    return { files: report(withoutRepeats(planned), [0.6, 1], write) };
  };
}

/** A `map` that tells how far the run is when a part of it is done: `range` is what the part takes of the run. */
function reporter(onProgress: (share: number) => void = () => {}) {
  return <T, R>(items: readonly T[], [from, to]: readonly [number, number], change: (item: T) => R): R[] =>
    items.map((item, index) => {
      onProgress(from + ((to - from) * index) / items.length);
      return change(item);
    });
}

/** The facts in reach of each file; templates, values of charts and patches state none. */
function factsByFile(files: readonly SourceFile[], workspace: Workspace, { kinds }: Run): (path: string) => Facts {
  const isStated = ({ path, text }: SourceFile): boolean =>
    (kinds.facts.test(text) || kinds.changed.test(text)) &&
    !workspace.isChartValues(path) &&
    workspace.chartOf(path) === undefined &&
    !workspace.isPatch(path);
  const factsOf = collectFacts(files.filter(isStated), kinds, workspace.membershipOf);
  const known = new Map<string, Facts>();
  return (path) => {
    const key = reachKey(path, workspace);
    const facts = known.get(key) ?? factsOf(reachOf(path, workspace));
    known.set(key, facts);
    return facts;
  };
}

interface Known {
  readonly factsFor: (path: string) => Facts;
  readonly workspace: Workspace;
}

/** Plans every object once: first those with pods, then those whose transforms may ask what became of the pods. */
function planAll(files: readonly ReadFile[], { factsFor, workspace }: Known, run: Run): ReadonlyMap<KubernetesObject, Plan> {
  const plans = new Map<KubernetesObject, Plan>();
  const objects = files.flatMap((file) => objectsOf(file).map((object) => ({ object, path: file.path })));
  const plan = (isLate: boolean, levelOf: Surroundings['levelOf']): void => {
    for (const { object, path } of objects) {
      if (isTarget(object, run) !== isLate) continue;
      plans.set(object, planObject(object, { facts: factsFor(path), builds: workspace.buildsOf(path), levelOf }, run));
    }
  };
  plan(false, () => {
    throw new Error('levels are known after all pods are planned');
  });
  plan(true, namespaceLevels([...plans.values()], workspace));
  return plans;
}

/** True for an object that a transform of the run targets by its kind. */
function isTarget({ group, kind }: KubernetesObject, { transforms }: Run): boolean {
  return transforms.some(({ meta }) => meta.kinds?.some((one) => one.group === group && one.kind === kind));
}

function objectsOf({ documents }: ReadFile): readonly KubernetesObject[] {
  return documents.flatMap(({ objects }) => objects);
}

function planFile(file: ReadFile, plans: ReadonlyMap<KubernetesObject, Plan>): PlannedFile {
  const documents = file.documents.map((document) => ({
    document,
    plans: document.objects.flatMap((object) => plans.get(object) ?? []),
  }));
  return { file, documents };
}

/** A file that is left alone as a whole, with its finding where it has one. */
interface AloneFile extends FileResult {
  /** Only the first file of a chart has the finding that the chart is left alone. */
  readonly chart?: string;
}

/** The result of a file that is a template, values or a patch by the folder that it is in. */
function leftAlone({ path, text, documents }: ReadFile, workspace: Workspace): AloneFile | undefined {
  const base = { path, input: text, output: text, workloads: 0, standings: [], changes: [], patches: [], edits: [] };
  const finding = (id: FindingId, what: string): Finding => ({ ...describe(id, what), path, line: 1, column: 1 });
  const chart = workspace.chartOf(path);
  if (chart !== undefined) {
    const what = `the templates of the chart in ${chart === '' ? '.' : chart} are left alone`;
    return { ...base, chart, findings: [finding('skipped-chart', what)] };
  }
  if (workspace.isPatch(path) && documents.some(({ mayBeChanged }) => mayBeChanged))
    return { ...base, findings: [finding('skipped-patch', 'a kustomization lists it as a patch of another manifest')] };
  return workspace.isChartValues(path) ? { ...base, findings: [] } : undefined;
}

/** Keeps findings that are reported once in a run only in the first file that has them, with the number and names of the others. */
function withoutRepeats(planned: readonly (AloneFile | PlannedFile)[]): (FileResult | PlannedFile)[] {
  const repeats = repeatsIn(planned);
  const seen = new Set<string>();
  const isNew = (key: string | undefined): boolean => {
    if (key === undefined) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  return planned.map((one) => {
    if ('output' in one) {
      const { chart, ...result } = one;
      return isNew(chart === undefined ? undefined : `chart ${chart}`) ? result : { ...result, findings: [] };
    }
    const once = (reports: readonly Report[]): Report[] =>
      reports.filter(({ oncePerRun }) => isNew(oncePerRun)).map((report) => withRest(report, repeats));
    const documents = one.documents.map(({ document, plans }) => ({
      document,
      plans: plans.map((plan) => ({ ...plan, reports: once(plan.reports) })),
    }));
    return { ...one, documents };
  });
}

/** The objects of all reports with one key, of those that are shown once in a run. */
function repeatsIn(planned: readonly (AloneFile | PlannedFile)[]): ReadonlyMap<string, readonly string[]> {
  const repeats = new Map<string, string[]>();
  const plans = planned.flatMap((one) => ('output' in one ? [] : one.documents)).flatMap((document) => document.plans);
  for (const { object, reports } of plans) {
    for (const { oncePerRun } of reports) {
      if (oncePerRun === undefined) continue;
      const objects = repeats.get(oncePerRun) ?? [];
      objects.push(`${object.kind} ${object.name}`);
      repeats.set(oncePerRun, objects);
    }
  }
  return repeats;
}

/** How many other objects a report names that stands for all of a run. */
const MOST_NAMES = 10;

function withRest(report: Report, repeats: ReadonlyMap<string, readonly string[]>): Report {
  const [, ...others] = repeats.get(report.oncePerRun ?? '') ?? [];
  if (others.length === 0) return report;
  const names = [...new Set(others)].slice(0, MOST_NAMES).join(', ');
  return { ...report, message: `${report.message} (and ${others.length} more in this run: ${names})` };
}
