/**
 * Checks every invariant on a folder of real manifests and prints a table: `npm run test:corpus -- FOLDER`.
 * The folder is hardened as a whole, as the program does it.
 */
import { diffLines } from 'diff';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { harden, type FileResult, type Input } from '../src/index.ts';
import { mayHoldKind, splitStream } from '../src/yaml/index.ts';
import { stringAt, type Json, type JsonObject } from '../src/util/json.ts';
import type { KubernetesObject } from '../src/kubernetes/object.ts';
import { limitBelowOptions, loweredRequest } from './amounts.ts';
import { changedAccount, lostToken, missingAccount, tokenOfInjector, userInHomeOfRoot } from './corpus-accounts.ts';
import { printJsonPatch } from '../src/report/formats/json-patch.ts';
import { printSarif } from '../src/report/formats/sarif.ts';
import { patchedElsewhere, type PatchEntry } from './report/formats/apply-patches.ts';
import { applySarifFixes, type SarifLog } from './report/formats/apply-sarif.ts';
import { CONTEXT } from './report/formats/results.ts';
import { unexplainedLoss } from './explained-edits.ts';
import { coverageOf, FLOOR, imagesOf, judge } from './images/coverage.ts';
import { wrongConnections } from './network/charts.ts';
import { KINDS, readWorkloads, valuesIn } from './objects.ts';
import { readsOtherwise } from './yaml/quick-reader.ts';

const folder = process.argv[2];
if (folder === undefined) {
  console.error('usage: npm run test:corpus -- FOLDER');
  process.exit(2);
}

const failures: string[] = [];
let passed = 0;

/** Counts one check of one file; a failed one is listed with its reason. */
function check(invariant: string, path: string, reason: string | undefined): void {
  if (reason === undefined) passed++;
  else failures.push(`${path}: ${invariant}: ${reason}`);
}

function manifests(below: string): string[] {
  return readdirSync(below, { withFileTypes: true }).flatMap((entry) => {
    const path = join(below, entry.name);
    if (entry.isDirectory()) return manifests(path);
    return /\.(?:ya?ml|json)$/.test(entry.name) ? [path] : [];
  });
}

const inputs: Input[] = manifests(folder)
  .sort()
  .map((path) => ({ path: relative(folder, path), content: readFileSync(path) }));
const started = performance.now();
const first = harden(inputs);
const seconds = (performance.now() - started) / 1000;
const second = harden(
  first.files.map(({ path, output }, index) => ({ path, content: output === '' ? (inputs[index] as Input).content : output })),
);

const sarif = JSON.parse([...printSarif({ problems: [], files: first.files }, CONTEXT)].join('')) as SarifLog;
const bySarif = applySarifFixes(sarif, new Map(first.files.map(({ path, input }) => [path, Buffer.from(input)])));
const patches = JSON.parse([...printJsonPatch({ problems: [], files: first.files })].join('')) as PatchEntry[];
const patchesOf = new Map<string, PatchEntry[]>();
for (const entry of patches) patchesOf.set(entry.path, [...(patchesOf.get(entry.path) ?? []), entry]);

first.files.forEach((file, index) => {
  const again = second.files[index] as FileResult;
  check('proved', file.path, file.findings.find(({ id }) => id === 'internal-error')?.message);
  check('idempotent', file.path, again.output === again.input ? undefined : firstDifference(again));
  check('local', file.path, unexplainedLoss(file));
  check('untouched', file.path, changedForeignDocument(file));
  check('sarif', file.path, bySarif.get(file.path)?.equals(Buffer.from(file.output)) ? undefined : 'its fixes make another text');
  check('json-patch', file.path, patchedElsewhere(file, patchesOf.get(file.path) ?? []));
  check('connections', file.path, wrongConnections(file.path, file.input));
  check(
    'read',
    file.path,
    splitStream(file.output)
      .map(({ start, end }) => readsOtherwise(file.output.slice(start, end)))
      .find(Boolean),
  );
});

const strict = harden(inputs, { profile: 'strict' }).files;
const strictAgain = harden(
  strict.map(({ path, output }, index) => ({ path, content: output === '' ? (inputs[index] as Input).content : output })),
  { profile: 'strict' },
).files;
strictAgain.forEach((file, index) => {
  check('strict: proved', file.path, strict[index]?.findings.find(({ id }) => id === 'internal-error')?.message);
  check('strict: idempotent', file.path, file.output === file.input ? undefined : firstDifference(file));
});

const objects = first.files.map(({ path, input, output }) => ({
  path,
  before: workloadsOf(input, path),
  after: workloadsOf(output, path),
  accountsBefore: accountsOf(input),
  all: objectsOfText(output),
}));
const byFolder = new Map<string, JsonObject[]>();
for (const { path, all } of objects) byFolder.set(dirname(path), [...(byFolder.get(dirname(path)) ?? []), ...all]);
for (const { path, before, after, accountsBefore, all } of objects) {
  const neighbours = byFolder.get(dirname(path)) ?? [];
  check('author', path, changedAccount(accountsBefore, all));
  check('injector', path, tokenOfInjector(before, after, neighbours));
  check('account', path, missingAccount(before, after, neighbours));
  check('token', path, lostToken(before, after, neighbours));
  check('limit', path, limitBelowOptions(before, after));
  check('request', path, loweredRequest(before, after));
  check('home', path, userInHomeOfRoot(before, after));
}

const { share } = coverageOf(objects.flatMap(({ before }) => before.flatMap(imagesOf)).map(judge));
const shareText = `${(100 * share).toFixed(1)} % of the images that can be known are known`;
check(
  'images',
  folder,
  share >= FLOOR ? undefined : `${shareText}, not ${100 * FLOOR} %: npm run images:coverage lists the others`,
);

/** Objects of what can be read; a second reading with the package's own options, so that the engine is not its own judge. */
function objectsOfText(text: string): JsonObject[] {
  const documents = parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false });
  return documents.flatMap((document) =>
    'contents' in document && document.errors.length === 0 ? valuesIn(document.toJS({ maxAliasCount: -1 }) as Json) : [],
  );
}

function workloadsOf(text: string, path: string): KubernetesObject[] {
  return objectsOfText(text).flatMap((object) => readWorkloads(object, { file: path }));
}

function accountsOf(text: string): JsonObject[] {
  return objectsOfText(text).filter((object) => stringAt(object, 'kind') === 'ServiceAccount');
}

function firstDifference({ input, output }: FileResult): string {
  const change = diffLines(input, output).find((part) => part.added || part.removed);
  return `the second run changes ${JSON.stringify(change?.value.slice(0, 120))}`;
}

/** A document that can hold neither a workload nor an account must stand in the output as it is. */
function changedForeignDocument(file: FileResult): string | undefined {
  const after = new Set(splitStream(file.output).map(({ start, end }) => file.output.slice(start, end)));
  for (const { start, end } of splitStream(file.input)) {
    const text = file.input.slice(start, end);
    if (!mayHoldKind(text, KINDS.changed) && !after.has(text)) return `changed ${JSON.stringify(text.slice(0, 80))}`;
  }
  return undefined;
}

const counts = new Map<string, number>();
const count = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
for (const file of first.files) {
  for (const change of file.changes) count(`change ${change.transform}`);
  for (const finding of file.findings) count(`finding ${finding.id}`);
}
const changed = first.files.filter((file) => file.input !== file.output).length;
console.log(
  `${first.files.length} files, ${first.files.reduce((sum, file) => sum + file.workloads, 0)} workloads, ${changed} files changed, ${seconds.toFixed(1)} s`,
);
console.log(shareText);
for (const [name, number] of [...counts].sort()) console.log(`${String(number).padStart(6)}  ${name}`);
for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
