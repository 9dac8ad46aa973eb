/**
 * How fast kharden is, as ratios to what is measured in the same run: `npm run bench -- FOLDER`. Without a folder it takes
 * copies of the project's own manifests. Prints the tables of bench/README.md.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { harden } from '../src/index.ts';
import { fileDiff } from '../src/report/diff.ts';
import { copies, folderWithoutWorkloads, manifestsIn, readInputs, temporaryFolder } from './folders.ts';
import { measure } from './measure.ts';

const ROUNDS = 5;
const START_ROUNDS = 15;
const COPIES = 2;

/** Reading certificates would be a third of Node's start. */
const ENVIRONMENT = { ...process.env, NODE_EXTRA_CA_CERTS: '' };

const root = fileURLToPath(new URL('..', import.meta.url));
const program = join(root, 'bin/kharden.js');
const folder = process.argv[2] ?? copies(COPIES, [join(root, 'test/fixtures'), join(root, 'examples')]);
/** What every program costs that reads YAML with the same library. */
const parseOnly = `const { parseAllDocuments } = require('yaml'), { readFileSync } = require('fs');
  for (const path of process.argv.slice(1)) parseAllDocuments(readFileSync(path, 'utf8'), ${JSON.stringify(quietly())});`;

execFileSync(process.execPath, [join(root, 'scripts/build.js')]);
console.log(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}\n`);
library('Manifests', manifestsIn(folder));
library('Documents without workloads', manifestsIn(folderWithoutWorkloads()));
start();
wholeFolder(manifestsIn(folder));

function quietly(): { logLevel: 'silent'; uniqueKeys: false } {
  return { logLevel: 'silent', uniqueKeys: false };
}

/** The library on files, against reading them and against parsing them with the package that it uses. */
function library(title: string, paths: readonly string[]): void {
  const bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
  const inputs = readInputs(paths);
  const { files } = harden(inputs);
  const workloads = files.reduce((sum, file) => sum + file.workloads, 0);
  const times = measure(ROUNDS, {
    read: { run: () => readInputs(paths) },
    parse: { run: () => inputs.forEach(({ content }) => parseAllDocuments(content.toString(), quietly())) },
    harden: { run: () => harden(inputs) },
    diff: { run: () => files.map(fileDiff) },
  });
  const row = (name: string, time: number): readonly string[] => [
    name,
    milliseconds(time),
    perSecond(paths.length, time),
    (bytes / 1000 / time).toPrecision(3),
    ratio(time, times.read),
    ratio(time, times.parse),
  ];
  table(`${title}: ${paths.length} files, ${(bytes / 1e6).toFixed(2)} MB, ${workloads} workloads`, [
    ['', 'ms', 'files/s', 'MB/s', '÷ reading', '÷ parsing'],
    row('reading the files', times.read),
    row('parsing them with `yaml`', times.parse),
    row('`harden()`', times.harden),
    ...(workloads === 0 ? [] : [row('printing the diffs', times.diff)]),
  ]);
}

/** How long it takes until something is done, against Node's own start. */
function start(): void {
  const one = join(temporaryFolder(), 'deployment.yaml');
  const container = '    - name: web\n      image: nginx\n';
  writeFileSync(one, `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n${container}`);
  const times = measure(START_ROUNDS, {
    node: { run: () => node('-e', '0') },
    version: { run: () => node(program, '--version') },
    one: { run: () => node(program, '--quiet', one) },
    parse: { run: () => node('-e', parseOnly, one) },
  });
  const row = (name: string, time: number): readonly string[] => [name, milliseconds(time), ratio(time, times.node)];
  table('Start-up', [
    ['', 'ms', '÷ `node -e 0`'],
    row('`node -e 0`', times.node),
    row('`kharden --version`', times.version),
    row('`kharden` on one manifest', times.one),
    row('a program that only parses it with `yaml`', times.parse),
  ]);
}

/** The program on a folder, against a program that reads the same files and parses them. */
function wholeFolder(paths: readonly string[]): void {
  let fresh = '';
  const times = measure(ROUNDS, {
    parse: { run: () => node('-e', parseOnly, ...paths) },
    diff: { run: () => node(program, '--quiet', folder) },
    write: { prepare: () => void (fresh = copies(1, [folder])), run: () => node(program, '--quiet', '--write', fresh) },
    again: { run: () => node(program, '--quiet', '--write', fresh) },
  });
  const row = (name: string, time: number): readonly string[] => [
    name,
    milliseconds(time),
    perSecond(paths.length, time),
    ratio(time, times.parse),
  ];
  table(`The program on ${paths.length} files`, [
    ['', 'ms', 'files/s', '÷ parsing'],
    row('a program that only parses them with `yaml`', times.parse),
    row('`kharden FOLDER`, the diff', times.diff),
    row('`kharden --write FOLDER`, each file synced to the disk', times.write),
    row('`kharden --write FOLDER` again, nothing to do', times.again),
  ]);
}

function node(...args: readonly string[]): void {
  const { error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore', env: ENVIRONMENT });
  if (error) throw error;
}

function milliseconds(time: number): string {
  return time.toFixed(time < 10 ? 1 : 0);
}

function perSecond(count: number, time: number): string {
  return Math.round((count / time) * 1000).toString();
}

function ratio(time: number, base: number): string {
  return (time / base).toFixed(time / base < 10 ? 2 : 0);
}

function table(title: string, [head = [], ...rows]: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  console.log(`### ${title}\n\n${[head, rule, ...rows].map(line).join('\n')}\n`);
}
