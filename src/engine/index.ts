/** The library: manifests in, hardened manifests out. No file system, no process, no Node APIs. */
import { transforms as registry } from '../../transforms/index.ts';
import { lookupImage } from '../images/index.ts';
import { collectFacts } from '../kubernetes/facts.ts';
import { objectsOf } from '../kubernetes/workload.ts';
import { locate, position } from '../yaml/index.ts';
import { DEFAULT_SETTINGS, type Settings } from '../settings.ts';
import { hardenFile } from './harden.ts';
import { readInput, type ReadFile } from './read.ts';
import type { HardenResult, Input } from './result.ts';
import type { RunContext } from './run-transforms.ts';

export type { AppliedChange, DocumentPatch, FileResult, Finding, HardenResult, Input, Severity, WorkloadName } from './result.ts';
export type { PatchOperation } from '../patch/index.ts';
export type { KubeVersion, Settings } from '../settings.ts';

/** What to run, and how. */
export interface HardenOptions {
  /** Ids of the transforms to run; default: those that are on by default. */
  readonly only?: readonly string[];
  /** Ids of transforms to leave out. */
  readonly skip?: readonly string[];
  readonly settings?: Partial<Settings>;
  /** Options by id of transform; what is left out keeps its default. */
  readonly options?: Readonly<Record<string, object>>;
}

/**
 * Hardens Kubernetes manifests. Each input is a file or stream of YAML or JSON; what its documents say about service
 * accounts and rights counts for all of them. Bytes that no change names stay as they are, and each changed document is
 * proved: it reads exactly as its JSON Patch says.
 *
 * @returns for every input with the role `harden` the old and the new text, the changes with their reasons, the findings,
 *   and the changes as RFC 6902 operations. An input with an error is returned as it was.
 * @throws RangeError when `only` or `skip` names a transform that does not exist.
 *
 * @example
 * const { files } = harden([{ path: 'web.yaml', content: text }]);
 * console.log(files[0].output);
 */
export function harden(inputs: readonly Input[], options: HardenOptions = {}): HardenResult {
  const files = inputs.map((input) => ({ input, file: readInput(input) }));
  const run = runContext(files.map(({ file }) => file), options);
  return { files: files.filter(({ input }) => input.role !== 'facts').map(({ file }) => hardenFile(file, run)) };
}

function runContext(files: readonly ReadFile[], options: HardenOptions): RunContext {
  return {
    transforms: chooseTransforms(options),
    settings: { ...DEFAULT_SETTINGS, ...options.settings },
    options: new Map(registry.map(({ meta }) => [meta.id, { ...(meta.options as object), ...options.options?.[meta.id] }])),
    facts: collectFacts(sourcedObjects(files)),
    lookup: lookupImage,
    writable: () => [],
    applies: () => true,
  };
}

function chooseTransforms({ only, skip = [] }: HardenOptions): RunContext['transforms'] {
  const known = new Set(registry.map(({ meta }) => meta.id));
  for (const id of [...(only ?? []), ...skip]) {
    if (!known.has(id)) throw new RangeError(`no transform ${id}: there are ${[...known].join(', ')}`);
  }
  return registry.filter(({ meta }) => (only ? only.includes(meta.id) : meta.default) && !skip.includes(meta.id));
}

function* sourcedObjects(files: readonly ReadFile[]) {
  for (const { path, text, documents } of files) {
    for (const { parsed, slice } of documents) {
      for (const { object, pointer } of objectsOf(parsed.value)) {
        const { line } = position(text, slice.start + locate(parsed, pointer));
        yield { object, file: path, line };
      }
    }
  }
}
