/** The recipe for lint-staged: what is committed is hardened, and a file that cannot be read stops the commit. */
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, suite } from '../harness.ts';
import { execute, KHARDEN, PROJECT, temporaryFolder, type Outcome } from './world.ts';

const folder = temporaryFolder();
const bin = join(folder, 'node_modules/.bin');
const git = (...args: readonly string[]): string => {
  const { status, stdout, stderr } = execute('/usr/bin/env', ['git', ...args], { cwd: folder });
  assert.is(status, 0, stderr);
  return stdout;
};
const lintStaged = (): Outcome => execute('lint-staged', [], { cwd: folder, env: { PATH: `${bin}:${process.env['PATH']}` } });

suite('lint-staged', (test) => {
  mkdirSync(bin, { recursive: true });
  symlinkSync(KHARDEN, join(bin, 'kharden'));
  writeFileSync(join(folder, 'package.json'), '{"lint-staged": {"*.{yaml,yml}": "kharden --write"}}\n');
  writeFileSync(join(folder, '.gitignore'), 'node_modules\n');
  git('init', '--quiet');
  git('config', 'user.name', 'a');
  git('config', 'user.email', 'a@example.org');
  git('add', '.');
  git('commit', '--quiet', '--message', 'first');
  cpSync(join(PROJECT, 'examples/shop'), join(folder, 'shop'), { recursive: true });

  test('what is staged is hardened, and staged again', () => {
    git('add', 'shop/web.yaml');
    const { status, stderr } = lintStaged();
    assert.is(status, 0, stderr);
    assert.match(git('diff', '--cached'), /^\+ +runAsNonRoot: true$/m);
    assert.is(git('diff'), '');
    assert.not.match(git('show', ':shop/web.yaml'), /kind: StatefulSet/);
  });

  test('a file that cannot be read stops the commit', () => {
    writeFileSync(join(folder, 'broken.yaml'), 'kind: Pod\nspec: [\n');
    git('add', 'broken.yaml');
    const { status, stderr } = lintStaged();
    assert.is(status, 1);
    assert.match(stderr, /broken\.yaml\n {2}3:1 /);
  });
});
