/** What a run reads: the files that the user names, the configuration above them, and the other manifests of their root. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { CONFIG_NAMES, findConfig, LEARNED_NAME, type Config, type ConfigPlace } from '../../config/index.ts';
import type { Input } from '../../index.ts';
import type { Problem } from '../../report/result.ts';
import { compilePathGlob } from '../../util/glob.ts';
import { describesFolder } from '../../workspace/workspace.ts';
import { GIT_IGNORE, IgnoreRules } from './ignore-rules.ts';
import { loadConfig, loadConfigAt } from './load-config.ts';
import { shownPath } from './paths.ts';
import { unusablePath } from './problem.ts';
import { reasonOf } from './reason.ts';
import { filesBelow, isManifest, type FoundFile } from './walk.ts';

export interface LoadedFile extends FoundFile {
  /** Relative to the root, with slashes. */
  readonly inRoot: string;
  readonly bytes: Uint8Array;
}

/** Files with one root, and so with one configuration. */
export interface Group {
  readonly config: Config;
  readonly files: readonly LoadedFile[];
  /** The other manifests of the root: read for what they say about the files. */
  readonly facts: readonly Input[];
}

export interface Loaded {
  readonly groups: readonly Group[];
  readonly problems: readonly Problem[];
}

/** Files that belong together, before they are read. */
interface FoundGroup {
  readonly place: ConfigPlace;
  /** True when a configuration, what `kharden learn` wrote, or a `.git` marks the root. */
  readonly isMarked: boolean;
  readonly files: FoundFile[];
}

/** What the options say about the files. */
export interface LoadOptions {
  /** Replaces the configurations above them. */
  readonly configPath: string | undefined;
  /** Globs of files that are not changed, relative to where kharden runs. */
  readonly exclude: readonly string[];
}

/** Loads files. A group whose configuration has an error is left out. */
export function load(found: readonly FoundFile[], { configPath, exclude }: LoadOptions): Loaded {
  const isExcluded = excludedHere(exclude);
  const given = configPath === undefined ? undefined : loadConfig(configPath);
  const loaded = groupByRoot(found).map((group): Loaded => {
    const { config, problems } = given ? { ...given, problems: [] } : loadConfigAt(group.place);
    if (!config) return { groups: [], problems };
    const read = readGroup(group, config, isExcluded);
    return { groups: read.groups, problems: [...problems, ...read.problems] };
  });
  return {
    groups: loaded.flatMap(({ groups }) => groups),
    problems: [...(given?.problems ?? []), ...loaded.flatMap(({ problems }) => problems)],
  };
}

/** Whether the globs of `--exclude` fit a path; they are relative to where kharden runs. */
function excludedHere(globs: readonly string[]): (path: string) => boolean {
  const compiled = globs.map(compilePathGlob);
  return (path) => compiled.some((fits) => fits(shownPath(path)));
}

/** The files of each marked root, and together those that have none. */
function groupByRoot(found: readonly FoundFile[]): FoundGroup[] {
  const groups = new Map<string, FoundGroup>();
  const groupOfFolder = new Map<string, FoundGroup>();
  for (const file of found) {
    const folder = dirname(file.real);
    const group = groupOfFolder.get(folder) ?? groupFor(folder, groups);
    groupOfFolder.set(folder, group);
    group.files.push(file);
  }
  return [...groups.values()];
}

function groupFor(folder: string, groups: Map<string, FoundGroup>): FoundGroup {
  const place = findConfig(folder, existsSync);
  const isMarked = ['.git', ...CONFIG_NAMES, LEARNED_NAME].some((name) => existsSync(join(place.root, name)));
  const key = isMarked ? place.root : '';
  const group = groups.get(key) ?? { place, isMarked, files: [] };
  groups.set(key, group);
  return group;
}

function readGroup({ place, isMarked, files: found }: FoundGroup, config: Config, isExcluded: (path: string) => boolean): Loaded {
  const { root, others } = isMarked
    ? { root: place.root, others: filesBelow(place.root, place.root, [], IgnoreRules.for(place.root, GIT_IGNORE)) }
    : unmarkedRoot(found);
  const inRoot = (path: string): string => relative(root, path).replaceAll('\\', '/');
  const excluded = config.exclude.map(compilePathGlob);
  const problems: Problem[] = [];
  const files = found.flatMap((file): LoadedFile[] => {
    const path = inRoot(file.real);
    if (excluded.some((fits) => fits(path)) || isExcluded(file.path)) return [];
    const bytes = file.bytes ?? readBytes(file, problems);
    return bytes ? [{ ...file, inRoot: path, bytes }] : [];
  });
  const named = new Set(found.map(({ real }) => real));
  const facts = others.flatMap((file): Input[] => {
    const content = named.has(file.real) ? undefined : readBytes(file, []);
    return content ? [{ path: inRoot(file.real), content, role: 'facts' }] : [];
  });
  return { groups: [{ config, files, facts }], problems };
}

/**
 * The root of files that have no marked root: the deepest folder that holds them and the charts and kustomizations above them.
 * It may hold anything else too, such as a home folder does, so only the folders of the files themselves are read.
 */
function unmarkedRoot(files: readonly FoundFile[]): { root: string; others: FoundFile[] } {
  const folders = [...new Set(files.map(({ real }) => dirname(real)))];
  const descriptions = [...new Set(folders.flatMap(withParents))].flatMap((folder) => filesIn(folder, describesFolder));
  const manifests = folders.flatMap((folder) => filesIn(folder, (name) => isManifest(name) && !describesFolder(name)));
  const root = commonFolder([...folders, ...descriptions.map(({ real }) => dirname(real))]);
  return { root, others: [...descriptions, ...manifests] };
}

function withParents(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...withParents(parent)];
}

/** The files of a folder itself whose names fit; none when it may not be listed. */
function filesIn(folder: string, fits: (name: string) => boolean): FoundFile[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && fits(entry.name))
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

function readBytes(file: FoundFile, problems: Problem[]): Uint8Array | undefined {
  try {
    return readFileSync(file.real);
  } catch (error) {
    problems.push(unusablePath(file.path, reasonOf(error)));
    return undefined;
  }
}
