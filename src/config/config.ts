/** From values that fit the schema to what the engine takes. */
import type { Exception, HardenOptions } from '../index.ts';
import { canonicalName, type ImageEntry } from '../images/index.ts';
import { isObject, member, path, type Json, type JsonObject } from '../util/json.ts';
import { compareQuantities, parseQuantity } from '../kubernetes/quantity.ts';
import { formatPointer } from '../patch/index.ts';
import { parseKubeVersion, type Settings } from '../decisions/settings.ts';
import { globProblems } from './globs.ts';
import { configSchema } from './schema.ts';
import { validate, type Violation } from './validate.ts';

type OptionsById = Readonly<Record<string, JsonObject>>;
type PathsByImage = Readonly<Record<string, readonly string[]>>;

/** What a configuration says. */
export interface Config {
  /** Options of transforms are complete; those of exceptions are as written and go over the others key by key. */
  readonly options: HardenOptions;
  /** Globs of files that are never changed, relative to the configuration. */
  readonly exclude: readonly string[];
}

/** The keys as written; a value that fits the schema has this type. */
interface Written extends Partial<Omit<Settings, 'kubeVersion'>> {
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly enable?: readonly string[];
  readonly kubeVersion?: string;
  readonly transforms?: OptionsById;
  readonly writablePaths?: PathsByImage;
  readonly images?: readonly ImageEntry[];
  readonly mirrors?: readonly string[];
  readonly exclude?: readonly string[];
  readonly overrides?: readonly WrittenOverride[];
}

interface WrittenOverride {
  readonly match: Readonly<Record<string, string | readonly string[]>>;
  readonly skip?: readonly string[] | 'all';
  readonly reason?: string;
  readonly transforms?: OptionsById;
}

/** What is wrong with the keys of a configuration: what the schema refuses, else what does not go together. */
export function checkKeys(value: Json): readonly Violation[] {
  const violations = validate(configSchema, value);
  return violations.length > 0 ? violations : misfits(value as unknown as Written);
}

/** The configuration that valid keys mean. */
export function toConfig(value: JsonObject): Config {
  const {
    only,
    skip,
    enable,
    kubeVersion,
    transforms,
    writablePaths,
    images,
    mirrors,
    exclude = [],
    overrides,
    ...rest
  } = value as unknown as Written;
  const version = kubeVersion === undefined ? undefined : parseKubeVersion(kubeVersion);
  const settings = { ...rest, ...(version && { kubeVersion: version }) };
  return {
    options: {
      ...(only && { only }),
      ...(skip && { skip }),
      ...(enable && { enable }),
      ...(Object.keys(settings).length > 0 && { settings }),
      ...(transforms && {
        options: mapValues(transforms, (given, id) => merge(defaultsOf(id), amountsAsText(given) as JsonObject)),
      }),
      ...(images && { images }),
      ...(mirrors && { mirrors }),
      ...(writablePaths && { writablePaths: byCanonicalName(writablePaths, mirrors ?? []) }),
      ...(overrides && { exceptions: overrides.map(toException) }),
    },
    exclude,
  };
}

/** Image globs are written as in a manifest (`nginx`); two that mean the same are put together. */
function byCanonicalName(paths: PathsByImage, mirrors: readonly string[]): PathsByImage {
  const canonical = new Map<string, readonly string[]>();
  for (const [glob, added] of Object.entries(paths)) {
    const name = canonicalName(glob, mirrors);
    canonical.set(name, [...new Set([...(canonical.get(name) ?? []), ...added])]);
  }
  return Object.fromEntries(canonical);
}

function toException({ match, skip, reason, transforms }: WrittenOverride): Exception {
  return {
    match: mapValues(match, (globs) => (typeof globs === 'string' ? [globs] : globs)),
    ...(skip && { skip }),
    ...(reason !== undefined && { reason }),
    ...(transforms && { options: mapValues(transforms, (given) => amountsAsText(given) as JsonObject) }),
  };
}

/** Quantities may be written as numbers; what is put into a manifest is their text. */
function amountsAsText(options: Json): Json {
  if (!isObject(options)) return options;
  return mapValues(options, (value, key) =>
    typeof value === 'number' && !OWNERS.has(key) ? String(value) : amountsAsText(value),
  );
}

const OWNERS = new Set(['uid', 'gid']);

function defaultsOf(id: string): JsonObject {
  return (path(configSchema, '$defs', 'transformOptions', 'properties', id, 'default') ?? {}) as JsonObject;
}

/** The keys of `over` in place of those of `base`; maps are merged key by key. */
function merge(base: JsonObject, over: JsonObject): JsonObject {
  const merged = mapValues(over, (value, key): Json => {
    const below = member(base, key);
    return isObject(value) && isObject(below) ? merge(below, value) : value;
  });
  return { ...base, ...merged };
}

function mapValues<T, R>(object: Readonly<Record<string, T>>, change: (value: T, key: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

const OPTIONS_BY_CONTAINER = 'options count for whole workloads: leave container or transforms out';

function misfits(written: Written): Violation[] {
  const { transforms = {}, images = [], overrides = [] } = written;
  const base = merge(defaultsOf('resources'), transforms['resources'] ?? {});
  return [
    ...globProblems(written),
    ...requestsAboveLimits(base, transforms['resources'], ['transforms', 'resources']),
    ...images.flatMap(({ resources }, index) => {
      const amounts = resources as JsonObject | undefined;
      return requestsAboveLimits(amounts ?? {}, amounts, ['images', index, 'resources']);
    }),
    ...overrides.flatMap(({ match, transforms }, index): Violation[] => {
      const own = transforms?.['resources'];
      const violations = requestsAboveLimits(merge(base, own ?? {}), own, ['overrides', index, 'transforms', 'resources']);
      if (!transforms || match['container'] === undefined) return violations;
      return [...violations, { at: formatPointer(['overrides', index, 'match', 'container']), message: OPTIONS_BY_CONTAINER }];
    }),
  ];
}

/** @param written the part of the amounts that stands at `at`; the rest stands elsewhere or is a default */
function requestsAboveLimits(
  amounts: JsonObject,
  written: JsonObject | undefined,
  at: readonly (string | number)[],
): Violation[] {
  if (!written) return [];
  return Object.entries((amounts['requests'] ?? {}) as JsonObject).flatMap(([name, request]) => {
    const limit = path(amounts, 'limits', name);
    const [least, most] = [parseQuantity(request), parseQuantity(limit)];
    const places = ['requests', 'limits'].filter((field) => path(written, field, name) !== undefined);
    if (!least || !most || places[0] === undefined || compareQuantities(least, most) <= 0) return [];
    const advice = 'change one of them, or set the limit to null';
    const message = `the request of ${name}, ${request}, is above its limit, ${limit}: ${advice}`;
    return [{ at: formatPointer([...at, places[0], name]), message }];
  });
}
