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
import { deepEqual, itemsAt, member, objectAt, path, stringAt, type Json, type JsonObject } from '../src/util/json.ts';
import { accountNameOf } from '../src/workspace/accounts.ts';
import type { Container, KubernetesObject } from '../src/kubernetes/object.ts';
import { limitBelowOptions, loweredRequest } from './amounts.ts';
import { unexplainedLoss } from './explained-edits.ts';
import { coverageOf, FLOOR, imagesOf, judge } from './images/coverage.ts';
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

first.files.forEach((file, index) => {
  const again = second.files[index] as FileResult;
  check('proved', file.path, file.findings.find(({ id }) => id === 'internal-error')?.message);
  check('idempotent', file.path, again.output === again.input ? undefined : firstDifference(again));
  check('local', file.path, unexplainedLoss(file));
  check('untouched', file.path, changedForeignDocument(file));
  check(
    'read',
    file.path,
    splitStream(file.output)
      .map(({ start, end }) => readsOtherwise(file.output.slice(start, end)))
      .find(Boolean),
  );
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

/** A ServiceAccount of the author that is not there any more as it was. */
function changedAccount(before: readonly JsonObject[], after: readonly JsonObject[]): string | undefined {
  const lost = before.find((account) => !after.some((object) => deepEqual(object, account)));
  return lost && `ServiceAccount ${stringAt(lost, 'metadata', 'name')} is not as it was`;
}

/** A word of an injector in annotations or labels, told by the words of its documentation alone. */
function asksForInjection(metadata: Json | undefined): boolean {
  const marks = { ...objectAt(metadata, 'labels'), ...objectAt(metadata, 'annotations') };
  return Object.entries(marks).some(
    ([key, value]) =>
      /^(?:consul\.hashicorp\.com\/connect-inject|vault\.hashicorp\.com\/agent-inject|linkerd\.io\/inject|dapr\.io\/enabled|kuma\.io\/sidecar-injection)$/.test(
        key,
      ) && /^(?:true|enabled)$/.test(String(value)),
  );
}

/** A workload that loses its token or its account although an injector is asked for, by the pod or by its namespace. */
function tokenOfInjector(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
  neighbours: readonly JsonObject[],
): string | undefined {
  for (const [index, workload] of after.entries()) {
    const [pod, old] = [workload.pods[0], before[index]?.pods[0]];
    if (!pod || !old || deepEqual(pod.spec, old.spec)) continue;
    const isMeshed = neighbours.some(
      (object) =>
        stringAt(object, 'kind') === 'Namespace' &&
        stringAt(object, 'metadata', 'name') === workload.namespace &&
        stringAt(object, 'metadata', 'annotations', 'linkerd.io/inject') === 'enabled',
    );
    const isRefused = stringAt(old.annotations, 'linkerd.io/inject') === 'disabled';
    if (!asksForInjection({ labels: old.labels, annotations: old.annotations }) && !(isMeshed && !isRefused)) continue;
    const wasOff = member(old.spec, 'automountServiceAccountToken') === false;
    if (!wasOff && member(pod.spec, 'automountServiceAccountToken') === false)
      return `${workload.kind} ${workload.name} lost its token`;
    if (accountNameOf(old.spec) !== accountNameOf(pod.spec)) return `${workload.kind} ${workload.name} lost its account`;
  }
  return undefined;
}

/** A container that gets a user although it mounts something in the home folder of root, which is closed to others. */
function userInHomeOfRoot(before: readonly KubernetesObject[], after: readonly KubernetesObject[]): string | undefined {
  const isMadeNonRoot = ({ value }: Container, old: Container | undefined): boolean =>
    path(value, 'securityContext', 'runAsUser') !== path(old?.value, 'securityContext', 'runAsUser');
  for (const [index, { kind, name, pods }] of after.entries()) {
    const old = before[index]?.pods[0]?.containers ?? [];
    const found = (pods[0]?.containers ?? []).find(
      (one, at) =>
        itemsAt(one.value, 'volumeMounts').some((mount) => /^\/root(?:\/|$)/.test(stringAt(mount, 'mountPath') ?? '')) &&
        isMadeNonRoot(one, old[at]),
    );
    if (found) return `${kind} ${name}, container ${found.name} gets a user`;
  }
  return undefined;
}

/** A workload that names an account since now, without one that is there. */
function missingAccount(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
  neighbours: readonly JsonObject[],
): string | undefined {
  for (const [index, workload] of after.entries()) {
    const name = accountNameOf(workload.pods[0]?.spec ?? {});
    if (name === undefined || accountNameOf(before[index]?.pods[0]?.spec ?? {}) === name) continue;
    const isThere = neighbours.some(
      (object) =>
        stringAt(object, 'kind') === 'ServiceAccount' &&
        stringAt(object, 'metadata', 'name') === name &&
        stringAt(object, 'metadata', 'namespace') === workload.namespace,
    );
    if (!isThere) return `${workload.kind} ${workload.name} names ${name}`;
  }
  return undefined;
}

/** A workload that loses its token although a binding of its folder gives its account rights. */
function lostToken(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
  neighbours: readonly JsonObject[],
): string | undefined {
  for (const [index, workload] of after.entries()) {
    const old = before[index]?.pods[0]?.spec ?? {};
    if (
      member(old, 'automountServiceAccountToken') === false ||
      member(workload.pods[0]?.spec, 'automountServiceAccountToken') !== false
    )
      continue;
    const name = accountNameOf(old) ?? 'default';
    for (const binding of neighbours.filter((object) => /^(?:Cluster)?RoleBinding$/.test(stringAt(object, 'kind') ?? ''))) {
      const fits = (subject: Json): boolean => {
        const namespace = stringAt(subject, 'namespace') ?? stringAt(binding, 'metadata', 'namespace');
        return (
          stringAt(subject, 'name') === name &&
          (namespace === undefined || workload.namespace === undefined || namespace === workload.namespace)
        );
      };
      if (itemsAt(binding, 'subjects').some(fits))
        return `${workload.kind} ${workload.name} has rights by ${stringAt(binding, 'metadata', 'name')}`;
    }
  }
  return undefined;
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
