/** Reads the configuration of a run. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  BASELINE_NAME,
  findConfig,
  LEARNED_NAME,
  readBaseline,
  readConfig,
  readLearned,
  type Config,
  type ConfigPlace,
  type Locator,
  type WrittenEntry,
} from '../../config/index.ts';
import type { ImageEntry } from '../../index.ts';
import type { Problem } from '../../report/result.ts';
import { invalidConfig, unusablePath } from './problem.ts';
import { shownPath } from './paths.ts';
import { reasonOf } from './reason.ts';

/** A configuration, or why there is none: `config` is undefined when a problem is an error. */
export interface LoadedConfig {
  readonly config: Config | undefined;
  /** Where its keys and values stand; undefined for one that is in no file. */
  readonly placeOf?: Locator | undefined;
  readonly problems: readonly Problem[];
}

const NO_CONFIG: LoadedConfig = { config: { options: {}, exclude: [] }, problems: [] };

/** The entries of a file that `kharden learn` wrote, none when there is no file; undefined when it has an error. */
export interface Learned {
  readonly images: readonly ImageEntry[] | undefined;
  readonly problems: readonly Problem[];
}

/** Reads what `kharden learn` wrote. */
export function loadLearned(path: string): Learned {
  if (!existsSync(path)) return { images: [], problems: [] };
  const text = readText(path);
  if (typeof text !== 'string') return { images: undefined, problems: [text] };
  const result = readLearned(text, path);
  if ('images' in result) return { images: result.images, problems: [] };
  return { images: undefined, problems: result.errors.map(invalidConfig) };
}

/** A baseline; `entries` is undefined when it has an error. */
export interface LoadedBaseline {
  readonly entries: readonly WrittenEntry[] | undefined;
  readonly problems: readonly Problem[];
}

/** Reads the baseline of a root, where there is one; `path` names another file, which must be there. */
export function loadBaseline(root: string, path: string | undefined): LoadedBaseline {
  const file = path ?? join(root, BASELINE_NAME);
  if (path === undefined && !existsSync(file)) return { entries: [], problems: [] };
  const text = readText(file);
  if (typeof text !== 'string') return { entries: undefined, problems: [{ ...text, path: shownPath(file) }] };
  const result = readBaseline(text, file);
  if ('entries' in result) return { entries: result.entries, problems: [] };
  return { entries: undefined, problems: result.errors.map(invalidConfig) };
}

/** Reads the configuration at a path, with what `kharden learn` wrote beside it. */
export function loadConfig(path: string): LoadedConfig {
  const text = readText(path);
  if (typeof text !== 'string') return { config: undefined, problems: [text] };
  const result = readConfig(text, path);
  if ('config' in result) return withLearned({ config: result.config, placeOf: result.placeOf, problems: [] }, dirname(path));
  return { config: undefined, problems: result.errors.map(invalidConfig) };
}

/** Reads the configuration that was found for a folder; defaults when there is none. */
export function loadConfigAt({ root, path, ignored }: ConfigPlace): LoadedConfig {
  if (path === undefined) return withLearned(NO_CONFIG, root);
  const loaded = loadConfig(path);
  if (ignored === undefined) return loaded;
  return {
    ...loaded,
    problems: [unusablePath(ignored, `not used, because the same folder has ${path}: remove one of them`), ...loaded.problems],
  };
}

/** The configuration for a stream that is read in `folder`: the given one, else the nearest above. */
export function loadConfigFor(folder: string, configPath: string | undefined): LoadedConfig {
  return configPath === undefined
    ? loadConfigAt({ ...findConfig(folder, existsSync), ignored: undefined })
    : loadConfig(configPath);
}

/** Entries of the configuration count before those that were learned. */
function withLearned({ config, placeOf, problems }: LoadedConfig, folder: string): LoadedConfig {
  const learned = loadLearned(join(folder, LEARNED_NAME));
  if (!config || !learned.images) return { config: undefined, problems: [...problems, ...learned.problems] };
  if (learned.images.length === 0) return { config, placeOf, problems };
  return {
    config: { ...config, options: { ...config.options, images: [...(config.options.images ?? []), ...learned.images] } },
    placeOf,
    problems,
  };
}

function readText(path: string): string | Problem {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return unusablePath(path, reasonOf(error));
  }
}
