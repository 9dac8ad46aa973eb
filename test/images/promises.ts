/** What is promised for every image: an entry of the knowledge in each of the ways that people run it, hardened and checked. */
import { parseAllDocuments, stringify } from 'yaml';
import { harden, type Finding } from '../../src/index.ts';
import { completeEntry, type ImageEntry, type ImageKnowledge } from '../../src/images/index.ts';
import { itemsAt, member, path, stringAt, type Json, type JsonObject } from '../../src/util/json.ts';
import { isWithin, normalPath } from '../../src/kubernetes/volumes.ts';
import { assert } from '../harness.ts';
import { containersIn, refusals } from './api-server.ts';
import { documentsOf, ordinaryPods, referenceOf, specialPods, type Scenario } from './manifests.ts';

/** One entry for each way in which an image is special. */
export const SPECIAL = new Set([
  'nginx',
  'postgres-17',
  'redis',
  'rabbitmq',
  'coredns',
  'ingress-nginx',
  'node-exporter',
  'elasticsearch',
  'fluentd',
  'vault',
  'busybox',
  'csi-sidecars',
  'traefik',
  'pgadmin4',
  'windows',
  'unread-demos',
]);

/** Words of the commands in the scenarios that only root can run. */
const ROOT_COMMAND = /\bchown\b/;

interface Case {
  readonly scenario: Scenario;
  readonly pod: Json;
  readonly findings: readonly Finding[];
}

function hardened(content: string): { output: string; findings: readonly Finding[] } {
  const [file] = harden([{ path: 'pods.yaml', content }]).files;
  if (!file) throw new Error('no result');
  return file;
}

function podsIn(text: string): Json[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as Json)
    .filter((object) => member(object, 'kind') === 'Pod');
}

/** The container's own value, or the pod's. */
function effective(pod: Json, container: Json, field: string): Json | undefined {
  return path(container, 'securityContext', field) ?? path(pod, 'spec', 'securityContext', field);
}

function isNonRoot(pod: Json, container: Json): boolean {
  const uid = effective(pod, container, 'runAsUser');
  return typeof uid === 'number' ? uid > 0 : effective(pod, container, 'runAsNonRoot') === true;
}

function isWindows(knowledge: ImageKnowledge, pod: Json): boolean {
  return knowledge.os === 'windows' || path(pod, 'spec', 'os') !== undefined;
}

function* brokenPromises(knowledge: ImageKnowledge, { scenario, pod, findings }: Case): Generator<string> {
  const isWindowsPod = isWindows(knowledge, pod);
  const own = new Set(refusals({ spec: scenario.pod }, scenario.pod, isWindowsPod));
  yield* refusals(pod, path(pod, 'spec') ?? null, isWindowsPod).filter((reason) => !own.has(reason));
  const before = containersIn(scenario.pod);
  for (const [index, container] of containersIn(path(pod, 'spec') ?? null).entries()) {
    const given = before[index] ?? {};
    if (member(container, 'image') !== referenceOf(knowledge)) continue;
    yield* ofUser(knowledge, scenario.pod, given, pod, container);
    yield* ofPorts(knowledge, pod, container, findings);
    yield* ofMounts(knowledge, given, container);
    yield* ofCapabilities(knowledge, pod, given, container);
  }
}

function* ofUser(knowledge: ImageKnowledge, before: Json, given: JsonObject, pod: Json, container: Json): Generator<string> {
  const isMade = isNonRoot(pod, container) && !isNonRoot({ spec: before }, given);
  if (!isMade || isWindows(knowledge, pod)) return;
  if (ROOT_COMMAND.test(JSON.stringify(member(given, 'command') ?? ''))) yield 'made non-root in spite of its command';
  if (effective({ spec: before }, given, 'runAsUser') === 0) yield 'made non-root in spite of runAsUser: 0';
  if (knowledge.nonRoot === 'impossible') yield 'made non-root in spite of its image';
  if (typeof effective(pod, container, 'runAsGroup') !== 'number') yield 'made non-root without a group';
  if (effective(pod, container, 'runAsUser') === 1337 && knowledge.id !== 'istio') yield 'runs as the user of istio';
  const claims = itemsAt(before, 'volumes').filter((volume) => member(volume, 'persistentVolumeClaim'));
  const names = claims.map((volume) => stringAt(volume, 'name'));
  const mounts = itemsAt(given, 'volumeMounts')
    .filter((mount) => member(mount, 'readOnly') !== true && names.includes(stringAt(mount, 'name')))
    .map((mount) => normalPath(stringAt(mount, 'mountPath') ?? ''));
  const owned = knowledge.writable.filter(({ mustOwn }) => mustOwn !== undefined);
  if (owned.some(({ path: folder }) => mounts.includes(folder))) yield 'cannot own its folder';
  if (knowledge.fsGroup && mounts.length > 0) yield 'cannot write to its volume';
}

function* ofPorts(knowledge: ImageKnowledge, pod: Json, container: Json, findings: readonly Finding[]): Generator<string> {
  const declared = itemsAt(container, 'ports').map((port) => Number(member(port, 'containerPort')));
  const isLow = declared.some((port) => port < 1024) || (declared.length === 0 && knowledge.needs.includes('low-port'));
  if (!isLow || !isNonRoot(pod, container) || isWindows(knowledge, pod)) return;
  const sysctls = itemsAt(pod, 'spec', 'securityContext', 'sysctls').map((sysctl) => stringAt(sysctl, 'name'));
  const isReported = findings.some(({ id, message }) => id === 'unprivileged-ports' || message.startsWith('port '));
  if (!sysctls.includes('net.ipv4.ip_unprivileged_port_start') && !isReported) yield 'has a low port and no sysctl';
}

function* ofMounts({ writable, doNotMount }: ImageKnowledge, given: Json, container: Json): Generator<string> {
  const old = itemsAt(given, 'volumeMounts').length;
  const added = itemsAt(container, 'volumeMounts')
    .slice(old)
    .map((mount) => normalPath(stringAt(mount, 'mountPath') ?? ''));
  const filled = writable.filter(({ prepopulated }) => prepopulated);
  const kept = [...doNotMount, ...filled].map(({ path: folder }) => normalPath(folder));
  for (const place of added) {
    if (kept.some((folder) => isWithin(folder, place))) yield `the mount at ${place} hides files of the image`;
  }
  if (added.includes('/run') && added.includes('/var/run')) yield 'mounts /run and /var/run';
  const isReadOnly = path(container, 'securityContext', 'readOnlyRootFilesystem') === true;
  const all = itemsAt(container, 'volumeMounts').map((mount) => normalPath(stringAt(mount, 'mountPath') ?? ''));
  for (const { path: folder, prepopulated, optional } of isReadOnly ? writable : []) {
    const names = [folder, `/var${folder}`, folder.replace(/^\/var\/run/, '/run')].map(normalPath);
    const isWritable = names.some((name) => all.some((place) => isWithin(name, place)));
    if (!prepopulated && !optional && !isWritable) yield `cannot write to ${folder}`;
  }
}

function* ofCapabilities(knowledge: ImageKnowledge, pod: Json, given: Json, container: Json): Generator<string> {
  const dropped = itemsAt(container, 'securityContext', 'capabilities', 'drop');
  const added = itemsAt(container, 'securityContext', 'capabilities', 'add');
  if (!dropped.includes('ALL')) return;
  if (knowledge.fileCaps.some((name) => !added.includes(name))) yield 'lacks a capability of its executables';
  const isRoot = !isNonRoot(pod, container) && member(given, 'command') === undefined;
  if (isRoot && knowledge.capabilitiesIfRoot?.some((name) => !added.includes(name))) yield 'lacks a capability that root needs';
  if (isRoot && !knowledge.capabilitiesIfRoot) yield 'drops what nobody knows';
}

/** Hardens the ways to run an image, asserts that a second run changes nothing, and gives the promises that are broken. */
export function brokenPromisesOf(entry: ImageEntry): string[] {
  const scenarios = [...ordinaryPods(entry), ...(SPECIAL.has(entry.id ?? '') ? specialPods(entry) : [])];
  const first = hardened(
    documentsOf(scenarios)
      .map((object) => stringify(object))
      .join('---\n'),
  );
  assert.equal(
    first.findings.filter(({ id, severity }) => id === 'internal-error' || severity === 'error'),
    [],
  );
  assert.is(hardened(first.output).output, first.output);
  const pods = podsIn(first.output);
  assert.is(pods.length, scenarios.length);
  return scenarios.flatMap((scenario, index) => {
    const name = `pod-${index}`;
    const findings = first.findings.filter(({ object }) => object?.name === name);
    const one = { scenario, pod: pods[index] ?? null, findings };
    return [...brokenPromises(completeEntry(entry), one)].map((what) => `${scenario.name}: ${what}`);
  });
}
