/** Checks what a schema cannot: that the keys of a configuration agree with each other, and kinds with what kharden knows. */
import { transforms } from '../../../transforms/index.ts';
import { resources } from '../../../transforms/resources.ts';
import { apiGroup, kindsOf } from '../../kubernetes/kinds.ts';
import { compareQuantities, parseQuantity } from '../../kubernetes/quantity.ts';
import { formatPointer } from '../../patch/index.ts';
import { defaultsOf, isUnset, unsetMessage } from '../../transform/options.ts';
import { compilePathGlob } from '../../util/glob.ts';
import { isArray, merge, path, type Json, type JsonObject } from '../../util/json.ts';
import { suggest } from '../../util/suggest.ts';
import type { Written } from '../schema/keys.ts';
import { globProblems } from './globs.ts';
import type { Violation } from './validate.ts';
import { nearestOf } from './wording.ts';

type Override = NonNullable<Written['overrides']>[number];
type Place = readonly (string | number)[];

/** The transform whose options are amounts. */
const AMOUNTS = resources.meta.id;

/** What does not agree in a configuration that fits the schema. */
export function disagreements(written: Written): Violation[] {
  const { transforms: options, images = [], workloads = [], overrides = [] } = written;
  const own = options?.[AMOUNTS] as JsonObject | undefined;
  const base = merge(defaultsOf(resources.meta.options), own);
  const kinds = targetKinds(workloads);
  return [
    ...globProblems(written),
    ...requestsAboveLimits(base, own, ['transforms', AMOUNTS]),
    ...images.flatMap((image, index) => {
      const amounts = image.resources as JsonObject | undefined;
      return requestsAboveLimits(amounts ?? {}, amounts, ['images', index, 'resources']);
    }),
    ...workloads.flatMap((workload, index) => knownWorkload(workload, workloads.slice(0, index), ['workloads', index])),
    ...overrides.flatMap((override, index) => overrideViolations(override, base, kinds, ['overrides', index])),
    ...unsetTransforms(written),
  ];
}

/** The places that enable a transform which has nothing to write without options, where none are set. */
function unsetTransforms({ only = [], enable = [], transforms: options, overrides = [] }: Written): Violation[] {
  const given = [options, ...overrides.map((override) => override.transforms)] as readonly (JsonObject | undefined)[];
  const isLacking = (id: string): boolean =>
    transforms.some(
      ({ meta }) =>
        meta.id === id && meta.needsOptions && given.every((one) => isUnset(meta.options, (one?.[id] ?? {}) as JsonObject)),
    );
  const places: readonly (readonly [ids: readonly string[], at: Place])[] = [
    [only, ['only']],
    [enable, ['enable']],
    ...overrides.map((override, index) => [override.enable ?? [], ['overrides', index, 'enable']] as const),
  ];
  return places.flatMap(([ids, at]) =>
    ids.flatMap((id, index) => {
      const transform = isLacking(id) ? transforms.find(({ meta }) => meta.id === id) : undefined;
      return transform ? [violation([...at, index], unsetMessage(transform.meta))] : [];
    }),
  );
}

function overrideViolations(
  { match, transforms, profile, enable }: Override,
  base: JsonObject,
  kinds: TargetKinds,
  at: Place,
): Violation[] {
  const own = transforms?.[AMOUNTS] as JsonObject | undefined;
  const isForContainer = (transforms ?? profile ?? enable) !== undefined && match.container !== undefined;
  return [
    ...requestsAboveLimits(merge(base, own), own, [...at, 'transforms', AMOUNTS]),
    ...(isForContainer ? [violation([...at, 'match', 'container'], OPTIONS_BY_CONTAINER)] : []),
    ...unknownKinds(match.kind, kinds, [...at, 'match', 'kind']),
  ];
}

const OPTIONS_BY_CONTAINER =
  'profile, enable and options of transforms apply to whole workloads: remove container, or leave only skip beside it';

/** @param written the part of the amounts that is set at `at`; the rest is set elsewhere or is a default */
function requestsAboveLimits(amounts: JsonObject, written: JsonObject | undefined, at: Place): Violation[] {
  if (!written) return [];
  return Object.entries((amounts['requests'] ?? {}) as JsonObject).flatMap(([name, request]) => {
    const limit = path(amounts, 'limits', name);
    const [least, most] = [parseQuantity(request), parseQuantity(limit)];
    const places = ['requests', 'limits'].filter((field) => path(written, field, name) !== undefined);
    if (!least || !most || places[0] === undefined || compareQuantities(least, most) <= 0) return [];
    const advice = 'change one of them, or set the limit to null';
    return [violation([...at, places[0], name], `the request of ${name}, ${request}, is above its limit, ${limit}: ${advice}`)];
  });
}

type CustomWorkload = NonNullable<Written['workloads']>[number];

const BUILT_IN = kindsOf();

/** An entry that says nothing new. The versions of a group count as one: a kind is known by its group. */
function knownWorkload({ apiVersion, kind, podSpec }: CustomWorkload, before: readonly CustomWorkload[], at: Place): Violation[] {
  const group = apiGroup(apiVersion);
  if (BUILT_IN.workloadOf(apiVersion, kind)?.isBuiltIn) {
    return [violation([...at, 'kind'], `kharden knows the kind ${kind} of ${group} already: remove this entry`)];
  }
  const isRepeated = before.some(
    (other) => apiGroup(other.apiVersion) === group && other.kind === kind && other.podSpec === podSpec,
  );
  return isRepeated ? [violation(at, `an entry above has the same group, kind and podSpec: remove one of them`)] : [];
}

/** The kinds of the objects that transforms work on. */
interface TargetKinds {
  readonly all: readonly string[];
  /** Without the custom resources that kharden knows: few enough to be listed. */
  readonly usual: readonly string[];
}

function targetKinds(custom: readonly CustomWorkload[]): TargetKinds {
  const { workloads } = kindsOf(custom);
  const targets = transforms.flatMap(({ meta }) => meta.kinds ?? []);
  const namesOf = (kinds: readonly { readonly kind: string }[]): string[] => [...new Set(kinds.map(({ kind }) => kind))];
  const usual = workloads.filter(({ isBuiltIn, isAdded }) => isBuiltIn || isAdded);
  return { all: namesOf([...workloads, ...targets]), usual: namesOf([...usual, ...targets]) };
}

/** The globs of kinds that match no kind. */
function unknownKinds(globs: Json | undefined, { all, usual }: TargetKinds, at: Place): Violation[] {
  const given = (isArray(globs) ? globs : globs === undefined ? [] : [globs]) as readonly string[];
  return given.flatMap((glob, index) => {
    if (all.some(compilePathGlob(glob))) return [];
    const place = isArray(globs) ? [...at, index] : at;
    const hint = nearestOf(glob, suggest(glob, all) === undefined ? usual : all);
    return [violation(place, `no transform works on the kind ${glob}: ${hint}`)];
  });
}

function violation(at: Place, message: string): Violation {
  return { at: formatPointer(at), message };
}
