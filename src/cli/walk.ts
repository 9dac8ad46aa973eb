/** From the arguments of the command line to the files that they name. */
import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, relative, isAbsolute, sep } from 'node:path';

/** A file to read; `real` is where symbolic links lead, so that one file is handled once. */
export interface FoundFile {
  readonly path: string;
  readonly real: string;
}

/** An argument that leads nowhere, as a line for the user. */
export interface PathProblem {
  readonly path: string;
  readonly message: string;
}

const MANIFEST = /\.(?:ya?ml|json)$/i;
const IGNORED = new Set(['.git', 'node_modules']);
const GLOB = /[*?[\]{}!]/;

/**
 * The files that the arguments name: files as they are, folders with every `.yaml`, `.yml` and `.json` below them, globs.
 * Each file once, in the order of the arguments, folders in the order of names.
 */
export async function findFiles(paths: readonly string[]): Promise<{ files: FoundFile[]; problems: PathProblem[] }> {
  const files = new Map<string, FoundFile>();
  const problems: PathProblem[] = [];
  for (const path of paths) {
    const found = await filesAt(path, problems);
    for (const file of found) if (!files.has(file.real)) files.set(file.real, file);
  }
  return { files: [...files.values()], problems };
}

async function filesAt(path: string, problems: PathProblem[]): Promise<FoundFile[]> {
  try {
    const stat = statSync(path);
    if (!stat.isDirectory()) return [{ path, real: realpathSync(path) }];
    const found = filesBelow(path, realpathSync(path), problems);
    if (found.length === 0) problems.push({ path, message: 'no .yaml, .yml or .json files in this folder: name another one' });
    return found;
  } catch (error) {
    if (isMissing(error) && GLOB.test(path)) return filesMatching(path, problems);
    problems.push({ path, message: reasonOf(error) });
    return [];
  }
}

/** The manifests below a folder. Links to folders are not followed, links to files only while they stay below it. */
export function filesBelow(folder: string, root: string, problems: PathProblem[]): FoundFile[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch (error) {
    problems.push({ path: folder, message: reasonOf(error) });
    return [];
  }
  return entries.flatMap((entry): FoundFile[] => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return IGNORED.has(entry.name) ? [] : filesBelow(path, root, problems);
    if (!isManifest(entry.name)) return [];
    const real = entry.isSymbolicLink() ? linkTarget(path, root, problems) : path;
    return real === undefined ? [] : [{ path, real: realpathSync(real) }];
  });
}

/** True for the name of a file that may hold manifests. */
export function isManifest(name: string): boolean {
  return MANIFEST.test(name);
}

function linkTarget(path: string, root: string, problems: PathProblem[]): string | undefined {
  try {
    const real = realpathSync(path);
    const inside = relative(root, real);
    if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return undefined;
    return statSync(real).isFile() ? real : undefined;
  } catch (error) {
    problems.push({ path, message: isMissing(error) ? 'the link leads nowhere: mend or remove it' : reasonOf(error) });
    return undefined;
  }
}

async function filesMatching(pattern: string, problems: PathProblem[]): Promise<FoundFile[]> {
  const { default: fastGlob } = await import('fast-glob');
  const found = fastGlob.sync(pattern, { dot: true, followSymbolicLinks: false, ignore: ['**/.git/**', '**/node_modules/**'] }).sort();
  if (found.length === 0) problems.push({ path: pattern, message: 'no file matches this pattern: check it, and quote it for the shell' });
  return found.filter((path) => lstatSync(path).isFile()).map((path) => ({ path, real: realpathSync(path) }));
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** One line for the user out of an error of the file system. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'no such file or folder: check the path';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied: check who may read it';
    case 'EISDIR':
      return 'is a folder, not a file';
    case 'ELOOP':
      return 'the links go round in a circle: mend them';
    case 'ENOSPC':
      return 'no space left on the device: make room and run again';
    case 'EROFS':
      return 'the file system is read-only';
    default:
      return message ?? String(error);
  }
}
