/** How paths are shown. */
import { relative, resolve, sep } from 'node:path';

/** A path in results: relative to where kharden runs, with slashes, so that a diff applies there; absolute for one outside. */
export function shownPath(path: string): string {
  const shown = relative(process.cwd(), resolve(path));
  const isOutside = shown === '..' || shown.startsWith(`..${sep}`);
  return (isOutside ? resolve(path) : shown).replaceAll(sep, '/');
}
