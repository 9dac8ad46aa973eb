/** What is the same for all objects of a run. */
import {
  createImageLookup,
  createLikeness,
  knownEntries,
  writablePathsOf,
  type BuiltImages,
  type FindLikeness,
  type ImageLookup,
} from '../images/index.ts';
import { kindsOf, type Kinds } from '../kubernetes/kinds.ts';
import type { ControlId } from '../kubernetes/pod-security/index.ts';
import { DEFAULT_SETTINGS, type KubeVersion, type Settings } from '../decisions/basis/settings.ts';
import { defaultsOf, isUnset, unsetMessage } from '../transform/options.ts';
import { DEFAULT_PROFILE, type Profile } from '../transform/profiles.ts';
import type { Transform } from '../transform/transform.ts';
import { merge, type JsonObject } from '../util/json.ts';
import { memo, memoized, memoizedByText } from '../util/memo.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import { compileExceptions, type CompiledException, type Exception } from './exceptions.ts';
import { compileAcceptances } from './findings/accepted.ts';
import type { FindingRules } from './findings/settle.ts';
import { OptionsError, type HardenOptions } from './harden-options.ts';
import { isWithinVersion } from './outcomes.ts';

export interface Run {
  /** The transforms that run on some object, in the order in which their changes are listed. */
  readonly transforms: readonly Transform[];
  /** Those that run on an object to which exceptions of the configuration apply; `[]`: on any other. */
  transformsFor(exceptions: readonly CompiledException[]): readonly Transform[];
  /** The ids of all transforms, whether they run or not. */
  readonly knownTransforms: readonly string[];
  /** The transforms of the run that write a field which the version has. */
  writersOf(field: string): ReadonlySet<Transform>;
  /** The controls of the Pod Security Standards that none of the transforms can meet, but one of the default profile could. */
  unaskedControls(transforms: readonly Transform[]): ReadonlySet<ControlId>;
  readonly settings: Settings;
  /** Complete options by id of transform. */
  readonly options: ReadonlyMap<string, JsonObject>;
  readonly kinds: Kinds;
  readonly lookup: ImageLookup;
  /** What the Dockerfiles of the run say about images of which only the last part of the name is known to be built. */
  readonly alike: ImageLookup;
  readonly likeness: FindLikeness;
  /** The paths that the configuration names for an image, by its repository. */
  writable(image: string): readonly string[];
  readonly exceptions: readonly CompiledException[];
  readonly findingRules: FindingRules;
}

/**
 * Prepares a run with the transforms of a registry.
 *
 * @throws OptionsError when `only`, `enable` or `skip` names a transform that does not exist, or one that runs lacks its options
 */
export function prepareRun(registry: readonly Transform[], options: HardenOptions): Run {
  const exceptions = compileExceptions(options.exceptions ?? []);
  const transformsFor = transformChooser(registry, options);
  const somewhere = new Set([[], ...exceptions.map((one) => [one])].flatMap(transformsFor));
  const transforms = registry.filter((transform) => somewhere.has(transform));
  const byId = new Map(registry.map(({ meta }) => [meta.id, merge(defaultsOf(meta.options), options.options?.[meta.id])]));
  refuseUnset(transforms, byId, options.exceptions ?? []);
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  return {
    transforms,
    knownTransforms: registry.map(({ meta }) => meta.id),
    transformsFor,
    writersOf: memoizedByText(
      (field) => new Set(transforms.filter(({ meta }) => isWithinVersion(meta, field, settings.kubeVersion))),
    ),
    unaskedControls: memo((some: readonly Transform[]) => unaskedControls(registry, some, settings.kubeVersion)),
    settings,
    options: byId,
    kinds: kindsOf(
      options.workloads,
      transforms.flatMap(({ meta }) => meta.kinds ?? []),
      transforms.flatMap(({ meta }) => meta.facts ?? []),
    ),
    lookup: createImageLookup(options.images ?? [], options.mirrors ?? []),
    alike: () => undefined,
    likeness: createLikeness(knownEntries),
    writable: writablePathsOf(options.writablePaths ?? {}, options.mirrors ?? []),
    exceptions,
    findingRules: {
      acceptances: compileAcceptances(options.accept ?? []),
      baseline: options.baseline ?? [],
      everyFinding: options.everyFinding ?? false,
    },
  };
}

/** A run for objects of a platform: the same run, or one that differs in nothing else. */
export function onPlatform(run: Run, platform: Settings['platform']): Run {
  return platform === run.settings.platform ? run : onOpenShift(run);
}

const onOpenShift = memo((run: Run): Run => ({ ...run, settings: { ...run.settings, platform: 'openshift' } }));

/** Reads what the Dockerfiles of a run say; undefined where there are none. */
export type ReadDockerfiles = (
  files: readonly SourceFile[],
  lookup: ImageLookup,
  mirrors: readonly string[],
) => BuiltImages | undefined;

/** A run that knows the images which its Dockerfiles build: the configuration counts before them, and they before kharden. */
export function withDockerfiles(run: Run, files: readonly SourceFile[], options: HardenOptions, read: ReadDockerfiles): Run {
  const { images = [], mirrors = [] } = options;
  const built = read(files, run.lookup, mirrors);
  return built ? { ...run, lookup: createImageLookup(images, mirrors, built.named), alike: built.alike } : run;
}

/** A transform that cannot do without an option must have it, at least where an exception says so. */
function refuseUnset(
  transforms: readonly Transform[],
  given: ReadonlyMap<string, JsonObject>,
  exceptions: readonly Exception[],
): void {
  for (const { meta } of transforms) {
    const everywhere = [given.get(meta.id) ?? {}, ...exceptions.map((one) => one.options?.[meta.id] ?? {})];
    if (meta.needsOptions && everywhere.every((one) => isUnset(meta.options, one))) throw new OptionsError(unsetMessage(meta));
  }
}

/**
 * A transform asks for its controls when it runs and the version has a field that it writes; the standards look at fields, not at
 * annotations. What only transforms of other profiles answer is reported.
 */
function unaskedControls(
  registry: readonly Transform[],
  transforms: readonly Transform[],
  version: KubeVersion,
): ReadonlySet<ControlId> {
  const controlsOf = (some: readonly Transform[]): ControlId[] => some.flatMap(({ meta }) => meta.references.pss ?? []);
  const able = transforms.filter(({ meta }) =>
    Object.keys(meta.fields).some((field) => field !== 'annotations' && isWithinVersion(meta, field, version)),
  );
  const asked = new Set(controlsOf(able));
  const usual = registry.filter(({ meta }) => meta.profiles.includes(DEFAULT_PROFILE));
  return new Set(controlsOf(usual).filter((control) => !asked.has(control)));
}

/**
 * Which transforms run where: those of `only` or of the profile, then for each exception those of its profile instead, and what
 * the run and the exceptions enable; never one that the run leaves out.
 */
function transformChooser(
  registry: readonly Transform[],
  { only, profile = DEFAULT_PROFILE, enable = [], skip = [], exceptions = [] }: HardenOptions,
): Run['transformsFor'] {
  const known = new Set(registry.map(({ meta }) => meta.id));
  for (const id of [...(only ?? []), ...enable, ...skip, ...exceptions.flatMap((one) => one.enable ?? [])]) {
    if (!known.has(id)) throw new OptionsError(`there is no transform ${id}: choose from ${[...known].join(', ')}`);
  }
  const choose = ({ profile: ofException, enabled }: Asked): readonly Transform[] => {
    const isOfRun = ({ meta }: Transform): boolean =>
      only && !ofException ? only.includes(meta.id) : meta.profiles.includes(ofException ?? profile);
    return registry.filter((one) => (isOfRun(one) || enabled.includes(one.meta.id)) && !skip.includes(one.meta.id));
  };
  const chosen = memoized(choose, (asked) => JSON.stringify(asked));
  const ordinary = chosen({ profile: undefined, enabled: enable });
  return (given) =>
    given.some((one) => one.profile ?? one.enable)
      ? chosen({
          profile: given.findLast((one) => one.profile !== undefined)?.profile,
          enabled: [...enable, ...given.flatMap((one) => one.enable ?? [])],
        })
      : ordinary;
}

/** What a run and the exceptions for an object ask to run there. */
interface Asked {
  readonly profile: Profile | undefined;
  readonly enabled: readonly string[];
}
