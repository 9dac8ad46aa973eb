/**
 * What kube-score and checkov say of manifests. They judge objects, one a file, with what is written differently and means the same
 * written alike.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { filesBelow } from '../../src/cli/files/walk.ts';
import { isArray, isObject, objectAt, stringAt, type Json, type JsonObject } from '../../src/util/json.ts';
import { valuesIn } from '../objects.ts';
import { assert } from '../harness.ts';
import { CORPUS, execute, temporaryFolder } from './world.ts';

/** A file with manifests; its path leads from the folder that is judged. */
export interface Manifest {
  readonly path: string;
  readonly text: string;
}

/** Objects by what they are: their file, kind, namespace and name, and which of several like that. */
export type Objects = ReadonlyMap<string, JsonObject>;

/** Failed checks, each as the id of the check, by object. */
export type Failures = ReadonlyMap<string, ReadonlySet<string>>;

/** The manifests of a folder. */
export function manifestsIn(folder: string): Manifest[] {
  return filesBelow(folder, folder, []).map(({ path }) => ({ path: relative(folder, path), text: readFileSync(path, 'utf8') }));
}

/** The id of an object of a manifest, the first of its name. */
export function objectId(path: string, kind: string, namespace: string | undefined, name: string | undefined): string {
  return `${path}: ${kind} ${namespace ?? ''}/${name ?? ''}`;
}

/** The objects of manifests. What is no YAML (templates of charts) is no manifest before and after. */
export function objectsOf(manifests: readonly Manifest[]): Objects {
  const objects = new Map<string, JsonObject>();
  for (const { path, text } of manifests) {
    for (const document of parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false })) {
      if (!('contents' in document) || document.errors.length > 0) continue;
      for (const object of valuesIn(document.toJS({ maxAliasCount: -1 }) as Json)) {
        const kind = stringAt(object, 'kind');
        if (kind === undefined || stringAt(object, 'apiVersion') === undefined) continue;
        const id = objectId(path, kind, stringAt(object, 'metadata', 'namespace'), stringAt(object, 'metadata', 'name'));
        let number = 1;
        while (objects.has(number === 1 ? id : `${id} ${number}`)) number++;
        objects.set(number === 1 ? id : `${id} ${number}`, withLabelOfController(object));
      }
    }
  }
  return objects;
}

/** A Job with the label that its controller gives to its pods: policies select them by it. */
function withLabelOfController(object: JsonObject): JsonObject {
  const name = stringAt(object, 'metadata', 'name');
  if (object['kind'] !== 'Job' || object['apiVersion'] !== 'batch/v1' || name === undefined) return object;
  const [spec, template] = [objectAt(object, 'spec'), objectAt(object, 'spec', 'template')];
  const metadata = objectAt(template, 'metadata');
  const labels = { ...objectAt(metadata, 'labels'), 'job-name': name };
  return { ...object, spec: { ...spec, template: { ...template, metadata: { ...metadata, labels } } } };
}

function fileOf(id: string): string {
  return id.slice(0, id.indexOf(': '));
}

/** A member that is null is as good as none for the API server; checkov stumbles over it. */
function withoutNulls(value: Json): Json {
  if (isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])),
  );
}

/**
 * The namespace is not kharden's choice: objects that leave it open, or are in `default`, are judged as if they were elsewhere. Each
 * file has its own: kube-score adds up what it finds in objects of one name, and policies are not there for other applications.
 */
function inNamespace(object: JsonObject, file: number): JsonObject {
  const { metadata } = object;
  if (!isObject(metadata)) return object;
  const given = stringAt(metadata, 'namespace') ?? '';
  const namespace = `${['', 'default'].includes(given) ? 'shop' : given}-${file}`;
  return { ...object, metadata: { ...metadata, namespace } };
}

/** The predecessor of the ReplicaSet, for which checkov has no eye: they differ in nothing that is judged. */
function inSuccessor(object: JsonObject): JsonObject {
  const isOld = stringAt(object, 'kind') === 'ReplicationController' && stringAt(object, 'apiVersion') === 'v1';
  return isOld ? { ...object, apiVersion: 'apps/v1', kind: 'ReplicaSet' } : object;
}

/** Quotes texts such as `yes`, which are no texts for YAML 1.1. */
const AS_GO_READS = { version: '1.1', aliasDuplicateObjects: false } as const;

/** Writes each object into a file of its own, so that a verdict about a file is one about an object. */
function unpacked(objects: Objects): { folder: string; idOf(file: string): string } {
  const folder = join(temporaryFolder(), 'objects');
  mkdirSync(folder);
  const ids = [...objects.keys()];
  const files = [...new Set(ids.map(fileOf))];
  ids.forEach((id, index) => {
    const object = inNamespace(inSuccessor(objects.get(id) ?? {}), files.indexOf(fileOf(id)));
    writeFileSync(join(folder, `${index}.yaml`), stringify(withoutNulls(object), AS_GO_READS));
  });
  return { folder, idOf: (file) => ids[Number(basename(file, '.yaml'))] ?? file };
}

function collect(pairs: Iterable<readonly [id: string, check: string]>): Failures {
  const failures = new Map<string, Set<string>>();
  for (const [id, check] of pairs) failures.set(id, (failures.get(id) ?? new Set()).add(check));
  return failures;
}

interface CheckovReport {
  readonly results?: { readonly failed_checks: readonly { readonly check_id: string; readonly file_path: string }[] };
  readonly summary?: { readonly resource_count: number; readonly parsing_errors: number };
}

function checkov(objects: Objects): Failures {
  const { folder, idOf } = unpacked(objects);
  const { stdout, stderr } = execute('checkov', [
    '--framework',
    'kubernetes',
    '--skip-download',
    '--compact',
    '--quiet',
    '-o',
    'json',
    '-d',
    folder,
  ]);
  assert.ok(stdout.startsWith('{'), stderr.slice(0, 2000));
  const { results, summary } = JSON.parse(stdout) as CheckovReport;
  assert.is(summary?.parsing_errors, 0);
  assert.ok((summary?.resource_count ?? 0) > objects.size / 2, JSON.stringify(summary));
  return collect((results?.failed_checks ?? []).map(({ check_id, file_path }) => [idOf(file_path), check_id]));
}

interface ScoredObject {
  readonly file_name: string;
  readonly checks:
    | readonly { readonly check: { readonly id: string }; readonly grade: number; readonly skipped: boolean }[]
    | null;
}

/** What kube-score calls a success. */
const ALL_OK = 10;

/** Security checks that kube-score makes only when asked to. */
const OPTIONAL_CHECKS = ['container-seccomp-profile'].flatMap((id) => ['--enable-optional-test', id]);

function score(files: readonly string[]): ReturnType<typeof execute> {
  return execute('kube-score', ['score', '--output-format', 'json', ...OPTIONAL_CHECKS, ...files]);
}

/** The files that kube-score refuses to read, and all others with them: found by halving. */
function unreadable(files: readonly string[]): readonly string[] {
  if (files.length === 0 || !score(files).stderr.includes('failed to parse')) return [];
  if (files.length === 1) return files;
  const half = Math.ceil(files.length / 2);
  return [...unreadable(files.slice(0, half)), ...unreadable(files.slice(half))];
}

/** An object that kube-score cannot read counts as a failed check: it may have been unreadable before, but not become so. */
function kubeScore(objects: Objects): Failures {
  const { folder, idOf } = unpacked(objects);
  const files = [...objects.keys()].map((_, index) => join(folder, `${index}.yaml`));
  const refused = new Set(unreadable(files));
  const { stdout, stderr } = score(files.filter((file) => !refused.has(file)));
  assert.ok(stdout.startsWith('['), stderr.slice(0, 2000));
  const scored = (JSON.parse(stdout) as ScoredObject[]).flatMap(({ file_name, checks }) =>
    (checks ?? [])
      .filter(({ grade, skipped }) => !skipped && grade < ALL_OK)
      .map(({ check }) => [idOf(file_name), check.id] as const),
  );
  assert.ok(scored.length > 0);
  return collect([...scored, ...[...refused].map((file) => [idOf(file), 'unreadable'] as const)]);
}

/** How many checks fail. */
export function count(failures: Failures): number {
  return [...failures.values()].reduce((sum, checks) => sum + checks.size, 0);
}

/** A program that judges manifests. */
export interface Scanner {
  readonly name: string;
  scan(objects: Objects): Failures;
}

export const SCANNERS: readonly Scanner[] = [
  { name: 'kube-score', scan: kubeScore },
  { name: 'checkov', scan: checkov },
];

let original: Objects | undefined;
const verdicts = new Map<Scanner, Failures>();

/** The objects of the corpus as they are. */
export function originalObjects(): Objects {
  original ??= objectsOf(manifestsIn(CORPUS));
  return original;
}

/** What a scanner says of the corpus as it is; it is asked once, because that takes a while. */
export function originalFailures(scanner: Scanner): Failures {
  const known = verdicts.get(scanner) ?? scanner.scan(originalObjects());
  verdicts.set(scanner, known);
  return known;
}
