/** `--out`: a folder that kharden writes and nobody else, as one whole. */
import { mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMPONENT_MARKER } from '../../src/report/kustomize/names.ts';
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { asLines, folderWith, inShell, type Outcome } from './program.ts';

const NAMES = ['kustomization.yaml', 'resources.yaml'];
const WEB = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: busybox\n';
const OUT = ['--format', 'kustomize', '--out', 'hard'];

function run(cwd: string, ...args: readonly string[]): Promise<Outcome> {
  return kharden([...OUT, ...args], { cwd });
}

function filesIn(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** Asserts that a run failed with a line, and that the folder `hard` has these files. */
function assertRefused(outcome: Outcome, folder: string, line: string, files: Readonly<Record<string, string>>): void {
  assert.equal([outcome.status, outcome.stdout], [2, '']);
  assert.ok(asLines(outcome.stderr).includes(`${line}\n`), outcome.stderr);
  assert.equal(filesIn(join(folder, 'hard')), files);
}

suite('cli/out', (test) => {
  test('the folder is made; the inputs stay as they are; a second run changes nothing, though the folder is among them', async () => {
    const folder = folderWith({ 'web.yaml': WEB, 'kustomization.yaml': 'resources: [web.yaml]\ncomponents: [hard]\n' });
    const { status, stdout, stderr } = await run(folder, '.');
    assert.equal([status, stdout], [0, '']);
    assert.match(stderr, /^would change web.yaml \(\d+ changes\)$/m);
    assert.match(stderr, /\nkharden: wrote hard with 1 patch and 1 new object\n$/);
    const hard = join(folder, 'hard');
    const written = filesIn(hard);
    assert.equal(Object.keys(written), NAMES);
    for (const text of Object.values(written)) assert.ok(text.startsWith(COMPONENT_MARKER));
    const times = NAMES.map((name) => statSync(join(hard, name)).mtimeMs);
    assert.is((await run(folder, '--quiet', '.')).status, 0);
    assert.equal(filesIn(hard), written);
    assert.equal(
      NAMES.map((name) => statSync(join(hard, name)).mtimeMs),
      times,
    );
    assert.is(readFileSync(join(folder, 'web.yaml'), 'utf8'), WEB);
  });

  test('what is no longer needed is removed, and other files stay', async () => {
    const folder = folderWith({ 'web.yaml': WEB });
    await run(folder, 'web.yaml');
    writeFileSync(join(folder, 'hard/README.md'), 'mine');
    assert.match((await run(folder, '--only', 'resources', 'web.yaml')).stderr, /wrote hard with 1 patch and 0 new objects\n$/);
    assert.equal(readdirSync(join(folder, 'hard')), ['README.md', 'kustomization.yaml']);
    writeFileSync(join(folder, 'web.yaml'), 'kind: ConfigMap\n');
    assert.is((await run(folder, '--quiet', 'web.yaml')).stderr, '');
    const empty = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: []\n';
    assert.is(filesIn(join(folder, 'hard'))['kustomization.yaml'], COMPONENT_MARKER + empty);
  });

  test('a stream', async () => {
    const cwd = folderWith({});
    const { status, stdout, stderr } = await kharden([...OUT, '-'], { cwd, input: WEB });
    assert.equal([status, stdout], [0, '']);
    assert.match(stderr, /would change 1 file with .*[\s\S]*wrote hard with 1 patch and 1 new object\n$/);
  });

  const mine = { 'kustomization.yaml': 'resources: []\n' };
  for (const [name, files, line] of [
    [
      'a kustomization of somebody',
      mine,
      'hard/kustomization.yaml: not-written kharden did not write this file: choose another folder',
    ],
    [
      'resources of somebody',
      { 'resources.yaml': ` ${COMPONENT_MARKER}` },
      'hard/resources.yaml: not-written kharden did not write this file: choose another folder',
    ],
    [
      'a kustomization with another name',
      { 'kustomization.yml': COMPONENT_MARKER },
      'hard/kustomization.yml: not-written this belongs to another kustomization: choose another folder',
    ],
  ] as const) {
    test(`${name} is not overwritten, and nothing is written beside it`, async () => {
      const inHard = Object.fromEntries(Object.entries(files).map(([path, text]) => [`hard/${path}`, text]));
      const folder = folderWith({ 'web.yaml': WEB, ...inHard });
      assertRefused(await run(folder, 'web.yaml'), folder, line, files);
    });
  }

  test('neither is a link, wherever it leads', async () => {
    const folder = folderWith({ 'web.yaml': WEB, 'other.yaml': COMPONENT_MARKER });
    mkdirSync(join(folder, 'hard'));
    symlinkSync('../other.yaml', join(folder, 'hard/kustomization.yaml'));
    const line = 'hard/kustomization.yaml: not-written kharden did not write this file: choose another folder';
    assertRefused(await run(folder, 'web.yaml'), folder, line, { 'kustomization.yaml': COMPONENT_MARKER });
  });

  test('a file in place of the folder', async () => {
    const folder = folderWith({ 'web.yaml': WEB, hard: '' });
    const { status, stderr } = await run(folder, 'web.yaml');
    assert.is(status, 2);
    assert.ok(asLines(stderr).includes('hard: not-written a file has this name: choose another one\n'), stderr);
  });

  test('after an error, and without anything to read, the folder is as it was', async () => {
    const folder = folderWith({ 'web.yaml': WEB });
    await run(folder, 'web.yaml');
    const before = filesIn(join(folder, 'hard'));
    writeFileSync(join(folder, 'web.yaml'), WEB.replace('web', 'other'));
    const failed = await run(folder, 'web.yaml', 'missing.yaml');
    assert.is(failed.status, 2);
    assert.match(failed.stderr, /\nkharden: hard is as it was, because there were errors\n$/);
    const empty = await kharden(OUT, { cwd: folder });
    assert.equal([empty.status, empty.stdout], [0, '']);
    assert.match(empty.stderr, /^kharden: hard is as it was, because there was nothing to harden$/m);
    assert.equal(filesIn(join(folder, 'hard')), before);
  });

  test('a disk that takes no more: an error, the old files, and nothing left beside them', async () => {
    const folder = folderWith({ 'web.yaml': WEB });
    await run(folder, '--only', 'resources', 'web.yaml');
    const before = filesIn(join(folder, 'hard'));
    const outcome = inShell('ulimit -f 1; exec "$@"', [...OUT, '--quiet', 'web.yaml'], { cwd: folder });
    const reason = 'the file would be larger than the limit: raise the limit (ulimit -f)';
    assert.is(asLines(outcome.stderr), `hard/kustomization.yaml: not-written ${reason}\n`);
    assert.is(outcome.status, 2);
    const { 'resources.yaml': resources = '', ...rest } = filesIn(join(folder, 'hard'));
    assert.equal(rest, before);
    assert.ok(resources.startsWith(COMPONENT_MARKER));
  });

  test('what cannot be in a component is reported with its place', async () => {
    const folder = folderWith({ 'web.yaml': WEB.replace('name: web\nspec', 'generateName: web\nspec') });
    const { status, stderr } = await run(folder, 'web.yaml');
    assert.is(status, 0);
    const why = 'kustomize takes no object without a name: give it one, or leave it out of the base';
    assert.ok(asLines(stderr).includes(`web.yaml:1:1 not-in-component Pod: left out of the component: ${why}\n`), stderr);
    assert.match(stderr, /wrote hard with 0 patches and 0 new objects\n$/);
  });
});
