/**
 * kube-score and checkov judge real manifests before and after hardening: nothing that passed may fail, and a new object passes
 * everything. They judge objects, one a file, with what is written differently and means the same written alike.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { filesBelow } from '../../src/cli/files/walk.ts';
import { isArray, isObject, itemsAt, stringAt, type Json, type JsonObject } from '../../src/util/json.ts';
import { readWorkloads, valuesIn } from '../objects.ts';
import { assert, suite } from '../harness.ts';
import { CORPUS, copyOf, execute, kharden, temporaryFolder } from './world.ts';

/** Objects by what they are: their file, kind, namespace and name, and which of several like that. */
type Objects = ReadonlyMap<string, JsonObject>;

/** Failed checks, each as the id of the check, by object. */
type Failures = ReadonlyMap<string, ReadonlySet<string>>;

/** The objects of a folder. What is no YAML (templates of charts) is no manifest before and after. */
function objectsIn(folder: string): Objects {
  const objects = new Map<string, JsonObject>();
  for (const { path } of filesBelow(folder, folder, [])) {
    for (const document of parseAllDocuments(readFileSync(path, 'utf8'), { logLevel: 'silent', uniqueKeys: false })) {
      if (!('contents' in document) || document.errors.length > 0) continue;
      for (const object of valuesIn(document.toJS({ maxAliasCount: -1 }) as Json)) {
        if (stringAt(object, 'kind') === undefined || stringAt(object, 'apiVersion') === undefined) continue;
        const id = `${relative(folder, path)} ${stringAt(object, 'kind')} ${stringAt(object, 'metadata', 'namespace') ?? ''}/${stringAt(object, 'metadata', 'name') ?? ''}`;
        let number = 1;
        while (objects.has(`${id} ${number}`)) number++;
        objects.set(`${id} ${number}`, object);
      }
    }
  }
  return objects;
}

/** A member that is null is as good as none for the API server; checkov stumbles over it. */
function withoutNulls(value: Json): Json {
  if (isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])),
  );
}

/** The namespace is not kharden's choice: objects that leave it open, or are in `default`, are judged as if they were elsewhere. */
function inNamespace(object: JsonObject): JsonObject {
  const { metadata } = object;
  const isOpen = isObject(metadata) && ['', 'default'].includes(stringAt(metadata, 'namespace') ?? '');
  return isOpen ? { ...object, metadata: { ...metadata, namespace: 'shop' } } : object;
}

/** What containerd and CRI-O give to a container that drops nothing. */
const GIVEN = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** The same object with the capabilities of its containers spelled out: those that the runtime gives are added, too. */
function spelledOut(value: Json): Json {
  if (isArray(value)) return value.map(spelledOut);
  if (!isObject(value)) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spelledOut(one)]));
  if (stringAt(value, 'image') === undefined || stringAt(value, 'name') === undefined) return inner;
  const added = [...itemsAt(value, 'securityContext', 'capabilities', 'add'), ...(dropsAll(value) ? [] : GIVEN)];
  const context = isObject(inner['securityContext']) ? inner['securityContext'] : {};
  const capabilities = isObject(context['capabilities']) ? context['capabilities'] : {};
  return {
    ...inner,
    securityContext: { ...context, capabilities: { ...capabilities, ...(added.length > 0 ? { add: added } : {}) } },
  };
}

function dropsAll(container: Json): boolean {
  return itemsAt(container, 'securityContext', 'capabilities', 'drop').some((name) => String(name).toUpperCase() === 'ALL');
}

/** Writes each object into a file of its own, so that a verdict about a file is one about an object. */
function unpacked(objects: Objects): { folder: string; idOf(file: string): string } {
  const folder = join(temporaryFolder(), 'objects');
  mkdirSync(folder);
  const ids = [...objects.keys()];
  ids.forEach((id, index) =>
    writeFileSync(
      join(folder, `${index}.yaml`),
      stringify(withoutNulls(inNamespace(objects.get(id) ?? {})), { aliasDuplicateObjects: false }),
    ),
  );
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

function score(files: readonly string[]): ReturnType<typeof execute> {
  return execute('kube-score', ['score', '--output-format', 'json', ...files]);
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

function count(failures: Failures): number {
  return [...failures.values()].reduce((sum, checks) => sum + checks.size, 0);
}

suite('scanners', (test) => {
  const folder = copyOf(CORPUS);
  const before = objectsIn(folder);
  const { status, stderr } = kharden(['--write', '--quiet', folder]);
  const after = objectsIn(folder);
  const added = [...after.keys()].filter((id) => !before.has(id));

  test('every object is still there, and the new ones are service accounts', () => {
    assert.ok(status === 0 || status === 2, stderr);
    assert.equal(
      [...before.keys()].filter((id) => !after.has(id)),
      [],
    );
    assert.ok(added.length > 0);
    assert.equal(
      added.filter((id) => stringAt(after.get(id), 'kind') !== 'ServiceAccount'),
      [],
    );
  });

  test('containers get back only capabilities that they had', () => {
    const addedIn = (id: string, objects: Objects): Map<string, string[]> => {
      const containers = readWorkloads(objects.get(id) ?? {}).flatMap(({ pods }) => pods.flatMap((pod) => pod.containers));
      return new Map(
        containers.map(({ name, value }) => [name, itemsAt(value, 'securityContext', 'capabilities', 'add').map(String)]),
      );
    };
    const wider = [...before.keys()].flatMap((id) => {
      const had = addedIn(id, before);
      return [...addedIn(id, after)].flatMap(([name, add]) =>
        add.filter((one) => !GIVEN.includes(one) && !had.get(name)?.includes(one)).map((one) => `${id} ${name} ${one}`),
      );
    });
    assert.equal(wider, []);
  });

  for (const [name, scan] of [
    ['kube-score', kubeScore],
    ['checkov', checkov],
  ] as const) {
    test(`${name} finds no new problem`, () => {
      const [failedBefore, failedAfter] = [scan(before), scan(after)];
      const news = [...failedAfter].flatMap(([id, checks]) =>
        [...checks].filter((check) => !failedBefore.get(id)?.has(check)).map((check) => ({ id, check })),
      );
      const suspects = new Map(
        news.flatMap(({ id }) => (before.has(id) ? [[id, spelledOut(before.get(id) ?? {}) as JsonObject] as const] : [])),
      );
      const failedSpelledOut = suspects.size === 0 ? new Map<string, Set<string>>() : scan(suspects);
      const worse = news
        .filter(({ id, check }) => !failedSpelledOut.get(id)?.has(check))
        .map(({ id, check }) => `${id}: ${check}`);
      console.log(
        `\n${name}: ${count(failedBefore)} failed checks of ${before.size} objects before, ${count(failedAfter)} of ${after.size} after`,
      );
      assert.equal(worse, []);
      assert.ok(count(failedAfter) < count(failedBefore));
    });
  }
});
