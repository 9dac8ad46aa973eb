/** What a run reads: the files that the user names, the configuration above them, and the other manifests of their root. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { CONFIG_NAMES, findConfig, readConfig, type Config, type ConfigError } from '../../config/index.ts';
import type { Input } from '../../index.ts';
import { compilePathGlob } from '../../util/glob.ts';
import { reasonOf } from './reason.ts';
import { filesBelow, isManifest, type FoundFile, type PathProblem } from './walk.ts';

export interface LoadedFile extends FoundFile {
  /** Relative to the root, with slashes. */
  readonly inRoot: string;
  readonly bytes: Uint8Array;
}

/** Files with one root: the nearest folder above them with a configuration or a `.git`, else the folder that holds them all. */
export interface Group {
  readonly root: string;
  readonly config: Config;
  readonly files: readonly LoadedFile[];
  /** The other manifests below the root: read for what they say about the files. */
  readonly facts: readonly Input[];
}

export interface Loaded {
  readonly groups: readonly Group[];
  readonly problems: readonly PathProblem[];
  readonly configErrors: readonly ConfigError[];
}

/** Stands for the root of files above which nobody marked one. */
const UNMARKED = '';
const NO_CONFIG: Config = { options: {}, exclude: [] };

/** Loads files; `configPath` replaces the configurations above them. Groups whose configuration has errors are left out. */
export function load(found: readonly FoundFile[], configPath: string | undefined): Loaded {
  const problems: PathProblem[] = [];
  const configErrors: ConfigError[] = [];
  const given = configPath === undefined ? undefined : loadConfig(configPath, configErrors, problems);
  const byRoot = new Map<string, { path: string | undefined; ignored: string | undefined; files: FoundFile[] }>();
  const places = new Map<string, ReturnType<typeof findConfig>>();
  for (const file of found) {
    const folder = dirname(file.real);
    const place = places.get(folder) ?? findConfig(folder, existsSync);
    places.set(folder, place);
    const root = isMarked(place.root) ? place.root : UNMARKED;
    const group = byRoot.get(root) ?? { path: place.path, ignored: place.ignored, files: [] };
    group.files.push(file);
    byRoot.set(root, group);
  }
  const groups = [...byRoot].flatMap(([root, { path, ignored, files }]): Group[] => {
    if (configPath === undefined && ignored !== undefined)
      problems.push({ path: ignored, message: `${path ?? ''} stands beside it and counts: remove one` });
    const config = configPath !== undefined ? given : path === undefined ? NO_CONFIG : loadConfig(path, configErrors, problems);
    return config ? [loadGroup(root, config, files, problems)] : [];
  });
  return { groups, problems, configErrors };
}

/** The configuration for a stream that is read in `folder`: the given one, else the nearest above; undefined with errors. */
export function loadConfigFor(
  folder: string,
  configPath: string | undefined,
): Omit<Loaded, 'groups'> & { config: Config | undefined } {
  const problems: PathProblem[] = [];
  const configErrors: ConfigError[] = [];
  const path = configPath ?? findConfig(folder, existsSync).path;
  const config = path === undefined ? NO_CONFIG : loadConfig(path, configErrors, problems);
  return { config, problems, configErrors };
}

function loadConfig(path: string, errors: ConfigError[], problems: PathProblem[]): Config | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    problems.push({ path, message: reasonOf(error) });
    return undefined;
  }
  const result = readConfig(text, path);
  if ('config' in result) return result.config;
  for (const error of result.errors) errors.push(error);
  return undefined;
}

function loadGroup(marked: string, config: Config, found: readonly FoundFile[], problems: PathProblem[]): Group {
  const folders = [...new Set(found.map(({ real }) => dirname(real)))];
  const root = marked === UNMARKED ? commonFolder(folders) : marked;
  const excluded = config.exclude.map(compilePathGlob);
  const inRoot = (path: string): string => relative(root, path).replaceAll('\\', '/');
  const files = found.flatMap((file): LoadedFile[] => {
    const path = inRoot(file.real);
    if (excluded.some((fits) => fits(path))) return [];
    const bytes = readBytes(file, problems);
    return bytes ? [{ ...file, inRoot: path, bytes }] : [];
  });
  const named = new Set(found.map(({ real }) => real));
  const others = marked === UNMARKED ? folders.flatMap(manifestsIn) : filesBelow(root, root, []);
  const facts = others.flatMap((file): Input[] => {
    const content = named.has(file.real) ? undefined : readBytes(file, []);
    return content ? [{ path: inRoot(file.real), content, role: 'facts' }] : [];
  });
  return { root, config, files, facts };
}

function isMarked(folder: string): boolean {
  return ['.git', ...CONFIG_NAMES].some((name) => existsSync(join(folder, name)));
}

/** The manifests of a folder itself, without those further down; none when it may not be listed. */
function manifestsIn(folder: string): FoundFile[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && isManifest(entry.name))
      .map(({ name }) => ({ path: join(folder, name), real: join(folder, name) }));
  } catch {
    return [];
  }
}

/** The deepest folder that holds all of some folders. */
function commonFolder(folders: readonly string[]): string {
  const [first = '/', ...others] = folders;
  let common = first;
  while (!others.every((folder) => folder === common || folder.startsWith(common === '/' ? '/' : `${common}/`)))
    common = dirname(common);
  return common;
}

function readBytes(file: FoundFile, problems: PathProblem[]): Uint8Array | undefined {
  try {
    return readFileSync(file.real);
  } catch (error) {
    problems.push({ path: file.path, message: reasonOf(error) });
    return undefined;
  }
}
