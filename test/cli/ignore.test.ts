/** What is left out: `.gitignore`, `.kharden-ignore`, `--exclude`, `--changed`; and what a stream is called. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { ONLY, asLines, assertOutcome, folderWith, hardPod, pod, summary } from './program.ts';

async function listed(folder: string, ...args: readonly string[]): Promise<string[]> {
  const { stdout } = await kharden([...ONLY, '--quiet', '--list-different', ...args], { cwd: folder });
  return stdout.split('\n').filter((line) => line !== '');
}

function git(folder: string, ...args: readonly string[]): void {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main'];
  execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'pipe' });
}

suite('cli/ignore', (test) => {
  const folder = folderWith({
    '.git/HEAD': '',
    '.gitignore': 'dist/\n*.tmp.yaml\n/root-only.yaml\n',
    '.kharden-ignore': '# Comments count as in git.\nvendor\n',
    'a.yaml': pod(),
    'b.tmp.yaml': pod(),
    'root-only.yaml': pod(),
    'dist/c.yaml': pod(),
    'vendor/d.yaml': pod(),
    'sub/.gitignore': '!keep.tmp.yaml\ne.yaml\n',
    'sub/keep.tmp.yaml': pod(),
    'sub/other.tmp.yaml': pod(),
    'sub/e.yaml': pod(),
    'sub/root-only.yaml': pod(),
    'sub/deep/e.yaml': pod(),
    'sub/deep/.kharden-ignore': '!e.yaml\n',
  });

  test('folders leave out what ignore files name, nested and negated', async () => {
    const expected = ['a.yaml', 'sub/deep/e.yaml', 'sub/keep.tmp.yaml', 'sub/root-only.yaml'];
    assert.equal(await listed(folder, '.'), expected);
    assert.equal(await listed(folder, '**/*.yaml'), expected);
    assert.equal(await listed(folder, 'sub'), expected.slice(1));
    assert.equal(await listed(join(folder, 'sub'), '.'), ['deep/e.yaml', 'keep.tmp.yaml', 'root-only.yaml']);
  });

  test('a file that is named is not left out; a folder where nothing is left says why', async () => {
    assert.equal(await listed(folder, 'b.tmp.yaml', 'dist/c.yaml'), ['b.tmp.yaml', 'dist/c.yaml']);
    const { status, stderr } = await kharden([...ONLY, '--quiet', 'dist'], { cwd: folder });
    assert.is(status, 2);
    assert.is(
      asLines(stderr),
      'dist: unusable-path no .yaml, .yml or .json files in this folder that no .gitignore leaves out: name another one\n',
    );
  });

  test('what git ignores states no facts, what kharden is to leave alone does', async () => {
    const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web}\n';
    const web =
      'apiVersion: v1\nkind: Pod\nmetadata: {generateName: web}\nspec: {serviceAccountName: web, containers: [{name: a, image: "x:1"}]}\n';
    const grant = `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a}\nroleRef: {kind: Role, name: a, apiGroup: rbac.authorization.k8s.io}\nsubjects: [{kind: ServiceAccount, name: web}]\n`;
    for (const [name, isKept] of [
      ['.gitignore', false],
      ['.kharden-ignore', true],
    ] as const) {
      const root = folderWith({
        '.git/HEAD': '',
        [name]: 'grants/\n',
        'a.yaml': `${web}---\n${account}`,
        'grants/a.yaml': grant,
      });
      const { stdout } = await kharden(['--only', 'no-service-account-token', '--quiet', '.'], { cwd: root });
      assert.is(stdout === '', isKept, name);
    }
  });

  test('--exclude takes globs from here, several times', async () => {
    assert.equal(await listed(folder, '--exclude', 'sub/**', '.'), ['a.yaml']);
    assert.equal(await listed(folder, '--exclude', 'a.yaml,sub/deep/', '--exclude', 'sub/keep*', '.'), ['sub/root-only.yaml']);
    assert.equal(await listed(folder, '--exclude', 'a.yaml', 'a.yaml'), []);
  });

  test('--changed takes what git says is another than in a commit, and what it does not know yet', async () => {
    const root = folderWith({ 'a.yaml': pod('a'), 'b/b.yaml': pod('b'), 'c ö.yaml': pod('c'), '.gitignore': 'no.yaml\n' });
    git(root, 'init', '--quiet');
    git(root, 'add', '.');
    git(root, 'commit', '--quiet', '-m', 'a');
    assert.equal(await listed(root, '--changed'), []);
    writeFileSync(join(root, 'c ö.yaml'), `# changed\n${pod('c')}`);
    writeFileSync(join(root, 'b/new.yaml'), pod('new'));
    writeFileSync(join(root, 'no.yaml'), pod('no'));
    assert.equal(await listed(root, '--changed'), ['b/new.yaml', 'c ö.yaml']);
    assert.equal(await listed(join(root, 'b'), '--changed=HEAD', '.'), ['new.yaml']);
    git(root, 'add', '.');
    git(root, 'commit', '--quiet', '-m', 'b');
    assert.equal(await listed(root, '--changed', 'HEAD~1'), ['b/new.yaml', 'c ö.yaml']);
    const unknown = 'kharden: --changed b: git knows no such commit: name one, or write --changed=HEAD before paths\n';
    assertOutcome(await kharden(['--changed', 'b'], { cwd: root }), 2, '', unknown);
    const none = 'kharden: --changed asks git, and this is no repository of it: run kharden inside of one, or name the files\n';
    assertOutcome(await kharden(['--changed'], { cwd: folderWith({}) }), 2, '', none);
  });

  test('--changed reads facts from all files', async () => {
    const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default}\nimagePullSecrets: [{name: registry}]\n';
    const web = 'apiVersion: v1\nkind: Pod\nmetadata: {generateName: web}\nspec: {containers: [{name: a, image: "x:1"}]}\n';
    const root = folderWith({ 'account.yaml': account });
    git(root, 'init', '--quiet');
    git(root, 'add', '.');
    git(root, 'commit', '--quiet', '-m', 'a');
    writeFileSync(join(root, 'web.yaml'), web);
    const { stdout } = await kharden(['--only', 'dedicated-service-account', '--changed'], { cwd: root });
    assert.match(stdout, /^\+- name: registry$/m);
  });

  test('--stdin-filename gives a stream a path: configuration, facts and messages are those of a file there', async () => {
    const root = folderWith({
      '.kharden.yaml': 'overrides: [{match: {path: skipped/*}, skip: all, reason: x}]\n',
      '.gitignore': 'dist\n',
      'x/a.yaml': 'a: 1\n',
    });
    const run = (name: string, input = pod()) => kharden([...ONLY, '--stdin-filename', name], { cwd: root, input });
    assertOutcome(await run('x/new.yaml'), 0, hardPod(), summary(1, 1, 'wrote', 1));
    const skipped = await run('skipped/a.yaml');
    assert.equal([skipped.status, skipped.stdout], [0, pod()]);
    assert.match(asLines(skipped.stderr), /^skipped\/a\.yaml:1:1 skipped-on-request /);
    assertOutcome(await run('dist/a.yaml'), 0, pod(), '');
    const excluded = await kharden([...ONLY, '--stdin-filename', 'a.yaml', '--exclude', 'a.yaml'], { cwd: root, input: pod() });
    assertOutcome(excluded, 0, pod(), '');
    const bad = await run('x/a.yaml', 'kind: Pod\nspec: }\n');
    assert.equal([bad.status, bad.stdout], [2, '']);
    assert.match(asLines(bad.stderr), /^x\/a\.yaml:2:7 invalid-yaml /m);
    assert.is(readFileSync(join(root, 'x/a.yaml'), 'utf8'), 'a: 1\n');
    const files = 'kharden: --stdin-filename names what comes from stdin, and paths are read from files: use one of them\n';
    assertOutcome(await kharden(['--stdin-filename', 'a.yaml', '.'], { cwd: root }), 2, '', files);
  });
});
