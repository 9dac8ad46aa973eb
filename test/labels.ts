/**
 * Judges a built program by the labels in `test/labels/`: `npm run test:labels -- CORPUS [--program PATH]`. Each folder of the
 * corpus that a label names is copied and hardened once, as a whole, with `--write`; a rendered chart alone, as it is installed. Prints every key of a label that the result
 * does not fulfil, and how many containers passed and failed.
 */
import fastGlob from 'fast-glob';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mismatches } from './labels/compare.ts';
import { readLabels, type Label } from './labels/label.ts';
import { accountsOf, placeOf } from './labels/workload.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { program: { type: 'string', default: join(here, '../bin/kharden.js') } },
});
const [corpus] = positionals;
if (corpus === undefined || positionals.length > 1) {
  console.error('usage: npm run test:labels -- CORPUS [--program PATH]');
  process.exit(2);
}
if (!existsSync(values.program)) throw new Error(`${values.program} is not there: build it first with npm run build`);

/** Labels also say what containers need whose images the program does not know; by default it leaves those alone. */
const OPTIONS = ['--write', '--unknown-images', 'harden'];

/** The part of the corpus that a label belongs to: a folder, or the file of a rendered chart. */
function partOf({ file }: Label): string {
  const [folder = ''] = file.split('/');
  return folder === 'rendered' ? file : folder;
}

/** A folder with a copy of a part, hardened by the program; an empty `.git` makes it the root of a repository. */
function hardenedCopy(part: string, work: string): string {
  const copy = mkdtempSync(join(work, 'part-'));
  cpSync(join(corpus as string, part), join(copy, part), { recursive: true });
  for (const path of fastGlob.sync(['.', '**'], { cwd: copy, dot: true, absolute: true, onlyFiles: false }))
    chmodSync(path, 0o755);
  mkdirSync(join(copy, '.git'));
  const { status, signal, stderr } = spawnSync(process.execPath, [resolve(values.program), ...OPTIONS, '.'], {
    cwd: copy,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status === null || /\bnot-written\b|^\s+at .*:\d+:\d+/m.test(stderr)) throw new Error(`${part}: ${signal ?? ''}${stderr}`);
  return copy;
}

/** The texts in the folder of a file, the file's own first. */
function textsBeside(path: string): string[] {
  const neighbours = readdirSync(dirname(path))
    .filter((name) => /\.(?:ya?ml|json)$/.test(name))
    .map((name) => join(dirname(path), name));
  return [path, ...neighbours.filter((neighbour) => neighbour !== path)].map((file) => readFileSync(file, 'utf8'));
}

/** The labels of all files; what several labels judge, or the corpus does not hold, is an error. */
function allLabels(): Label[] {
  const files = readdirSync(join(here, 'labels')).filter((name) => name.endsWith('.yaml'));
  const labels = files
    .sort()
    .flatMap((name) => readLabels(readFileSync(join(here, 'labels', name), 'utf8'), `test/labels/${name}`));
  const faults = labels.flatMap((label, index) => {
    const isFirst = labels.findIndex((one) => keyOf(one) === keyOf(label)) === index;
    return [...(isFirst ? [] : [`${keyOf(label)}: a second label`]), ...missing(label)];
  });
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return labels;
}

function keyOf({ file, workload, container }: Label): string {
  return `${file}: ${workload}: ${container}`;
}

function missing(label: Label): string[] {
  try {
    placeOf(label, readFileSync(join(corpus as string, label.file), 'utf8'));
    return [];
  } catch (error) {
    return [`${keyOf(label)}: ${(error as Error).message}`];
  }
}

/** Judges one container; a line for each key that is wrong. */
function judge(label: Label, copy: string): string[] {
  const [before = '', ...beforeBeside] = textsBeside(join(corpus as string, label.file));
  const [after = '', ...afterBeside] = textsBeside(join(copy, label.file));
  const place = placeOf(label, before);
  const wrong = mismatches(
    label,
    { ...place, accounts: accountsOf([before, ...beforeBeside]) },
    { ...placeOf(label, after, place.ordinal), accounts: accountsOf([after, ...afterBeside]) },
  );
  return wrong.map(({ key, wanted, got }) => `  ${key}: wanted ${wanted}, got ${got}`);
}

const labels = allLabels();
const work = mkdtempSync(join(tmpdir(), 'kharden-labels-'));
let failed = 0;
try {
  for (const part of new Set(labels.map(partOf))) {
    const copy = hardenedCopy(part, work);
    for (const label of labels.filter((one) => partOf(one) === part)) {
      const lines = judge(label, copy);
      if (lines.length === 0) continue;
      failed++;
      console.log(
        [`${label.file}: ${label.workload}: ${label.container}`, ...lines, `  because: ${label.why.trim()}`].join('\n'),
      );
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`${labels.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
