/**
 * How fast kharden is, as ratios to what is measured in the same run: `npm run bench [-- SECTION… [--schemas FOLDER]]` builds the
 * program, measures, and writes `bench/RESULTS.md` when all sections ran.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './programs.ts';
import { folder } from './sections/folder.ts';
import { growth } from './sections/growth.ts';
import { oneFile } from './sections/one-file.ts';
import { startUp } from './sections/start-up.ts';
import { helm, streams } from './sections/streams.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { schemas: { type: 'string' } } });
const SECTIONS: Readonly<Record<string, () => Promise<string>>> = {
  'start-up': startUp,
  folder: () => folder(values.schemas),
  'one-file': oneFile,
  streams,
  helm,
  growth,
};
const unknown = positionals.find((name) => !(name in SECTIONS));
if (unknown !== undefined) throw new Error(`no section ${unknown}: there are ${Object.keys(SECTIONS).join(', ')}`);

execFileSync(process.execPath, [join(ROOT, 'scripts/build.js')]);
const chosen = Object.entries(SECTIONS).filter(([name]) => positionals.length === 0 || positionals.includes(name));
const results = [`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}.\n`];
for (const [, measureSection] of chosen) {
  const result = await measureSection();
  console.log(result);
  results.push(result);
}
const head = '# Results\n\nWritten by `npm run bench`; [README.md](README.md) says what is measured and how.\n';
if (positionals.length === 0) writeFileSync(join(ROOT, 'bench/RESULTS.md'), [head, ...results].join('\n'));
