/** Working directories, as far as a manifest shows them. */

/** Begins with a variable or a substitution, or, when relative, with a home folder or a brace. */
const UNKNOWN = /^\/*\$|^[~{]/;

/** True for a path that nobody can place before the container runs: `$DIR/x`, `~/x`, `{}`. */
export function isUnknown(path: string): boolean {
  return UNKNOWN.test(path);
}

/**
 * A path as seen from a folder, in normal form.
 *
 * @param folder absolute; or relative to the working directory of the image, which no manifest shows: `.`, `build`; or
 *   unknown: `$DIR`
 * @returns of the same three kinds
 */
export function pathFrom(folder: string, path: string): string {
  if (isUnknown(path)) return path;
  if (path.startsWith('/')) return normalized(path);
  return isUnknown(folder) ? `${folder}/${path}` : normalized(`${folder}/${path}`);
}

/** The folder of a shell after a command: another one after `cd`, `pushd` and `popd` (Bash reference manual, 4.1 and 6.8.1). */
export function folderAfter(folder: string, words: readonly string[]): string {
  const [name, ...rest] = words;
  if (name === 'popd') return '$OLDPWD';
  if (name !== 'cd' && name !== 'pushd') return folder;
  const path = rest.findLast((word) => !/^-./.test(word)) ?? '~';
  return path === '-' ? '$OLDPWD' : pathFrom(folder, path);
}

/** Without `.`, without doubled and trailing slashes, and without each `..` whose parent is known. */
function normalized(path: string): string {
  const isAbsolute = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!isAbsolute) parts.push(part);
  }
  return isAbsolute ? `/${parts.join('/')}` : parts.join('/') || '.';
}
