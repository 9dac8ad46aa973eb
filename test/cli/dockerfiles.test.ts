/** Which Dockerfiles and scripts a run finds. */
import { assert, suite } from '../harness.ts';
import { kharden } from './in-process.ts';
import { folderWith } from './program.ts';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: r.io/shop/cart\n';
const REPOSITORY = {
  'deploy/a.yaml': POD,
  'compose.yaml': 'services: {a: {image: r.io/shop/cart, build: src/cart}}',
  'src/cart/Dockerfile': 'FROM debian\nCOPY bin/start.sh /start.sh\nENTRYPOINT ["/start.sh"]\n',
  'src/cart/bin/start.sh': '#!/bin/sh\n[ "$(id -u)" = 0 ] && chown 7 /x && exec gosu 7 "$0"\n',
  'src/cart/other.sh': '#!/bin/sh\n',
};

/** The user that a run writes into the pod: 10001 where nothing is known. */
async function user(folder: string, ...paths: readonly string[]): Promise<string | undefined> {
  const { stdout } = await kharden(['--quiet', '--unknown-images', 'harden', '--only', 'run-as-non-root', ...paths], {
    cwd: folder,
  });
  return /runAsUser: (\d+)/.exec(stdout)?.[1];
}

suite('cli/dockerfiles', (test) => {
  test('below the root of a repository, with the scripts that they name', async () => {
    assert.is(await user(folderWith({ ...REPOSITORY, '.git/HEAD': '' }), 'deploy/a.yaml'), '7');
  });
  test('without a root, below the folders that are named', async () => {
    const folder = folderWith(REPOSITORY);
    assert.is(await user(folder, '.'), '7');
    assert.is(await user(folder, 'deploy'), '10001');
  });
  test('what .gitignore leaves out says nothing', async () => {
    assert.is(await user(folderWith({ ...REPOSITORY, '.git/HEAD': '', '.gitignore': 'src/\n' }), 'deploy'), '10001');
  });
  test('a Dockerfile by itself is read, and never changed', async () => {
    const outcome = await kharden(['--check', 'src/cart/Dockerfile'], { cwd: folderWith(REPOSITORY) });
    assert.is(outcome.status, 0);
    assert.is(outcome.stdout, '');
  });
});
