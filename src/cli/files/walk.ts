/** From the arguments of the command line to the files that they name. */
import { existsSync, readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Problem } from '../../report/result.ts';
import { isBuildFile } from '../../workspace/build-files.ts';
import { skippedLink, unusablePath } from './problem.ts';
import { ALL_IGNORE, IgnoreRules } from './ignore-rules.ts';
import { isMissing, reasonOf } from './reason.ts';
import { TEMPORARY } from './write-file.ts';

/** A file to read; `real` is where symbolic links lead, so that one file is handled once. */
export interface FoundFile {
  readonly path: string;
  readonly real: string;
  /** What it holds, where that does not come from the file itself. */
  readonly bytes?: Uint8Array;
}

const MANIFEST = /\.(?:ya?ml|json)$/i;
const IGNORED = new Set(['.git', 'node_modules']);
const GLOB_OPTIONS = { dot: true, onlyFiles: false, followSymbolicLinks: false, ignore: ['**/.git/**', '**/node_modules/**'] };
const NO_MANIFESTS = 'no .yaml, .yml or .json files in this folder that no .gitignore leaves out: name another one';
const GLOB = /[*?[\]{}!]/;

/** The files that arguments name. */
export interface Found {
  readonly files: FoundFile[];
  /** Dockerfiles and their like below the folders that are named. */
  readonly beside: FoundFile[];
  readonly problems: Problem[];
}

/**
 * The files that the arguments name: files as they are, folders with every `.yaml`, `.yml` and `.json` below them, globs.
 * Each file once, in the order of the arguments, folders in the order of names.
 */
export async function findFiles(paths: readonly string[]): Promise<Found> {
  const files = new Map<string, FoundFile>();
  const beside: FoundFile[] = [];
  const problems: Problem[] = [];
  for (const path of paths) {
    const found = await filesAt(path, problems, beside);
    for (const file of found) if (!files.has(file.real)) files.set(file.real, file);
  }
  return { files: [...files.values()], beside, problems };
}

async function filesAt(path: string, problems: Problem[], beside: FoundFile[]): Promise<FoundFile[]> {
  try {
    const stat = statSync(path);
    // A path that is neither is a pipe, such as `<(helm template .)`.
    if (!stat.isDirectory()) return [{ path, real: stat.isFile() ? realpathSync(path) : resolve(path) }];
    const found = manifestsAmong(filesBelow(path, realpathSync(path), problems), beside);
    if (found.length === 0) problems.push(unusablePath(path, NO_MANIFESTS));
    return found;
  } catch (error) {
    if (isMissing(error) && GLOB.test(path)) return filesMatching(path, problems, beside);
    problems.push(unusablePath(path, reasonOf(error)));
    return [];
  }
}

/** The files that paths name, and which of them to look at; or why that is not known. */
type Chosen =
  | (Omit<Found, 'files'> & { readonly found: readonly FoundFile[]; readonly files: readonly FoundFile[] })
  | { readonly mistake: string };

/** Finds the files that paths name, and leaves out those that did not change: `since` is what `--changed` says. */
export async function chosenFiles(paths: readonly string[], since: string | true | undefined): Promise<Chosen> {
  const { files: found, ...rest } = await findFiles(paths);
  if (since === undefined) return { found, files: found, ...rest };
  const { changedSince } = await import('./changed.ts');
  const known = changedSince(since === true ? 'HEAD' : since);
  return 'mistake' in known ? known : { found, files: found.filter(({ real }) => known.changed.has(real)), ...rest };
}

/** The manifests of what is below a folder; the rest goes to `beside`. */
function manifestsAmong(found: readonly FoundFile[], beside: FoundFile[]): FoundFile[] {
  for (const file of found) if (!isManifest(file.path)) beside.push(file);
  return found.filter(({ path }) => isManifest(path));
}

/**
 * The manifests below a folder, and the files that say how images are built. The real path of the folder is `real`. Nothing outside
 * of `root` is read, whatever links say, and nothing that the files with the names of `rules` leave out.
 */
export function filesBelow(
  folder: string,
  root: string,
  problems: Problem[],
  rules = IgnoreRules.for(root, ALL_IGNORE),
  real = root,
): FoundFile[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch (error) {
    problems.push(unusablePath(folder, reasonOf(error)));
    return [];
  }
  return entries.flatMap((entry): FoundFile[] => {
    const path = join(folder, entry.name);
    const inside = join(real, entry.name);
    if (IGNORED.has(entry.name) || rules.leavesOut(inside, entry.isDirectory())) return [];
    if (entry.isDirectory()) return filesBelow(path, root, problems, rules.enter(inside), inside);
    if (entry.isSymbolicLink()) return linkedFile(path, root, problems);
    return entry.isFile() && (isManifest(entry.name) || isBuildFile(entry.name)) ? [{ path, real: inside }] : [];
  });
}

/** True for the name of a file that may hold manifests. */
export function isManifest(name: string): boolean {
  return MANIFEST.test(name);
}

/** The manifest that a link leads to. A folder that it leads to is walked by itself when it is below the root. */
function linkedFile(path: string, root: string, problems: Problem[]): FoundFile[] {
  try {
    const real = realpathSync(path);
    const stat = statSync(real);
    const isFile = stat.isFile() && isManifest(path);
    if (!isFile && !stat.isDirectory()) return [];
    const inside = relative(root, real);
    if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
      problems.push(
        skippedLink(path, 'the symbolic link leads out of this folder and is not followed: name the link to harden its target'),
      );
      return [];
    }
    return isFile ? [{ path, real }] : [];
  } catch (error) {
    const message = isMissing(error)
      ? 'the target of the symbolic link does not exist: correct or remove the link'
      : reasonOf(error);
    if (isManifest(path)) problems.push(unusablePath(path, message));
    return [];
  }
}

async function filesMatching(pattern: string, problems: Problem[], beside: FoundFile[]): Promise<FoundFile[]> {
  const { default: fastGlob } = await import('fast-glob');
  const matches = fastGlob.sync(pattern, { ...GLOB_OPTIONS, objectMode: true });
  matches.sort((left, right) => (left.path < right.path ? -1 : 1));
  const before = problems.length;
  const found = matches.flatMap(({ path, dirent }): FoundFile[] => {
    if (isLeftOut(path, dirent.isDirectory())) return [];
    if (dirent.isDirectory()) return manifestsAmong(filesBelow(path, realpathSync(path), problems), beside);
    if (dirent.isSymbolicLink()) return linkedFile(path, realpathSync(firstFolder(pattern)), problems);
    return TEMPORARY.test(basename(path)) ? [] : [{ path, real: realpathSync(path) }];
  });
  if (found.length === 0 && problems.length === before) {
    problems.push(unusablePath(pattern, 'no file matches this pattern: check it, and put it in quotes'));
  }
  return found;
}

/** The folder that a pattern starts from. */
function firstFolder(pattern: string): string {
  const parts = pattern.split('/');
  const fixed = parts.slice(
    0,
    parts.findIndex((part) => GLOB.test(part)),
  );
  return fixed.join('/') || (pattern.startsWith('/') ? '/' : '.');
}

/** True for a path that ignore files leave out, by itself or with a folder that holds it. */
export function isLeftOut(path: string, isFolder: boolean): boolean {
  const real = resolve(path);
  for (let one = real; dirname(one) !== one; one = dirname(one)) {
    if (IgnoreRules.for(dirname(one), ALL_IGNORE).leavesOut(one, one !== real || isFolder)) return true;
    if (existsSync(join(dirname(one), '.git'))) return false;
  }
  return false;
}
