/** From the arguments of the command line to the files that they name. */
import { readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Problem } from '../../report/result.ts';
import { skippedLink, unusablePath } from './problem.ts';
import { isMissing, reasonOf } from './reason.ts';
import { TEMPORARY } from './write-file.ts';

/** A file to read; `real` is where symbolic links lead, so that one file is handled once. */
export interface FoundFile {
  readonly path: string;
  readonly real: string;
}

const MANIFEST = /\.(?:ya?ml|json)$/i;
const IGNORED = new Set(['.git', 'node_modules']);
const GLOB_OPTIONS = { dot: true, onlyFiles: false, followSymbolicLinks: false, ignore: ['**/.git/**', '**/node_modules/**'] };
const GLOB = /[*?[\]{}!]/;

/**
 * The files that the arguments name: files as they are, folders with every `.yaml`, `.yml` and `.json` below them, globs.
 * Each file once, in the order of the arguments, folders in the order of names.
 */
export async function findFiles(paths: readonly string[]): Promise<{ files: FoundFile[]; problems: Problem[] }> {
  const files = new Map<string, FoundFile>();
  const problems: Problem[] = [];
  for (const path of paths) {
    const found = await filesAt(path, problems);
    for (const file of found) if (!files.has(file.real)) files.set(file.real, file);
  }
  return { files: [...files.values()], problems };
}

async function filesAt(path: string, problems: Problem[]): Promise<FoundFile[]> {
  try {
    const stat = statSync(path);
    // A path that is neither is a pipe, such as `<(helm template .)`.
    if (!stat.isDirectory()) return [{ path, real: stat.isFile() ? realpathSync(path) : resolve(path) }];
    const found = filesBelow(path, realpathSync(path), problems);
    if (found.length === 0) problems.push(unusablePath(path, 'no .yaml, .yml or .json files in this folder: name another one'));
    return found;
  } catch (error) {
    if (isMissing(error) && GLOB.test(path)) return filesMatching(path, problems);
    problems.push(unusablePath(path, reasonOf(error)));
    return [];
  }
}

/** The manifests below a folder, whose real path is `real`. Nothing outside of `root` is read, whatever links say. */
export function filesBelow(folder: string, root: string, problems: Problem[], real = root): FoundFile[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch (error) {
    problems.push(unusablePath(folder, reasonOf(error)));
    return [];
  }
  return entries.flatMap((entry): FoundFile[] => {
    const path = join(folder, entry.name);
    if (IGNORED.has(entry.name)) return [];
    if (entry.isDirectory()) return filesBelow(path, root, problems, join(real, entry.name));
    if (entry.isSymbolicLink()) return linkedFile(path, root, problems);
    return entry.isFile() && isManifest(entry.name) ? [{ path, real: join(real, entry.name) }] : [];
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

async function filesMatching(pattern: string, problems: Problem[]): Promise<FoundFile[]> {
  const { default: fastGlob } = await import('fast-glob');
  const matches = fastGlob.sync(pattern, { ...GLOB_OPTIONS, objectMode: true });
  matches.sort((left, right) => (left.path < right.path ? -1 : 1));
  const before = problems.length;
  const found = matches.flatMap(({ path, dirent }): FoundFile[] => {
    if (dirent.isDirectory()) return filesBelow(path, realpathSync(path), problems);
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
