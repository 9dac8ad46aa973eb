/** All files of a run: read, planned object by object, rewritten. No file system, no process, no Node APIs. */
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { FindingId } from '../observations/catalogue.ts';
import { describe } from '../observations/observation.ts';
import type { Transform } from '../transform/transform.ts';
import { collectFacts, type Facts } from '../workspace/facts.ts';
import { reachKey, reachOf } from '../workspace/reach.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import { readWorkspace, type Workspace } from '../workspace/workspace.ts';
import { hardenFile, type HardenedFile } from './harden-file.ts';
import { NamespaceLevels } from './levels.ts';
import { planObject, type Plan } from './plan.ts';
import { openFile, type OpenFile } from './read.ts';
import type { Harden } from './harden-options.ts';
import type { FileResult, Finding } from './result.ts';
import { prepareRun, type Run } from './run.ts';

/** A `harden` with the transforms of a registry; changes are listed in the order of the registry. */
export function createHarden(registry: readonly Transform[]): Harden {
  return (inputs, options = {}) => {
    const run = prepareRun(registry, options);
    const opened = inputs.map((input) => openFile(input, run));
    const workspace = readWorkspace(opened);
    const factsFor = factsByFile(opened, workspace, run);
    const toHarden = opened.filter((_, index) => inputs[index]?.role !== 'facts');
    return { files: withoutRepeats(hardenAll(toHarden, { factsFor, workspace, run }, options.onProgress)) };
  };
}

interface Known {
  readonly factsFor: (path: string) => Facts;
  readonly workspace: Workspace;
  readonly run: Run;
}

/**
 * Hardens file after file, and keeps of each its result and its objects. Those with an object whose transforms ask what becomes of
 * all pods come last.
 */
function hardenAll(
  files: readonly OpenFile[],
  { factsFor, workspace, run }: Known,
  onProgress: (share: number) => void = () => {},
): readonly HardenedFile[] {
  const levels = new NamespaceLevels(workspace);
  const hardened: HardenedFile[] = [];
  const last: (() => void)[] = [];
  for (const [index, file] of files.entries()) {
    onProgress(index / files.length);
    const alone = leftAlone(file, workspace);
    if (alone) {
      hardened[index] = alone;
      continue;
    }
    const surroundings = { facts: factsFor(file.path), builds: workspace.buildsOf(file.path), levelOf: levels.of };
    const plans = new Map<KubernetesObject, Plan>();
    const plan = (objects: readonly KubernetesObject[]): void => {
      for (const object of objects) plans.set(object, planObject(object, surroundings, run));
    };
    const late = file.objects().filter((object) => isTarget(object, run));
    const finish = (): void => {
      plan(late);
      hardened[index] = finishFile(file, plans);
    };
    plan(file.objects().filter((object) => !isTarget(object, run)));
    levels.add(plans.values());
    if (late.length === 0) finish();
    else last.push(finish);
  }
  for (const finish of last) finish();
  return hardened;
}

/** True for an object that a transform of the run targets by its kind. */
function isTarget({ group, kind }: KubernetesObject, { transforms }: Run): boolean {
  return transforms.some(({ meta }) => meta.kinds?.some((one) => one.group === group && one.kind === kind));
}

function finishFile(open: OpenFile, plans: ReadonlyMap<KubernetesObject, Plan>): HardenedFile {
  const file = open.read();
  const documents = file.documents.map((document) => ({
    document,
    plans: document.objects.flatMap((object) => plans.get(object) ?? []),
  }));
  open.release();
  return hardenFile({ file, documents });
}

/** The result of a file that is a template, values or a patch by the folder that it is in. */
function leftAlone(file: OpenFile, workspace: Workspace): HardenedFile | undefined {
  const { path, text } = file;
  const base = { path, input: text, output: text, workloads: 0, standings: [], changes: [], patches: [], edits: [] };
  const finding = (id: FindingId, what: string): Finding => ({ ...describe(id, what), path, line: 1, column: 1 });
  const chart = workspace.chartOf(path);
  if (chart !== undefined) {
    const skipped = finding('skipped-chart', `the templates of the chart in ${chart === '' ? '.' : chart} are left alone`);
    return { result: { ...base, findings: [skipped] }, repeatable: [{ finding: skipped, key: `chart ${chart}` }] };
  }
  if (workspace.isPatch(path) && file.read().documents.some(({ mayBeChanged }) => mayBeChanged)) {
    const skipped = finding('skipped-patch', 'a kustomization lists it as a patch of another manifest');
    return { result: { ...base, findings: [skipped] }, repeatable: [] };
  }
  return workspace.isChartValues(path) ? { result: { ...base, findings: [] }, repeatable: [] } : undefined;
}

/** How many other objects a finding names that stands for all of a run. */
const MOST_NAMES = 10;

/** Keeps findings that are reported once in a run only where they come first, with the number and names of the others. */
function withoutRepeats(files: readonly HardenedFile[]): FileResult[] {
  const first = new Map<string, string[]>();
  const othersOf = new Map<Finding, readonly string[]>();
  const repeated = new Set<Finding>();
  for (const { key, finding, object } of files.flatMap(({ repeatable }) => repeatable)) {
    const others = first.get(key);
    if (others) {
      repeated.add(finding);
      if (object !== undefined) others.push(object);
    } else {
      const own: string[] = [];
      first.set(key, own);
      othersOf.set(finding, own);
    }
  }
  const withRest = (finding: Finding): Finding => {
    const others = othersOf.get(finding) ?? [];
    if (others.length === 0) return finding;
    const names = [...new Set(others)].slice(0, MOST_NAMES).join(', ');
    return { ...finding, message: `${finding.message} (and ${others.length} more in this run: ${names})` };
  };
  return files.map(({ result, repeatable }) => {
    if (repeatable.length === 0) return result;
    return { ...result, findings: result.findings.filter((one) => !repeated.has(one)).map(withRest) };
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
