/** Where a configuration is looked for. The caller says what exists: nothing here touches the file system. */

/** Names of the file, the first that exists counts. */
export const CONFIG_NAMES = ['.kharden.yaml', '.kharden.yml'] as const;

/** The file with what `kharden learn` knows, beside the configuration. */
export const LEARNED_NAME = 'kharden.images.yaml';

/** The file with the findings that were there before, beside the configuration. */
export const BASELINE_NAME = '.kharden-baseline.yaml';

/** What belongs to a folder. */
export interface ConfigPlace {
  /** The nearest folder with a configuration, else with what `kharden learn` wrote or a baseline, else with a `.git`; else the folder itself. */
  readonly root: string;
  /** The configuration, undefined when there is none. */
  readonly path: string | undefined;
  /** A second configuration beside it, which does not count. */
  readonly ignored: string | undefined;
}

/**
 * Finds the configuration that counts for a folder: the nearest one.
 *
 * @param folder absolute
 */
export function findConfig(folder: string, exists: (path: string) => boolean): ConfigPlace {
  const folders = foldersFrom(folder, exists);
  for (const one of folders) {
    const [path, ignored] = CONFIG_NAMES.map((name) => `${one}/${name}`).filter(exists);
    if (path !== undefined) return { root: one || '/', path, ignored };
  }
  const last = folders.at(-1) ?? '';
  const marked = folders.find((one) => [LEARNED_NAME, BASELINE_NAME].some((name) => exists(`${one}/${name}`)));
  return { root: (marked ?? (exists(`${last}/.git`) ? last : folders[0])) || '/', path: undefined, ignored: undefined };
}

/** Elsewhere a backslash is a character of a name. */
const WINDOWS_PATH = /^(?:[A-Za-z]:)?\\/;

/** A folder and those above it, with slashes and without a slash at their ends: the root of the file system is the empty text. */
function foldersFrom(folder: string, exists: (path: string) => boolean): string[] {
  const folders: string[] = [];
  let current = (WINDOWS_PATH.test(folder) ? folder.replaceAll('\\', '/') : folder).replace(/\/$/, '');
  for (;;) {
    folders.push(current);
    const slash = current.lastIndexOf('/');
    if (slash === -1 || exists(`${current}/.git`)) return folders;
    current = current.slice(0, slash);
  }
}
