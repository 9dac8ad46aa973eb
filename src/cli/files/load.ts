/** What a run reads: the files that the user names, the configuration above them, and the other manifests of their root. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import {
  BASELINE_NAME,
  CONFIG_NAMES,
  findConfig,
  LEARNED_NAME,
  type Config,
  type ConfigPlace,
  type Locator,
  type WrittenEntry,
} from '../../config/index.ts';
import type { Input } from '../../index.ts';
import type { Problem } from '../../report/result.ts';
import { compilePathGlob } from '../../util/glob.ts';
import { isBuildFile } from '../../workspace/build-files.ts';
import { describesFolder } from '../../workspace/workspace.ts';
import { buildFilesAmong } from './build-files.ts';
import { GIT_IGNORE, IgnoreRules } from './ignore-rules.ts';
import { loadBaseline, loadConfig, loadConfigAt } from './load-config.ts';
import { shownPath } from './paths.ts';
import { unusablePath } from './problem.ts';
import { reasonOf } from './reason.ts';
import { filesBelow, isLeftOut, isManifest, type FoundFile } from './walk.ts';

export interface LoadedFile extends FoundFile {
  /** Relative to the root, with slashes. */
  readonly inRoot: string;
  readonly bytes: Uint8Array;
}

/** Files with one root, and so with one configuration. */
export interface Group {
  /** The absolute path of the root. */
  readonly root: string;
  readonly config: Config;
  readonly placeOf: Locator | undefined;
  /** The findings that were there before. */
  readonly baseline: readonly WrittenEntry[];
  /** All files of the root and those that the user names, relative to the root, also those that are left out. */
  readonly names: ReadonlySet<string>;
  /** True when the user names all manifests of the root, so that it is known what the configuration is for. */
  readonly isWhole: boolean;
  readonly files: readonly LoadedFile[];
  /** The other manifests of the root, and what says how images are built: read for what they say about the files. */
  readonly facts: readonly Input[];
  readonly hasDockerfiles: boolean;
}

export interface Loaded {
  readonly groups: readonly Group[];
  /** The globs of `exclude` that no file matches. */
  readonly unusedExcludes: readonly string[];
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
  /** Replaces the baselines beside them. */
  readonly baselinePath: string | undefined;
  /** Globs of files that are not changed, relative to where kharden runs. */
  readonly exclude: readonly string[];
  /** Dockerfiles and their like below the folders that are named; they count where no root is marked. */
  readonly beside?: readonly FoundFile[];
  /** Absolute paths of files that count as if they were not there. */
  readonly absent?: readonly string[];
}

/** Loads files. A group whose configuration or baseline has an error is left out. */
export function load(named: readonly FoundFile[], options: LoadOptions): Loaded {
  const { configPath, baselinePath, exclude, beside = [], absent = [] } = options;
  const isThere = ({ real }: FoundFile): boolean => !absent.includes(real);
  const found = named.filter(isThere);
  const excludes = exclude.map((glob) => ({ glob, fits: compilePathGlob(glob) }));
  const isExcluded = (path: string): boolean => excludes.some(({ fits }) => fits(shownPath(path)));
  const given = configPath === undefined ? undefined : loadConfig(configPath);
  const all = new Set(found.map(({ real }) => real));
  const groups = groupByRoot(found);
  const loaded = groups.map((group): Pick<Loaded, 'groups' | 'problems'> => {
    const { config, placeOf, problems } = given ? { ...given, problems: [] } : loadConfigAt(group.place);
    if (!config) return { groups: [], problems };
    // A configuration that is named may be for other roots too.
    const isOurs = configPath === undefined || (groups.length === 1 && isBelow(group.place.root, resolve(configPath)));
    const read = readGroup(group, config, { all, beside, isExcluded, isThere });
    const { entries, problems: ofBaseline } = loadBaseline(read.group.root, baselinePath);
    return {
      groups: entries ? [{ ...read.group, isWhole: isOurs && read.group.isWhole, config, placeOf, baseline: entries }] : [],
      problems: [...problems, ...ofBaseline, ...read.problems],
    };
  });
  return {
    groups: loaded.flatMap((one) => one.groups),
    unusedExcludes: excludes.flatMap(({ glob, fits }) => (found.some(({ path }) => fits(shownPath(path))) ? [] : [glob])),
    problems: [...(given?.problems ?? []), ...loaded.flatMap(({ problems }) => problems)],
  };
}

function isBelow(folder: string, path: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
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
  const isMarked = ['.git', ...CONFIG_NAMES, LEARNED_NAME, BASELINE_NAME].some((name) => existsSync(join(place.root, name)));
  const key = isMarked ? place.root : '';
  const group = groups.get(key) ?? { place, isMarked, files: [] };
  groups.set(key, group);
  return group;
}

interface ReadGroup {
  readonly group: Omit<Group, 'config' | 'placeOf' | 'baseline'>;
  readonly problems: readonly Problem[];
}

/** What the user names, whichever group it belongs to. */
interface Named {
  /** The real paths of all files. */
  readonly all: ReadonlySet<string>;
  /** Dockerfiles and their like beside them. */
  readonly beside: readonly FoundFile[];
  isExcluded(path: string): boolean;
  isThere(file: FoundFile): boolean;
}

function readGroup({ place, isMarked, files: found }: FoundGroup, config: Config, named: Named): ReadGroup {
  const { all, beside, isExcluded } = named;
  const { root, others: around } = isMarked
    ? { root: place.root, others: filesBelow(place.root, place.root, [], IgnoreRules.for(place.root, GIT_IGNORE)) }
    : unmarkedRoot(found, beside);
  const others = around.filter(named.isThere);
  const inRoot = (path: string): string => relative(root, path).replaceAll('\\', '/');
  const excluded = config.exclude.map(compilePathGlob);
  const problems: Problem[] = [];
  const files = found.flatMap((file): LoadedFile[] => {
    const path = inRoot(file.real);
    if (excluded.some((fits) => fits(path)) || isExcluded(file.path)) return [];
    const bytes = file.bytes ?? readBytes(file, problems);
    return bytes ? [{ ...file, inRoot: path, bytes }] : [];
  });
  const own = new Set(found.map(({ real }) => real));
  let isWhole = isMarked && found.every(({ path, bytes }) => bytes === undefined && !isExcluded(path));
  const manifests = others.filter(({ real }) => !isBuildFile(real));
  const builds = buildFilesAmong([...found, ...others], (file) => readBytes(file, [])?.toString() ?? '');
  const facts = [...manifests, ...builds].flatMap((file): Input[] => {
    const content = own.has(file.real) ? undefined : readBytes(file, []);
    if (content && !isBuildFile(file.real)) isWhole &&= all.has(file.real) || !mayBeHardened(file, content);
    return content ? [{ path: inRoot(file.real), content, role: 'facts' }] : [];
  });
  const names = new Set([...manifests, ...found].map(({ real }) => inRoot(real)));
  return { group: { root, names, isWhole, files, facts, hasDockerfiles: builds.length > 0 }, problems };
}

/** True for a manifest that a run on the whole root would look at: not a configuration, nor what describes a folder. */
function mayBeHardened({ real }: FoundFile, content: Buffer): boolean {
  const name = basename(real);
  if (describesFolder(name) || CONFIG_NAMES.some((one) => one === name)) return false;
  return content.includes('apiVersion') && content.includes('kind') && !isLeftOut(real, false);
}

/**
 * The root of files that have no marked root: the deepest folder that holds them and the charts and kustomizations above them.
 * It may hold anything else too, such as a home folder does, so only the folders of the files themselves are read.
 */
function unmarkedRoot(files: readonly FoundFile[], beside: readonly FoundFile[]): { root: string; others: FoundFile[] } {
  const folders = [...new Set(files.map(({ real }) => dirname(real)))];
  const descriptions = [...new Set(folders.flatMap(withParents))].flatMap((folder) => filesIn(folder, describesFolder));
  const isRead = (name: string): boolean => (isManifest(name) || isBuildFile(name)) && !describesFolder(name);
  const manifests = folders.flatMap((folder) => filesIn(folder, isRead));
  const root = commonFolder([...folders, ...descriptions.map(({ real }) => dirname(real))]);
  const others = new Map([...descriptions, ...manifests, ...beside].map((file) => [file.real, file]));
  return { root, others: [...others.values()] };
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

function readBytes(file: FoundFile, problems: Problem[]): Buffer | undefined {
  try {
    return readFileSync(file.real);
  } catch (error) {
    problems.push(unusablePath(file.path, reasonOf(error)));
    return undefined;
  }
}
