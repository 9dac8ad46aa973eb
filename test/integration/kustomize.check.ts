/** The real kustomize builds every kustomization of the folder fixtures, before and after hardening. */
import fastGlob from 'fast-glob';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { isArray, isObject, itemsAt, path, stringAt, type Json, type JsonObject } from '../../src/util/json.ts';
import { accountNameOf } from '../../src/workspace/accounts.ts';
import { readWorkloads } from '../objects.ts';
import { assert, suite } from '../harness.ts';
import { copyOf, execute, kharden, PROJECT } from './world.ts';

const FOLDERS = join(PROJECT, 'test/folders');
const kustomizations = fastGlob.sync('**/kustomization.yaml', { cwd: FOLDERS }).map(dirname).sort();
const isComponent = (name: string): boolean =>
  readFileSync(join(FOLDERS, name, 'kustomization.yaml'), 'utf8').includes('kind: Component');

/** The objects of a build, by apiVersion, kind, namespace and name. */
function build(root: string, name: string): Map<string, JsonObject> {
  const { status, stdout, stderr } = execute('kustomize', ['build', join(root, name)]);
  assert.is(status, 0, `${name}: ${stderr}`);
  return new Map(
    parseAllDocuments(stdout)
      .map((document) => document.toJS() as JsonObject)
      .map((object) => [idOf(object), object]),
  );
}

function idOf(object: JsonObject): string {
  return [
    stringAt(object, 'apiVersion'),
    stringAt(object, 'kind'),
    stringAt(object, 'metadata', 'namespace') ?? '',
    stringAt(object, 'metadata', 'name'),
  ].join(' ');
}

/** Places in `before` whose value is missing or different in `after`; items of lists may be joined by others. */
function* lost(before: Json, after: Json | undefined, at: string): Generator<string> {
  if (isObject(before)) {
    if (!isObject(after)) return yield at;
    for (const [key, value] of Object.entries(before)) yield* lost(value, after[key], `${at}/${key}`);
  } else if (isArray(before)) {
    if (!isArray(after)) return yield at;
    for (const [index, value] of before.entries()) yield* lost(value, partner(value, index, after), `${at}/${index}`);
  } else if (before !== after && !isReplacement(before, after, at)) yield at;
}

/** Lists of named items are compared by name, others by index. */
function partner(value: Json, index: number, after: readonly Json[]): Json | undefined {
  const name = stringAt(value, 'name');
  return name === undefined ? after[index] : after.find((item) => stringAt(item, 'name') === name);
}

/** What is always replaced, because the meaning is the same in a form that is no longer read. */
function isReplacement(before: Json, after: Json | undefined, at: string): boolean {
  return /\/capabilities\/drop\/\d+$/.test(at) && String(before).toUpperCase() === after;
}

function podSpec(object: JsonObject): JsonObject | undefined {
  return readWorkloads(object)[0]?.pods[0]?.spec;
}

function accountsIn(objects: ReadonlyMap<string, JsonObject>): string[] {
  return [...objects.values()]
    .filter((object) => stringAt(object, 'kind') === 'ServiceAccount')
    .map((object) => `${stringAt(object, 'metadata', 'namespace') ?? ''}/${stringAt(object, 'metadata', 'name')}`);
}

function accountOf(object: JsonObject): string | undefined {
  const spec = podSpec(object);
  const name = spec && accountNameOf(spec);
  return name === undefined ? undefined : `${stringAt(object, 'metadata', 'namespace') ?? ''}/${name}`;
}

suite('kustomize', (test) => {
  const hardened = copyOf(FOLDERS);
  const { status, stderr } = kharden(['--write', '--quiet', hardened]);

  test('the folders are hardened', () => {
    assert.is(status, 0, stderr);
    assert.ok(kustomizations.length >= 7);
  });

  for (const name of kustomizations.filter((one) => !isComponent(one))) {
    test(`${name}: the build differs by the hardening only`, () => {
      const before = build(FOLDERS, name);
      const after = build(hardened, name);
      assert.ok(before.size > 0);
      for (const [id, object] of before) {
        const other = after.get(id);
        assert.equal(other === undefined ? ['gone'] : [...lost(object, other, '')], [], id);
        const spec = podSpec(object);
        if (!spec) assert.equal(other, object, `${id} is no workload`);
        else for (const key of Object.keys(object)) if (key !== 'spec') assert.equal(other?.[key], object[key], `${id} ${key}`);
      }
      const added = [...after].filter(([id]) => !before.has(id));
      assert.ok(added.length > 0 || !name.includes('overlays'));
      for (const [id, object] of added) {
        assert.is(stringAt(object, 'kind'), 'ServiceAccount', id);
        assert.is(path(object, 'automountServiceAccountToken'), false, id);
      }
    });

    test(`${name}: every account that a workload names is in the build`, () => {
      const after = build(hardened, name);
      const accounts = accountsIn(after);
      assert.equal(new Set(accounts).size, accounts.length);
      const named = [...after.values()].flatMap((object) => accountOf(object) ?? []);
      assert.ok(named.length > 0 || name === 'monorepo/apps/api');
      for (const account of named) assert.ok(accounts.includes(account), `${account} is not in ${accounts.join(', ')}`);
    });

    test(`${name}: nobody with rights loses the token`, () => {
      const after = build(hardened, name);
      const bound = [...after.values()].flatMap((object) =>
        itemsAt(object, 'subjects').map(
          (subject) =>
            `${stringAt(subject, 'namespace') ?? stringAt(object, 'metadata', 'namespace') ?? ''}/${stringAt(subject, 'name')}`,
        ),
      );
      const tokenless = [...after.values()].filter(
        (object) => bound.includes(accountOf(object) ?? '') && path(podSpec(object), 'automountServiceAccountToken') === false,
      );
      assert.equal(tokenless.map(idOf), []);
    });
  }

  test('name prefixes and suffixes reach the account and the workload that names it', () => {
    for (const [name, account] of [
      ['dev', 'shop-dev/dev-web'],
      ['staging', 'shop-staging/web-staging'],
      ['prod', 'shop/web'],
    ] as const) {
      const after = build(hardened, `overlays/overlays/${name}`);
      assert.ok(accountsIn(after).includes(account), account);
      assert.ok(
        [...after.values()].some((object) => accountOf(object) === account),
        account,
      );
    }
  });

  test('every kind of workload gets its account under its final name; kinds that kustomize does not follow keep theirs', () => {
    const folder = copyOf(join(FOLDERS, 'guestbook'));
    const workload = (kind: string, apiVersion: string, wrap: (template: string) => string): string =>
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${kind.toLowerCase()}}\n${wrap('{metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: redis:7}]}}')}\n`;
    const spec = (template: string): string => `spec: {selector: {matchLabels: {a: b}}, template: ${template}}`;
    const manifests = [
      workload('Pod', 'v1', () => 'spec: {containers: [{name: a, image: redis:7}]}'),
      ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map((kind) => workload(kind, 'apps/v1', spec)),
      workload('ReplicationController', 'v1', (template) => `spec: {selector: {a: b}, template: ${template}}`),
      workload('Job', 'batch/v1', (template) => `spec: {template: ${template}}`),
      workload('PodTemplate', 'v1', (template) => `template: ${template}`),
      workload('CronJob', 'batch/v1', (template) => `spec: {schedule: "@daily", jobTemplate: {spec: {template: ${template}}}}`),
    ];
    writeFileSync(join(folder, 'all.yaml'), manifests.map((text) => text.replace(/^/, '---\n')).join(''));
    writeFileSync(
      join(folder, 'kustomization.yaml'),
      'namePrefix: pre-\nnameSuffix: -post\nnamespace: here\nresources: [all.yaml]\n',
    );
    assert.is(kharden(['--write', '--quiet', folder]).status, 0);
    const after = build(folder, '.');
    const accounts = accountsIn(after);
    const without = [...after.values()].filter((object) => podSpec(object) && !accounts.includes(accountOf(object) ?? ''));
    assert.equal(without.map((object) => stringAt(object, 'kind')).sort(), ['PodTemplate', 'ReplicaSet']);
    assert.equal(without.map(accountOf), [undefined, undefined]);
    assert.is(accounts.length, manifests.length - without.length);
  });
});
