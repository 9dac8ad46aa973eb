/** The library: manifests in, hardened manifests out. No file system, no process, no Node APIs. */
import { transforms as registry } from '../../transforms/index.ts';
import { canonicalName, createImageLookup, type ImageEntry } from '../images/index.ts';
import { globMatches } from '../images/glob.ts';
import { collectFacts, type FactFile, type Facts, type SourcedObject } from '../workspace/facts.ts';
import { merge, type JsonObject } from '../util/json.ts';
import { FACT_DOCUMENT, WORKLOAD_DOCUMENT } from '../kubernetes/kinds.ts';
import { objectsOf } from '../kubernetes/workload.ts';
import { DEFAULT_SETTINGS, type Settings } from '../decisions/settings.ts';
import { locate } from '../yaml/index.ts';
import { compileExceptions, type Exception } from './exceptions.ts';
import { hardenFile } from './harden-file.ts';
import { readInput, type ReadFile } from './read.ts';
import type { FileResult, HardenResult, Input } from './result.ts';
import type { RunContext } from './run-transforms.ts';
import { reachOf, readWorkspace, type Workspace } from '../workspace/workspace.ts';

export type {
  AppliedChange,
  DocumentPatch,
  FileResult,
  Finding,
  HardenResult,
  Input,
  Severity,
  TextEdit,
  WorkloadName,
} from './result.ts';
export type { Exception } from './exceptions.ts';
export type { ImageEntry } from '../images/index.ts';
export type { PatchOperation } from '../patch/index.ts';
export type { KubeVersion, Settings } from '../decisions/settings.ts';

/** What to run, and how. */
export interface HardenOptions {
  /** Ids of the transforms to run; default: those that are on by default. */
  readonly only?: readonly string[];
  /** Ids of transforms to run besides those that are on by default. */
  readonly enable?: readonly string[];
  /** Ids of transforms to leave out. */
  readonly skip?: readonly string[];
  readonly settings?: Partial<Settings>;
  /** Options by id of transform; what is left out keeps its default. */
  readonly options?: Readonly<Record<string, JsonObject>>;
  /** What the user knows about images; tried before what kharden knows. */
  readonly images?: readonly ImageEntry[];
  /** Mirrors of Docker Hub, such as `registry.local/dockerhub`. */
  readonly mirrors?: readonly string[];
  /** Paths that must stay writable, by glob of the image's canonical name (`docker.io/library/nginx`). */
  readonly writablePaths?: Readonly<Record<string, readonly string[]>>;
  readonly exceptions?: readonly Exception[];
}

/**
 * Hardens Kubernetes manifests. Each input is a file or stream of YAML or JSON; what its documents say about service
 * accounts and rights counts for the others that belong to it. Bytes that no change names stay as they are, and each changed
 * document is proved: it reads exactly as its JSON Patch says.
 *
 * @returns for every input with the role `harden` the old and the new text, the changes with their reasons, the findings,
 *   and the changes as RFC 6902 operations. An input with an error is returned as it was.
 * @throws RangeError when `only`, `enable` or `skip` names a transform that does not exist.
 *
 * @example
 * const { files } = harden([{ path: 'web.yaml', content: text }]);
 * console.log(files[0].output);
 */
export function harden(inputs: readonly Input[], options: HardenOptions = {}): HardenResult {
  const read = inputs.map((input) => ({ input, file: readInput(input) }));
  const files = read.map(({ file }) => file);
  const workspace = readWorkspace(files);
  const run = runContext(files, workspace, options);
  const toHarden = read.filter(({ input }) => input.role !== 'facts').map(({ file }) => file);
  const charts = new Set<string>();
  return { files: toHarden.map((file) => leftAlone(file, workspace, charts) ?? hardenFile(file, run)) };
}

/** The result of a file that is a template, values or a patch by the folder that it is in; one finding for each chart. */
function leftAlone(file: ReadFile, workspace: Workspace, charts: Set<string>): FileResult | undefined {
  const chart = workspace.chartOf(file.path);
  const isPatch =
    chart === undefined && workspace.isPatch(file.path) && file.documents.some(({ mayHoldWorkload }) => mayHoldWorkload);
  if (chart === undefined && !isPatch && !workspace.isChartValues(file.path)) return undefined;
  const place = { severity: 'info', path: file.path, line: 1, column: 1 } as const;
  const isNew = chart !== undefined && !charts.has(chart);
  if (isNew) charts.add(chart);
  const findings = [
    ...(isNew
      ? [
          {
            id: 'skipped-chart',
            message: `the templates of the chart in ${chart === '' ? '.' : chart} are left alone: harden what they render, with helm's --post-renderer kharden`,
            ...place,
          },
        ]
      : []),
    ...(isPatch
      ? [{ id: 'skipped-patch', message: 'a kustomization lists it as a patch of another manifest: harden that one', ...place }]
      : []),
  ];
  return { path: file.path, input: file.text, output: file.text, workloads: 0, changes: [], findings, patches: [], edits: [] };
}

function runContext(files: readonly ReadFile[], workspace: Workspace, options: HardenOptions): RunContext {
  const factsOf = collectFacts(factFiles(files, workspace));
  const views = new Map<string, Facts>();
  const writable = Object.entries(options.writablePaths ?? {});
  return {
    transforms: chooseTransforms(options),
    knownTransforms: registry.map(({ meta }) => meta.id),
    settings: { ...DEFAULT_SETTINGS, ...options.settings },
    options: new Map(registry.map(({ meta }) => [meta.id, merge(meta.options as JsonObject, options.options?.[meta.id])])),
    factsFor(file) {
      const facts = views.get(file) ?? factsOf(reachOf(file, workspace));
      views.set(file, facts);
      return facts;
    },
    lookup: createImageLookup(options.images ?? [], options.mirrors ?? []),
    writable: (image) =>
      writable.filter(([glob]) => globMatches(glob, canonicalName(image, options.mirrors))).flatMap(([, paths]) => paths),
    exceptions: compileExceptions(options.exceptions ?? []),
    reportedImages: new Set(),
  };
}

function chooseTransforms({ only, enable = [], skip = [] }: HardenOptions): RunContext['transforms'] {
  const known = new Set(registry.map(({ meta }) => meta.id));
  for (const id of [...(only ?? []), ...enable, ...skip]) {
    if (!known.has(id)) throw new RangeError(`no transform ${id}: there are ${[...known].join(', ')}`);
  }
  return registry.filter(
    ({ meta }) => (only ? only.includes(meta.id) : meta.default || enable.includes(meta.id)) && !skip.includes(meta.id),
  );
}

/** The files whose objects can be facts; templates and patches state none. */
function factFiles(files: readonly ReadFile[], workspace: Workspace): FactFile[] {
  const isStated = ({ path, text }: ReadFile): boolean =>
    (FACT_DOCUMENT.test(text) || WORKLOAD_DOCUMENT.test(text)) &&
    !workspace.isChartValues(path) &&
    workspace.chartOf(path) === undefined;
  const objects = (file: ReadFile): Iterable<SourcedObject> => (workspace.isPatch(file.path) ? [] : sourcedObjects(file));
  return files.filter(isStated).map((file) => ({ file: file.path, text: file.text, objects: () => objects(file) }));
}

function* sourcedObjects({ path, lines, documents }: ReadFile): Generator<SourcedObject> {
  for (const { parsed, slice } of documents) {
    for (const { object, pointer } of objectsOf(parsed.value)) {
      const { line } = lines.position(slice.start + locate(parsed, pointer));
      yield { object, file: path, line };
    }
  }
}
