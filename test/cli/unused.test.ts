/** What is said of a configuration that is for nothing. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { asLines, folderWith, hardPod, ONLY, pod } from './program.ts';

/** A Pod with one warning: an explicit value that is less safe. */
function warned(name = 'web'): string {
  return hardPod(name).replace('Escalation: false', 'Escalation: true');
}

const CONFIG = `exclude: [legcy/, old/]
overrides:
  - match: {namespace: shop}
    skip: all
  - match: {container: web}
    skip: [resources]
accept:
  - findings: [explicit-value, host-path]
    reason: seen
`;

const UNUSED = [
  '.kharden.yaml:1:11 unused-exclude exclude[0]: no file matches legcy/: correct the glob, or remove it',
  '.kharden.yaml:3:5 unused-override overrides[0]: no workload and no container matches: correct its match, or remove it',
  '.kharden.yaml:8:32 unused-accept accept[0].findings[1]: host-path is accepted and is no finding here: correct its id or its match, or remove it',
];

suite('cli/unused', (test) => {
  const files = {
    '.kharden.yaml': CONFIG,
    'k8s/a.yaml': warned(),
    'k8s/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n',
    'old/b.yaml': warned('b'),
    'values.yaml': 'a: 1\n',
  };
  async function unusedIn(folder: string, ...args: string[]): Promise<string[]> {
    const { stderr } = await kharden(['--check', ...args], { cwd: folder });
    return asLines(stderr).match(/^.*(?: unused-|--exclude).*$/gm) ?? [];
  }

  test('is reported in a run on all of the root, and only there', async () => {
    const folder = folderWith({ ...files, 'other/c.yaml': pod('c') });
    assert.equal(await unusedIn(folder, '.'), UNUSED);
    assert.equal(await unusedIn(folder, 'k8s', 'old', 'other/c.yaml'), UNUSED);
    assert.equal(await unusedIn(folder, 'k8s', 'old'), []);
    assert.equal(await unusedIn(folder, 'k8s/a.yaml'), []);
    assert.equal(await unusedIn(folder, '--exclude', 'k8s', '.'), []);
    assert.equal(await unusedIn(folder, '--config', '.kharden.yaml', '.'), UNUSED);
    assert.equal(await unusedIn(folder, ...ONLY, '.'), UNUSED.slice(0, 2));
  });

  test('what an ignore file leaves out is not missed, and with an error nothing is known', async () => {
    const folder = folderWith({ ...files, 'other/c.yaml': pod('c'), '.kharden-ignore': 'other/\n' });
    assert.equal(await unusedIn(folder, '.'), UNUSED);
    writeFileSync(join(folder, 'k8s/a.yaml'), 'kind: Pod\nspec: }\n');
    assert.equal(await unusedIn(folder, '.'), []);
  });

  test('a configuration of another folder may be for other files', async () => {
    const folder = folderWith({ 'shared.yaml': CONFIG, 'a/.kharden.yaml': '', 'a/x.yaml': warned() });
    assert.equal(await unusedIn(folder, '--config', 'shared.yaml', 'a'), []);
  });

  test('--fail-on counts it', async () => {
    const folder = folderWith(files);
    assert.is((await kharden(['audit', '--fail-on', 'unused-override', '.'], { cwd: folder })).status, 1);
  });

  test('a glob of --exclude is told in a run on folders', async () => {
    const folder = folderWith({ 'a.yaml': pod() });
    const line = 'kharden: --exclude b: no file matches: correct the glob, or remove it';
    assert.equal(await unusedIn(folder, '--exclude', 'a.yaml,b', '.'), [line]);
    assert.equal(await unusedIn(folder, '--exclude', 'a.yaml,b', 'a.yaml'), []);
    assert.equal(await unusedIn(folder, '--exclude', 'b', '--quiet', '.'), []);
  });
});
