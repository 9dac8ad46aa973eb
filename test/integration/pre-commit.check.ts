/** The hooks of pre-commit, taken from a clone of this checkout, in a git repository of their own. */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { execute, PROJECT, temporaryFolder, type Outcome } from './world.ts';

const IDENTITY = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.org',
};
const env = { ...IDENTITY, PRE_COMMIT_HOME: join(temporaryFolder(), 'cache') };

function git(cwd: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = execute('/usr/bin/env', ['git', ...args], { cwd, env });
  assert.is(status, 0, stderr);
  return stdout;
}

/** A clone with the checkout's own files as they are, committed: what a release would have. */
function release(): string {
  const clone = join(temporaryFolder(), 'kharden');
  git(PROJECT, 'clone', '--quiet', PROJECT, clone);
  const names = git(PROJECT, 'ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '-z')
    .split('\0')
    .filter((name) => name !== '' && existsSync(join(PROJECT, name)));
  for (const name of names) cpSync(join(PROJECT, name), join(clone, name));
  git(clone, 'add', '--all');
  git(clone, 'commit', '--quiet', '--allow-empty', '--message', 'release');
  return clone;
}

/** A repository with a manifest in two files and the hooks of `source`. */
function repository(source: string): string {
  const folder = temporaryFolder();
  const hooks = '  hooks:\n  - id: kharden\n  - id: kharden-check\n';
  const config = `repos:\n- repo: ${source}\n  rev: ${git(source, 'rev-parse', 'HEAD').trim()}\n${hooks}`;
  writeFileSync(join(folder, '.pre-commit-config.yaml'), config);
  cpSync(join(PROJECT, 'examples/shop'), join(folder, 'shop'), { recursive: true });
  git(folder, 'init', '--quiet');
  git(folder, 'add', '--all');
  return folder;
}

suite('pre-commit', (test) => {
  const folder = repository(release());
  const run = (...args: readonly string[]): Outcome => execute('pre-commit', ['run', ...args], { cwd: folder, env });
  const before = readFileSync(join(folder, 'shop/web.yaml'), 'utf8');

  test('the check shows the diff, fails and changes nothing', () => {
    const { status, stdout } = run('kharden-check');
    assert.is(status, 1, stdout);
    assert.match(stdout, /^\+ +runAsNonRoot: true$/m);
    assert.is(readFileSync(join(folder, 'shop/web.yaml'), 'utf8'), before);
  });

  test('the first run changes the files and fails, the second passes', () => {
    const first = run('kharden');
    assert.is(first.status, 1, first.stdout);
    assert.match(first.stdout, /files were modified by this hook/);
    assert.match(readFileSync(join(folder, 'shop/web.yaml'), 'utf8'), /runAsNonRoot: true/);
    git(folder, 'add', '--all');
    const second = run();
    assert.is(second.status, 0, second.stdout);
  });

  test('a file by itself changes as all of them do', () => {
    const all = readFileSync(join(folder, 'shop/web.yaml'), 'utf8');
    cpSync(join(PROJECT, 'examples/shop'), join(folder, 'shop'), { recursive: true });
    git(folder, 'add', '--all');
    run('kharden', '--files', 'shop/web.yaml');
    assert.is(readFileSync(join(folder, 'shop/web.yaml'), 'utf8'), all);
    assert.is(
      readFileSync(join(folder, 'shop/cart.yaml'), 'utf8'),
      readFileSync(join(PROJECT, 'examples/shop/cart.yaml'), 'utf8'),
    );
  });

  test('a file that cannot be read fails the commit', () => {
    writeFileSync(join(folder, 'broken.yaml'), 'apiVersion: v1\nkind: Pod\nspec: [\n');
    git(folder, 'add', '--all');
    const { status, stdout } = run('kharden', '--files', 'broken.yaml');
    assert.is(status, 1);
    assert.match(stdout, /broken\.yaml\n {2}\d+:\d+ +error {2}invalid-yaml/);
  });
});
