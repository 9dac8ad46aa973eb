/**
 * Charts of the corpus: `charts/NAME.txt` holds every connection that the policies of kharden allow for `rendered/NAME.yaml`.
 * `UPDATE_SNAPSHOTS=1` writes the tables: read them.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { reachability } from './reachability.ts';

/** What is wrong with the connections of a manifest of the corpus; undefined where all is well, or nothing is written down. */
export function wrongConnections(path: string, content: string): string | undefined {
  const name = /^rendered\/([\w.-]+)\.yaml$/.exec(path)?.[1];
  const file = fileURLToPath(new URL(`charts/${name}.txt`, import.meta.url));
  if (name === undefined || !existsSync(file)) return undefined;
  const table = reachability({ [path]: content });
  if (process.env['UPDATE_SNAPSHOTS']) writeFileSync(file, table);
  const wanted = readFileSync(file, 'utf8').split('\n');
  const wrong = table.split('\n').find((line, index) => line !== wanted[index]);
  return wrong === undefined ? undefined : `it is ${wrong}`;
}
