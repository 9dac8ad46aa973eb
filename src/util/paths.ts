/** Paths as text, with slashes: the engine runs without a file system. */

/** The folder of a path; the empty text for a name without a folder. */
export function dirname(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === 0 ? '/' : path.slice(0, Math.max(slash, 0));
}

/** A path relative to a folder, with `.` and `..` worked out. */
export function joinPath(folder: string, path: string): string {
  const isAbsolute = path.startsWith('/') || folder.startsWith('/');
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '' && part !== '.' && !(part === '..' && isAbsolute)) parts.push(part);
  }
  return (isAbsolute ? '/' : '') + parts.join('/');
}

/** True when `path` is `folder` or lies below it; the empty folder holds every relative path. */
export function isBelow(path: string, folder: string): boolean {
  return (
    path === folder || (folder === '' ? !path.startsWith('/') : path.startsWith(folder.endsWith('/') ? folder : `${folder}/`))
  );
}
