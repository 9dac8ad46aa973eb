/** Hardening as people do it who let kharden know their images: by the program, in a folder where there is something to read. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AppliedChange, Finding, Input } from '../../src/index.ts';
import { execute } from './built.ts';
import type { Form } from './form.ts';
import { learnedFile } from './learned.ts';

const program = fileURLToPath(new URL('../../bin/kharden.js', import.meta.url));
/** The Dockerfiles of the stand-ins, and a compose file that says which one builds which image. */
export const REPOSITORY = fileURLToPath(new URL('repository', import.meta.url));

/** The forms in which something is known about a private image. */
export const KNOWING = ['with-dockerfile', 'learned'] as const satisfies readonly Form[];
type Knowing = (typeof KNOWING)[number];

type Change = Pick<AppliedChange, 'transform' | 'safety'>;

export interface Written {
  readonly output: string;
  /** What kharden did to the file and said about it. */
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
}

/** True for one of these forms. */
export function isKnowing(form: Form): form is Knowing {
  return KNOWING.some((one) => one === form);
}

/** What `kharden --write` makes of a manifest beside the Dockerfiles, or beside what was learned from the images in the cache. */
export async function writeKnowing({ path, content }: Input, form: Knowing, cache: string): Promise<Written> {
  const folder = mkdtempSync(join(tmpdir(), 'kharden-knowing-'));
  try {
    if (form === 'with-dockerfile') cpSync(REPOSITORY, folder, { recursive: true });
    else cpSync(learnedFile(cache), join(folder, basename(learnedFile(cache))));
    writeFileSync(join(folder, path), content);
    const said = JSON.parse(await execute(process.execPath, [program, '--format', 'json', '.'], folder)) as {
      findings: Finding[];
      files: { changes: Change[] }[];
    };
    await execute(process.execPath, [program, '--write', '.'], folder);
    const changes = said.files.flatMap((file) => file.changes);
    return { output: readFileSync(join(folder, path), 'utf8'), changes, findings: said.findings };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
