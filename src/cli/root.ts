/** The root of a file: the folder whose manifests say what may be changed in it. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MARKERS = ['.kharden.yaml', '.kharden.yml', '.git'];

/** The nearest folder above a real path that holds a `.kharden.yaml` or a `.git`; undefined when there is none. */
export function rootOf(path: string, known: Map<string, string | undefined> = new Map()): string | undefined {
  const folder = dirname(path);
  if (known.has(folder)) return known.get(folder);
  const isRoot = MARKERS.some((name) => existsSync(join(folder, name)));
  const root = isRoot ? folder : folder === dirname(folder) ? undefined : rootOf(folder, known);
  known.set(folder, root);
  return root;
}
