/** All files of a run: read, planned object by object, rewritten. No file system, no process, no Node APIs. */
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { FindingId } from '../observations/catalogue.ts';
import { describe } from '../observations/observation.ts';
import type { Transform } from '../transform/transform.ts';
import { matchUsage, type MatchedUsage } from '../usage/match.ts';
import { collectFacts, type Facts } from '../workspace/facts.ts';
import type { Build } from '../workspace/kustomize/builds.ts';
import { reachKey, reachOf } from '../workspace/reach.ts';
import { isBuildFile } from '../workspace/build-files.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import { readWorkspace, type Workspace } from '../workspace/workspace.ts';
import { unusedAcceptances } from './findings/accepted.ts';
import type { RawFinding } from './findings/finding.ts';
import { settleFindings, type SettledFindings } from './findings/settle.ts';
import { hardenFile, type FileOutcome } from './harden-file.ts';
import { NamespaceLevels } from './levels.ts';
import { planObject, type Plan } from './plan.ts';
import { openFile, type OpenFile } from './read.ts';
import type { Harden } from './harden-options.ts';
import type { HardenResult } from './result.ts';
import { prepareRun, withDockerfiles, type ReadDockerfiles, type Run } from './run.ts';

/**
 * A `harden` with the transforms of a registry; changes are listed in the order of the registry.
 *
 * @param readDockerfiles left out where the inputs hold no Dockerfile
 */
export function createHarden(registry: readonly Transform[], readDockerfiles: ReadDockerfiles = () => undefined): Harden {
  return (inputs, options = {}) => {
    const prepared = prepareRun(registry, options);
    const opened = inputs.map((input) => openFile(input, prepared));
    const run = withDockerfiles(prepared, opened, options, readDockerfiles);
    const manifests = opened.filter(({ path }) => !isBuildFile(path));
    const workspace = readWorkspace(manifests);
    const stated = manifests.filter((file) => isStated(file, workspace, run));
    const factsFor = factsByFile(stated, workspace, run);
    const usage = matchUsage(options.usage ?? [], () => stated.flatMap((file) => file.objects()));
    const toHarden = opened.filter((_, index) => inputs[index]?.role !== 'facts');
    const known = { factsFor, workspace, run, usage };
    return resultOf(hardenAll(toHarden, known, options.onProgress), toHarden, known);
  };
}

interface Known {
  readonly factsFor: (path: string) => Facts;
  readonly workspace: Workspace;
  readonly run: Run;
  readonly usage: MatchedUsage;
}

/**
 * Hardens file after file, and keeps of each its result and its objects. Those with an object whose transforms ask what becomes of
 * all pods come last.
 */
function hardenAll(
  files: readonly OpenFile[],
  { factsFor, workspace, run, usage: { usageOf } }: Known,
  onProgress: (share: number) => void = () => {},
): readonly FileOutcome[] {
  const levels = new NamespaceLevels(workspace);
  const hardened: FileOutcome[] = [];
  const last: (() => void)[] = [];
  for (const [index, file] of files.entries()) {
    onProgress(index / files.length);
    const alone = leftAlone(file, workspace);
    if (alone) {
      hardened[index] = alone;
      continue;
    }
    const surroundings = { facts: factsFor(file.path), builds: workspace.buildsOf(file.path), levelOf: levels.of, usageOf };
    const plans = new Map<KubernetesObject, Plan>();
    const plan = (objects: readonly KubernetesObject[]): void => {
      for (const object of objects) plans.set(object, planObject(object, surroundings, run));
    };
    const late = file.objects().filter((object) => isTarget(object, run));
    const finish = (): void => {
      plan(late);
      hardened[index] = inNamespace(finishFile(file, plans), surroundings.builds);
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

function finishFile(open: OpenFile, plans: ReadonlyMap<KubernetesObject, Plan>): FileOutcome {
  const file = open.read();
  const documents = file.documents.map((document) => ({
    document,
    plans: document.objects.flatMap((object) => plans.get(object) ?? []),
  }));
  open.release();
  return hardenFile({ file, documents });
}

/** A file with the namespace that the builds that nothing else includes agree on. */
function inNamespace(file: FileOutcome, builds: readonly Build[]): FileOutcome {
  const [namespace, ...others] = new Set(builds.filter(({ isEnd }) => isEnd).map((build) => build.namespace));
  return namespace === undefined || others.length > 0 ? file : { ...file, namespace };
}

/** The result of a file that is a template, values or a patch by the folder that it is in. */
function leftAlone(file: OpenFile, workspace: Workspace): FileOutcome | undefined {
  const { path, text } = file;
  const base = { path, input: text, output: text, workloads: 0, standings: [], changes: [], patches: [], edits: [] };
  const finding = (id: FindingId, what: string): RawFinding => ({ ...describe(id, what), path, line: 1, column: 1 });
  const chart = workspace.chartOf(path);
  if (chart !== undefined) {
    const what = `the templates of the chart in ${chart === '' ? '.' : chart} are left alone`;
    return { ...base, findings: [{ ...finding('skipped-chart', what), oncePerRun: `chart ${chart}` }] };
  }
  if (workspace.isPatch(path) && file.read().documents.some(({ mayBeChanged }) => mayBeChanged))
    return { ...base, findings: [finding('skipped-patch', 'a kustomization lists it as a patch of another manifest')] };
  return workspace.isChartValues(path) ? { ...base, findings: [] } : undefined;
}

/** What a run gives back: the files with the findings that are shown, and what of its options was for nothing. */
function resultOf(files: readonly FileOutcome[], opened: readonly OpenFile[], { run, usage }: Known): HardenResult {
  const { exceptions, findingRules } = run;
  const settled = settleFindings(
    files.map(({ findings }) => findings),
    findingRules,
  );
  const findings = files.flatMap((file) => file.findings);
  return {
    files: files.map((file, index) => ({ ...file, ...(settled[index] as SettledFindings) })),
    unmatched: {
      exceptions: exceptions.flatMap(({ isFor }, index) => (opened.some((file) => file.objects().some(isFor)) ? [] : [index])),
      accept: unusedAcceptances(findingRules.acceptances, findings),
      usage: usage.unmatched,
    },
  };
}

/** True for a file that may state facts: templates, values of charts and patches state none. */
function isStated({ path, text }: SourceFile, workspace: Workspace, { kinds }: Run): boolean {
  return (
    (kinds.facts.test(text) || kinds.changed.test(text)) &&
    !workspace.isChartValues(path) &&
    workspace.chartOf(path) === undefined &&
    !workspace.isPatch(path)
  );
}

/** The facts in reach of each file. */
function factsByFile(files: readonly SourceFile[], workspace: Workspace, { kinds }: Run): (path: string) => Facts {
  const factsOf = collectFacts(files, kinds, workspace.membershipOf);
  const known = new Map<string, Facts>();
  return (path) => {
    const key = reachKey(path, workspace);
    const facts = known.get(key) ?? factsOf(reachOf(path, workspace));
    known.set(key, facts);
    return facts;
  };
}
