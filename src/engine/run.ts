/** What is the same for all objects of a run. */
import {
  createImageLookup,
  createLikeness,
  knownEntries,
  writablePathsOf,
  type FindLikeness,
  type ImageLookup,
} from '../images/index.ts';
import { kindsOf, type Kinds } from '../kubernetes/kinds.ts';
import type { ControlId } from '../kubernetes/pod-security/index.ts';
import { DEFAULT_SETTINGS, type KubeVersion, type Settings } from '../decisions/basis/settings.ts';
import { defaultsOf } from '../transform/options.ts';
import type { Transform } from '../transform/transform.ts';
import { merge, type JsonObject } from '../util/json.ts';
import { compileExceptions, type CompiledException } from './exceptions.ts';
import type { HardenOptions } from './harden-options.ts';
import { isWithinVersion } from './outcomes.ts';

export interface Run {
  /** The transforms that run, in the order in which their changes are listed. */
  readonly transforms: readonly Transform[];
  /** The ids of all transforms, whether they run or not. */
  readonly knownTransforms: readonly string[];
  /** The controls of the Pod Security Standards that no transform of the run can meet, but one of the registry could. */
  readonly unaskedControls: ReadonlySet<ControlId>;
  readonly settings: Settings;
  /** Complete options by id of transform. */
  readonly options: ReadonlyMap<string, JsonObject>;
  readonly kinds: Kinds;
  readonly lookup: ImageLookup;
  readonly likeness: FindLikeness;
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
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  return {
    transforms,
    knownTransforms: registry.map(({ meta }) => meta.id),
    unaskedControls: unaskedControls(registry, transforms, settings.kubeVersion),
    settings,
    options: new Map(registry.map(({ meta }) => [meta.id, merge(defaultsOf(meta.options), options.options?.[meta.id])])),
    kinds: kindsOf(
      options.workloads,
      transforms.flatMap(({ meta }) => meta.kinds ?? []),
    ),
    lookup: createImageLookup(options.images ?? [], options.mirrors ?? []),
    likeness: createLikeness(knownEntries),
    writable: writablePathsOf(options.writablePaths ?? {}, options.mirrors ?? []),
    exceptions: compileExceptions(options.exceptions ?? []),
  };
}

/** A transform asks for its controls when it runs and the version has a field that it writes. */
function unaskedControls(
  registry: readonly Transform[],
  transforms: readonly Transform[],
  version: KubeVersion,
): ReadonlySet<ControlId> {
  const controlsOf = (some: readonly Transform[]): ControlId[] => some.flatMap(({ meta }) => meta.references.pss ?? []);
  const able = transforms.filter(({ meta }) => Object.keys(meta.fields).some((field) => isWithinVersion(meta, field, version)));
  const asked = new Set(controlsOf(able));
  return new Set(controlsOf(registry).filter((control) => !asked.has(control)));
}

function chooseTransforms(registry: readonly Transform[], { only, enable = [], skip = [] }: HardenOptions): Transform[] {
  const known = new Set(registry.map(({ meta }) => meta.id));
  for (const id of [...(only ?? []), ...enable, ...skip]) {
    if (!known.has(id)) throw new RangeError(`there is no transform ${id}: choose from ${[...known].join(', ')}`);
  }
  return registry.filter(
    ({ meta }) => (only ? only.includes(meta.id) : meta.default || enable.includes(meta.id)) && !skip.includes(meta.id),
  );
}
