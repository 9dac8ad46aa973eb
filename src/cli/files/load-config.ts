/** Reads the configuration of a run. */
import { existsSync, readFileSync } from 'node:fs';
import { findConfig, readConfig, type Config, type ConfigPlace } from '../../config/index.ts';
import type { Problem } from '../../report/result.ts';
import { invalidConfig, unusablePath } from './problem.ts';
import { reasonOf } from './reason.ts';

/** A configuration, or why there is none: `config` is undefined when a problem is an error. */
export interface LoadedConfig {
  readonly config: Config | undefined;
  readonly problems: readonly Problem[];
}

const NO_CONFIG: LoadedConfig = { config: { options: {}, exclude: [] }, problems: [] };

/** Reads the configuration at a path. */
export function loadConfig(path: string): LoadedConfig {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { config: undefined, problems: [unusablePath(path, reasonOf(error))] };
  }
  const result = readConfig(text, path);
  if ('config' in result) return { config: result.config, problems: [] };
  return { config: undefined, problems: result.errors.map(invalidConfig) };
}

/** Reads the configuration that was found for a folder; defaults when there is none. */
export function loadConfigAt({ path, ignored }: ConfigPlace): LoadedConfig {
  if (path === undefined) return NO_CONFIG;
  const { config, problems } = loadConfig(path);
  if (ignored === undefined) return { config, problems };
  return {
    config,
    problems: [unusablePath(ignored, `not used, because the same folder has ${path}: remove one of them`), ...problems],
  };
}

/** The configuration for a stream that is read in `folder`: the given one, else the nearest above. */
export function loadConfigFor(folder: string, configPath: string | undefined): LoadedConfig {
  const path = configPath ?? findConfig(folder, existsSync).path;
  return path === undefined ? NO_CONFIG : loadConfig(path);
}
