/** From values that fit the schema to what the engine takes. */
import { transforms as registry } from '../../transforms/index.ts';
import { parseKubeVersion } from '../decisions/basis/settings.ts';
import type { AcceptedFindings, Exception, HardenOptions, Match } from '../index.ts';
import { canonicalName } from '../images/index.ts';
import { normalizeOptions } from '../transform/options.ts';
import type { Json, JsonObject } from '../util/json.ts';
import { disagreements } from './check/agreement.ts';
import { validate, type Violation } from './check/validate.ts';
import type { Written } from './schema/keys.ts';
import { configSchema } from './schema/schema.ts';

/** What a configuration says. */
export interface Config {
  /** Options of transforms are as written: the engine puts them over the defaults. */
  readonly options: HardenOptions;
  /** Globs of files that are never changed, relative to the configuration. */
  readonly exclude: readonly string[];
}

/** What is wrong with the keys of a configuration: what the schema refuses, else what does not agree. */
export function checkKeys(value: Json): readonly Violation[] {
  const violations = validate(configSchema, value);
  return violations.length > 0 ? violations : disagreements((value ?? {}) as Written);
}

/** The configuration that valid keys mean. */
export function toConfig(written: Written): Config {
  const {
    profile,
    only,
    skip,
    enable,
    kubeVersion,
    transforms,
    writablePaths,
    images,
    mirrors,
    workloads,
    exclude,
    overrides,
    accept,
    ...rest
  } = written;
  const version = kubeVersion === undefined ? undefined : parseKubeVersion(kubeVersion);
  const settings = { ...rest, ...(version && { kubeVersion: version }) };
  return {
    options: {
      ...(profile && { profile }),
      ...(only && { only }),
      ...(skip && { skip }),
      ...(enable && { enable }),
      ...(Object.keys(settings).length > 0 && { settings }),
      ...(transforms && { options: optionsById(transforms) }),
      ...(images && { images }),
      ...(mirrors && { mirrors }),
      ...(workloads && { workloads }),
      ...(writablePaths && { writablePaths: byCanonicalName(writablePaths, mirrors ?? []) }),
      ...(overrides && { exceptions: overrides.map(toException) }),
      ...(accept && { accept: accept.map(toAccepted) }),
    },
    exclude: exclude ?? [],
  };
}

/** Image globs are written as in a manifest (`nginx`); two that mean the same are put together. */
function byCanonicalName(paths: NonNullable<Written['writablePaths']>, mirrors: readonly string[]) {
  const canonical = new Map<string, readonly string[]>();
  for (const [glob, added] of Object.entries(paths)) {
    const name = canonicalName(glob, mirrors);
    canonical.set(name, [...new Set([...(canonical.get(name) ?? []), ...added])]);
  }
  return Object.fromEntries(canonical);
}

function toException({ match, skip, reason, profile, enable, transforms }: NonNullable<Written['overrides']>[number]): Exception {
  return {
    match: toMatch(match),
    ...(skip && { skip }),
    ...(reason !== undefined && { reason }),
    ...(profile && { profile }),
    ...(enable && { enable }),
    ...(transforms && { options: optionsById(transforms) }),
  };
}

function toAccepted({ findings, reason, match }: NonNullable<Written['accept']>[number]): AcceptedFindings {
  return { findings, reason, ...(match && { match: toMatch(match) }) };
}

function toMatch(match: NonNullable<Written['overrides']>[number]['match']): Match {
  return mapValues(match, (globs) => (typeof globs === 'string' ? [globs] : globs));
}

function optionsById(given: NonNullable<Written['transforms']>): Record<string, JsonObject> {
  const declarations = new Map(registry.map(({ meta }) => [meta.id, meta.options]));
  return Object.fromEntries(
    Object.entries(given as Record<string, JsonObject>).map(([id, options]) => {
      const declaration = declarations.get(id);
      return [id, declaration ? normalizeOptions(declaration, options) : options];
    }),
  );
}

function mapValues<T, R>(object: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
