/** Which files the arguments name, in which order, and what is said about those that cannot be read. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { ONLY, asLines, assertOutcome, folderWith, inShell, pod, podDiff, summary } from './program.ts';

const QUIET = [...ONLY, '--quiet'];

const NO_MATCH = 'unusable-path no file matches this pattern: check it, and put it in quotes';

function folderWithPods(...names: readonly string[]): string {
  return folderWith(Object.fromEntries(names.map((name) => [name, pod()])));
}

/** The files in the diff, in its order. */
function filesIn(diff: string): string[] {
  return [...diff.matchAll(/^\+\+\+ b\/(.*)$/gm)].map((match) => match[1] as string);
}

suite('cli/paths', (test) => {
  test('folders give their manifests in the order of names, arguments in their own order', async () => {
    const folder = folderWithPods('b/2.yaml', 'b/10.yml', 'b/a/x.yaml', 'b/B.yaml', 'c.yaml');
    const { status, stdout, stderr } = await kharden([...QUIET, 'c.yaml', 'b', '.'], { cwd: folder });
    assert.equal(
      { status, stderr, files: filesIn(stdout) },
      {
        status: 0,
        stderr: '',
        files: ['c.yaml', 'b/10.yml', 'b/2.yaml', 'b/B.yaml', 'b/a/x.yaml'],
      },
    );
  });

  test('in folders only manifests are read; a named file is read whatever its name', async () => {
    const folder = folderWithPods('pod.txt', 'pod.yaml~', 'pod.YAML', 'node_modules/a.yaml', '.git/a.yaml');
    assertOutcome(await kharden([...QUIET, '.'], { cwd: folder }), 0, podDiff('pod.YAML'), '');
    assertOutcome(await kharden([...QUIET, 'pod.txt'], { cwd: folder }), 0, podDiff('pod.txt'), '');
  });

  test('a file that is named more than once is done once', async () => {
    const folder = folderWith({ 'pod.yaml': pod(), 'sub/x.txt': '' });
    symlinkSync('pod.yaml', join(folder, 'link.yaml'));
    const names = ['pod.yaml', './pod.yaml', 'sub/../pod.yaml', join(folder, 'pod.yaml'), 'link.yaml', '.', '*.yaml'];
    assertOutcome(await kharden([...ONLY, ...names], { cwd: folder }), 0, podDiff('pod.yaml'), summary(1, 1, 'would change', 1));
  });

  test('a folder named like a manifest is a folder', async () => {
    const folder = folderWith({ 'x.yaml/pod.yaml': pod() });
    for (const name of ['.', 'x.yaml', '*.yaml']) {
      assertOutcome(await kharden([...QUIET, name], { cwd: folder }), 0, podDiff('x.yaml/pod.yaml'), '');
    }
  });

  test('globs find files and folders, hidden ones too, but nothing in .git and node_modules', async () => {
    const folder = folderWithPods('a/x.yaml', 'a/y.yml', 'b/.hidden/z.yaml', 'b/.git/g.yaml', 'node_modules/n.yaml');
    const found = async (...globs: string[]): Promise<string[]> =>
      filesIn((await kharden([...QUIET, ...globs], { cwd: folder })).stdout);
    assert.equal(await found('**/*.yaml'), ['a/x.yaml', 'b/.hidden/z.yaml']);
    assert.equal(await found('a/?.y*'), ['a/x.yaml', 'a/y.yml']);
    assert.equal(await found('{b,a}'), ['a/x.yaml', 'a/y.yml', 'b/.hidden/z.yaml']);
    assert.equal(await found(`${folder}/[ab]`), ['a/x.yaml', 'a/y.yml', 'b/.hidden/z.yaml']);
  });

  test('a file whose name is a glob is that file', async () => {
    const folder = folderWith({ 'a[1].yaml': pod(), 'a1.yaml': pod() });
    assertOutcome(await kharden([...QUIET, 'a[1].yaml'], { cwd: folder }), 0, podDiff('a[1].yaml'), '');
  });

  const missing: Readonly<Record<string, readonly [path: string, problem: string]>> = {
    'a missing path': ['missing.yaml', 'missing.yaml: unusable-path no such file or folder: check the path'],
    'a path below a file': ['pod.yaml/x', 'pod.yaml/x: unusable-path no such file or folder: check the path'],
    'a glob that fits nothing': ['*.nothing', `*.nothing: ${NO_MATCH}`],
    'a folder without manifests': [
      'empty',
      'empty: unusable-path no .yaml, .yml or .json files in this folder that no .gitignore leaves out: name another one',
    ],
    'a link that leads nowhere': ['dangling', 'dangling: unusable-path no such file or folder: check the path'],
    'links in a circle': ['circle', 'circle: unusable-path the symbolic links form a loop: correct or remove one of them'],
    'a name that is too long': [
      'x'.repeat(300),
      `${'x'.repeat(300)}: unusable-path the name is too long for this file system: check the path`,
    ],
    'a pattern with a control character': ['[\u0001]', `[\\x01]: ${NO_MATCH}`],
  };
  for (const [name, [path, problem]] of Object.entries(missing)) {
    test(`${name} is an error, and the rest is done`, async () => {
      const folder = folderWith({ 'pod.yaml': pod(), 'empty/readme.txt': '' });
      symlinkSync('nowhere', join(folder, 'dangling'));
      symlinkSync('circle', join(folder, 'circle'));
      const outcome = await kharden([...ONLY, path, 'pod.yaml'], { cwd: folder });
      assertOutcome(outcome, 2, podDiff('pod.yaml'), `${summary(1, 1, 'would change', 1)}${problem}\n`);
      assertOutcome(await kharden([...QUIET, '--check', path], { cwd: folder }), 2, '', `${problem}\n`);
    });
  }

  test('in a folder, links that lead nowhere or in a circle are errors', async () => {
    const folder = folderWith({ 'pod.yaml': pod() });
    symlinkSync('nowhere', join(folder, 'a.yaml'));
    symlinkSync('b.yaml', join(folder, 'b.yaml'));
    symlinkSync('nowhere', join(folder, 'no-manifest'));
    const problems = [
      'a.yaml: unusable-path the target of the symbolic link does not exist: correct or remove the link',
      'b.yaml: unusable-path the symbolic links form a loop: correct or remove one of them',
    ];
    assertOutcome(await kharden([...QUIET, '.'], { cwd: folder }), 2, podDiff('pod.yaml'), `${problems.join('\n')}\n`);
  });

  test('in a folder, links are not followed out of it, which is said', async () => {
    const outside = folderWith({ 'pod.yaml': pod(), 'folder/pod.yaml': pod() });
    const folder = folderWith({ 'pod.yaml': pod(), 'sub/x.yaml': pod() });
    symlinkSync(join(outside, 'pod.yaml'), join(folder, 'file.yaml'));
    symlinkSync(join(outside, 'folder'), join(folder, 'folder'));
    symlinkSync('sub', join(folder, 'inside'));
    symlinkSync('sub/x.yaml', join(folder, 'z.yaml'));
    const note =
      'skipped-link the symbolic link leads out of this folder and is not followed: name the link to harden its target';
    const notes = ['file.yaml', 'folder'].map((name) => `${name}: ${note}\n`);
    const diff = podDiff('pod.yaml') + podDiff('sub/x.yaml');
    for (const path of ['.', '*', '**']) {
      assertOutcome(await kharden([...ONLY, path], { cwd: folder }), 0, diff, notes.join('') + summary(2, 2, 'would change', 2));
    }
    assertOutcome(await kharden([...QUIET, '.'], { cwd: folder }), 0, diff, '');
    assert.equal(filesIn((await kharden([...QUIET, 'file.yaml', 'folder'], { cwd: folder })).stdout), [
      'file.yaml',
      'folder/pod.yaml',
    ]);
  });

  test('pipes are read when they are named, and not when they lie in a folder', async () => {
    const folder = folderWith({ 'pod.yaml': pod() });
    assertOutcome(inShell('cat pod.yaml | "$@"', [...QUIET, '/dev/stdin'], { cwd: folder }), 0, podDiff('dev/stdin'), '');
    spawnSync('mkfifo', [join(folder, 'pipe.yaml')]);
    assertOutcome(await kharden([...QUIET, '.'], { cwd: folder }), 0, podDiff('pod.yaml'), '');
  });

  test('a folder that is gone meanwhile is one line', () => {
    const folder = folderWith({ 'pod.yaml': pod() });
    mkdirSync(join(folder, 'gone'));
    const outcome = inShell('cd gone && rmdir ../gone && exec "$@"', [...QUIET, '../pod.yaml'], { cwd: folder });
    assert.is(outcome.status, 2);
    assert.match(asLines(outcome.stderr), /^[^\n]*no such file or folder: check the path\n$/);
  });
});
