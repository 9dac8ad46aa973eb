/** What is the same for all objects of a run. */
import { createImageLookup, writablePathsOf, type ImageEntry, type ImageLookup } from '../images/index.ts';
import { kindsOf, type CustomWorkload, type Kinds } from '../kubernetes/kinds.ts';
import { DEFAULT_SETTINGS, type Settings } from '../decisions/settings.ts';
import type { Transform } from '../transform/transform.ts';
import { merge, type JsonObject } from '../util/json.ts';
import { compileExceptions, type CompiledException, type Exception } from './exceptions.ts';

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
  /** Kinds that carry pod templates besides those of Kubernetes itself. */
  readonly workloads?: readonly CustomWorkload[];
}

export interface Run {
  /** The transforms that run, in the order in which their changes are listed. */
  readonly transforms: readonly Transform[];
  /** The ids of all transforms, whether they run or not. */
  readonly knownTransforms: readonly string[];
  readonly settings: Settings;
  /** Complete options by id of transform. */
  readonly options: ReadonlyMap<string, JsonObject>;
  readonly kinds: Kinds;
  readonly lookup: ImageLookup;
  /** The paths that the configuration names for an image, by its repository. */
  writable(image: string): readonly string[];
  readonly exceptions: readonly CompiledException[];
}

/**
 * Prepares a run with the transforms of a registry.
 *
 * @throws RangeError when `only`, `enable` or `skip` names a transform that does not exist.
 */
export function prepareRun(registry: readonly Transform[], options: HardenOptions): Run {
  const transforms = chooseTransforms(registry, options);
  return {
    transforms,
    knownTransforms: registry.map(({ meta }) => meta.id),
    settings: { ...DEFAULT_SETTINGS, ...options.settings },
    options: new Map(registry.map(({ meta }) => [meta.id, merge(meta.options as JsonObject, options.options?.[meta.id])])),
    kinds: kindsOf(
      options.workloads,
      transforms.flatMap(({ meta }) => meta.kinds ?? []),
    ),
    lookup: createImageLookup(options.images ?? [], options.mirrors ?? []),
    writable: writablePathsOf(options.writablePaths ?? {}, options.mirrors ?? []),
    exceptions: compileExceptions(options.exceptions ?? []),
  };
}

function chooseTransforms(registry: readonly Transform[], { only, enable = [], skip = [] }: HardenOptions): Transform[] {
  const known = new Set(registry.map(({ meta }) => meta.id));
  for (const id of [...(only ?? []), ...enable, ...skip]) {
    if (!known.has(id)) throw new RangeError(`no transform ${id}: there are ${[...known].join(', ')}`);
  }
  return registry.filter(
    ({ meta }) => (only ? only.includes(meta.id) : meta.default || enable.includes(meta.id)) && !skip.includes(meta.id),
  );
}
