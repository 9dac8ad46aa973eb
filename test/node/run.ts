/**
 * Runs the cases on a node of their own: `npm run test:node -- [--cache FOLDER] [WORD...]`, all of them or those whose name holds a word.
 * Installs and builds what is not in the cache folder, brings the node up, and judges what came out. A whole run writes docs/proof.md.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepareTools } from './built.ts';
import { readCases } from './case.ts';
import { NODE_NAME } from './cluster/settings.ts';
import { allRecipes, archiveFolder, buildImages } from './images/build.ts';
import type { Ran } from './inside.ts';
import type { Form } from './form.ts';
import { KNOWING } from './knowing.ts';
import { learnImages } from './learned.ts';
import { leftovers } from './leftovers.ts';
import { missingOnMachine } from './machine.ts';
import { proofPage } from './proof.ts';
import { judge } from './verdict.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const RUN_MINUTES = 45;
/** Of the stand-ins for private images, in each form that does not try what nobody knows. */
const LEAST_SHARE = 0.95;
const MUST_WORK: readonly Form[] = ['hardened', 'safe-only', ...KNOWING];

const { values, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    cache: { type: 'string', default: join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'kharden-node') },
  },
});
const { cache } = values;

const missing = await missingOnMachine(cache);
if (missing.length > 0) {
  console.log(`skipped: ${missing.join('; ')}\n0 passed, 0 failed`);
  process.exit(0);
}
mkdirSync(cache, { recursive: true });
const begun = Date.now();
// Compilers and Debian's packages leave each other room.
const node = install('node');
if ((await install('images')) !== 0) process.exit(1);
const unbuilt: string[] = [];
const images = buildImages(cache, allRecipes(), (line) => {
  console.log(line);
  if (line.includes(': not built')) unbuilt.push(line);
});
writeFileSync(join(cache, 'archive.identity'), archiveFolder(cache, images).identity);
if ((await node) !== 0) process.exit(1);
await prepareTools(cache);
learnImages(cache, images);
const started = Date.now();
const run = join(cache, 'run');
const results = join(cache, 'results.jsonl');
rmSync(run, { recursive: true, force: true });
rmSync(results, { force: true });
await runInside();
rmSync(run, { recursive: true, force: true });

const lines = existsSync(results) ? readFileSync(results, 'utf8').split('\n').filter(Boolean) : [];
const ran = lines.map((line) => JSON.parse(line) as Ran);
const verdicts = readCases(words).map((subject) =>
  judge(
    subject,
    ran.filter(({ name }) => name === subject.name),
  ),
);
for (const { subject, failures, notes } of verdicts) {
  for (const note of notes) console.log(`note: ${subject.name}: ${note}`);
  for (const failure of failures) console.log(`FAILED ${subject.name}: ${failure}`);
}
const tooFew = words.length === 0 ? MUST_WORK.flatMap(shortfall) : [];
for (const what of tooFew) console.log(`FAILED ${what}`);
const left = leftovers(cache);
for (const what of left) console.log(`FAILED the node leaves ${what}`);
if (words.length === 0) writeFileSync(join(here, '../../docs/proof.md'), proofPage(verdicts, images));
const failed = verdicts.filter(({ failures }) => failures.length > 0).length + unbuilt.length + left.length + tooFew.length;
console.log(`${secondsSince(started)} s from the start of the node to the verdict, ${secondsSince(begun)} s in all`);
console.log(`${verdicts.length - verdicts.filter(({ failures }) => failures.length > 0).length} passed, ${failed} failed`);
process.exitCode = failed === 0 && verdicts.length > 0 ? 0 : 1;

function secondsSince(time: number): number {
  return Math.round((Date.now() - time) / 1000);
}

/** Brings what a node or its images are made of; resolves to the exit code. */
function install(part: 'node' | 'images'): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(here, 'install.sh'), [cache, part], { stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Says that too few stand-ins work in a form. */
function shortfall(form: Form): string[] {
  const all = verdicts.filter(({ subject }) => subject.group === 'unknown');
  const working = all.filter(({ outcomes: found }) => found[form]?.state === 'works').length;
  return working < LEAST_SHARE * all.length ? [`${form}: only ${working} of ${all.length} stand-ins work`] : [];
}

/** The node and all that runs on it end when this process does: `up.sh` sees that its standard input is closed. */
function runInside(): Promise<void> {
  const inside = [process.execPath, '--import', 'tsx', join(here, 'inside.ts'), cache, run, results, ...words];
  const child = spawn(join(here, 'cluster/up.sh'), [NODE_NAME, ...inside], {
    cwd: join(here, '../..'),
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const late = setTimeout(() => child.stdin?.end(), RUN_MINUTES * 60_000);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(late);
      if (code !== 0) console.log(`the node ended with ${code}; the logs of its parts are in ${join(cache, 'log')}`);
      resolve();
    });
  });
}
