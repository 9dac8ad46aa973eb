/** Manifests as kubectl reads them: by the Go program `judge`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../src/util/json.ts';
import { execute, jsonLines, temporaryFolder } from './world.ts';

/** One document of a text: its value, or why kubectl refuses it. */
export interface GoDocument {
  readonly json?: Json;
  readonly error?: string;
}

const AT_A_TIME = 4000;

/** The documents of each text; empty ones, which kubectl passes over, are left out. */
export function goValues(texts: readonly (string | Uint8Array)[]): GoDocument[][] {
  const folder = temporaryFolder();
  const read: GoDocument[][] = texts.map(() => []);
  for (let start = 0; start < texts.length; start += AT_A_TIME) {
    const names = texts.slice(start, start + AT_A_TIME).map((_, index) => String(start + index));
    for (const name of names) writeFileSync(join(folder, name), texts[Number(name)] as string | Uint8Array);
    const { status, stdout, stderr } = execute('judge', ['decode', ...names], { cwd: folder });
    if (status !== 0) throw new Error(`judge: ${stderr}`);
    for (const { file, json, error } of jsonLines<GoDocument & { readonly file: string }>(stdout)) {
      if (error !== undefined) read[Number(file)]?.push({ error });
      else if (json !== null && json !== undefined) read[Number(file)]?.push({ json });
    }
  }
  return read;
}
