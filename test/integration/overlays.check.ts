/**
 * Every kustomization of the overlay cases, of the folder fixtures and of the corpus, before and after hardening: kustomize builds
 * it as the simulation says, the API server takes each object that it took before, and nothing of the hardening is half lost.
 */
import fastGlob from 'fast-glob';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { openFile } from '../../src/engine/read.ts';
import { createImageLookup } from '../../src/images/index.ts';
import { isObject, path, stringAt, type Json, type JsonObject } from '../../src/util/json.ts';
import { readWorkspace, type Workspace } from '../../src/workspace/workspace.ts';
import { assert, suite } from '../harness.ts';
import { KINDS, podSpecKeys } from '../objects.ts';
import { overlayCases } from '../overlays.ts';
import { startApiServer, type ApiServer } from './api-server.ts';
import { halves } from './wholeness.ts';
import { copyOf, CORPUS, execute, kharden, PROJECT, temporaryFolder } from './world.ts';

const KUSTOMIZATION = '**/{kustomization.yaml,kustomization.yml,Kustomization}';

/** A folder with all cases, the folder fixtures and the kustomizations of the corpus. */
function gather(): string {
  const root = temporaryFolder();
  for (const { name, files } of overlayCases()) {
    for (const [file, text] of Object.entries(files)) {
      const target = join(root, 'cases', name, file);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  }
  cpSync(join(PROJECT, 'test/folders'), join(root, 'folders'), { recursive: true });
  for (const file of fastGlob.sync(KUSTOMIZATION, { cwd: CORPUS }))
    cpSync(join(CORPUS, dirname(file)), join(root, 'corpus', dirname(file)), { recursive: true });
  return root;
}

/** The objects of a build; undefined when kustomize refuses it. */
function build(root: string, folder: string): JsonObject[] | undefined {
  const { status, stdout } = execute('kustomize', ['build', '--load-restrictor', 'LoadRestrictionsNone', join(root, folder)]);
  if (status !== 0) return undefined;
  return parseAllDocuments(stdout)
    .map((document) => document.toJS() as Json)
    .filter(isObject);
}

const idOf = (object: JsonObject): string =>
  [stringAt(object, 'apiVersion'), stringAt(object, 'kind'), stringAt(object, 'metadata', 'name')].join(' ');

function workspaceOf(root: string): Workspace {
  const run = { kinds: KINDS, lookup: createImageLookup([]) };
  const files = fastGlob.sync('**/*', { cwd: root }).map((file) => ({ path: file, content: readFileSync(join(root, file)) }));
  return readWorkspace(files.map((input) => openFile(input, run)));
}

const before = gather();
const after = copyOf(before);
const hardened = kharden(['--write', '--quiet', after]);
const folders = fastGlob
  .sync(KUSTOMIZATION, { cwd: before })
  .filter((file) => !isComponent(join(before, file)))
  .map(dirname)
  .sort();

function isComponent(file: string): boolean {
  return readFileSync(file, 'utf8').includes('kind: Component');
}

suite('overlays: builds', (test) => {
  let server: ApiServer | undefined;
  const taken = new Map<string, number>();

  test('the folders are hardened, and the API server starts', async () => {
    assert.is(hardened.status, 0, hardened.stderr);
    server = await startApiServer();
  });

  for (const folder of folders) {
    test(folder, async () => {
      const [old, now] = [build(before, folder), build(after, folder)];
      if (!old) return;
      assert.ok(now, 'kustomize refuses the build after hardening');
      const accounts = new Set(
        now.filter((one) => one['kind'] === 'ServiceAccount').map((one) => String(path(one, 'metadata', 'name'))),
      );
      const problems = old.flatMap((object) => {
        const other = now.find((one) => idOf(one) === idOf(object));
        return other
          ? halves(object, other, accounts).map((problem) => `${idOf(object)}: ${problem}`)
          : [`${idOf(object)} is gone`];
      });
      assert.equal(problems, []);
      const isRefused = async (object: JsonObject): Promise<string | undefined> => await server?.refusal(object);
      const refusedBefore = await Promise.all(old.map(isRefused));
      for (const [index, object] of old.entries()) {
        if (refusedBefore[index] !== undefined) continue;
        const hardenedObject = now.find((one) => idOf(one) === idOf(object)) ?? object;
        assert.is(await isRefused(hardenedObject), undefined, idOf(object));
      }
      const added = now.filter((one) => !old.some((object) => idOf(object) === idOf(one)));
      for (const object of added) assert.is(await isRefused(object), undefined, idOf(object));
      taken.set(folder, refusedBefore.filter((refusal) => refusal === undefined).length);
    });
  }

  test('the API server took most of what was built', () => {
    server?.stop();
    const builds = [...taken.values()].filter((count) => count > 0).length;
    assert.ok(builds > 120, `only ${builds} builds of ${folders.length}`);
  });
});

suite('overlays: the simulation', (test) => {
  const workspace = workspaceOf(before);
  const manifests = fastGlob.sync('cases/**/*.{yaml,json}', { cwd: before });
  const run = { kinds: KINDS, lookup: createImageLookup([]) };

  for (const { name } of overlayCases()) {
    test(name, () => {
      let compared = 0;
      for (const file of manifests.filter((one) => one.startsWith(`cases/${name}/`))) {
        for (const { folder, stepsFor } of workspace.buildsOf(file)) {
          const built = build(before, folder);
          for (const object of openFile({ path: file, content: readFileSync(join(before, file)) }, run).objects()) {
            const keys = podSpecKeys(object.kind);
            if (!keys) continue;
            const simulated = stepsFor(object.value).reduce<JsonObject | undefined>(
              (value, step) => value && step.apply(value),
              object.value,
            );
            const real = built?.find(
              (one) => one['kind'] === object.kind && String(path(one, 'metadata', 'name')).includes(object.name),
            );
            assert.equal(path(simulated, ...keys), path(real, ...keys), folder);
            compared++;
          }
        }
      }
      assert.ok(compared > 0);
    });
  }
});
