/** Where a configuration is found. */
import { findConfig } from '../../src/config/index.ts';
import { assert, suite } from '../harness.ts';

const having =
  (...paths: readonly string[]) =>
  (path: string): boolean =>
    paths.includes(path);

/** The configurations that are looked for, in order. */
function candidatesFor(folder: string, ...existing: readonly string[]): string[] {
  const asked: string[] = [];
  findConfig(folder, (path) => {
    asked.push(path);
    return existing.includes(path);
  });
  return asked.filter((path) => !path.endsWith('/.git'));
}

suite('config: discovery', (test) => {
  test('candidates lead upwards to the folder with .git', () => {
    assert.equal(candidatesFor('/home/me/shop/deploy', '/home/me/shop/.git'), [
      '/home/me/shop/deploy/.kharden.yaml',
      '/home/me/shop/deploy/.kharden.yml',
      '/home/me/shop/.kharden.yaml',
      '/home/me/shop/.kharden.yml',
    ]);
  });

  test('without .git they lead to the root', () => {
    assert.equal(candidatesFor('/a/'), ['/a/.kharden.yaml', '/a/.kharden.yml', '/.kharden.yaml', '/.kharden.yml']);
    assert.equal(candidatesFor('/'), ['/.kharden.yaml', '/.kharden.yml']);
    assert.equal(candidatesFor('C:/a'), ['C:/a/.kharden.yaml', 'C:/a/.kharden.yml', 'C:/.kharden.yaml', 'C:/.kharden.yml']);
  });

  test('on Windows backslashes separate folders, elsewhere they do not', () => {
    assert.equal(findConfig('C:\\r\\a', having('C:/r/.kharden.yaml')), {
      root: 'C:/r',
      path: 'C:/r/.kharden.yaml',
      ignored: undefined,
    });
    assert.is(candidatesFor('\\\\server\\share')[0], '//server/share/.kharden.yaml');
    assert.is(candidatesFor('/a\\b', '/.git')[0], '/a\\b/.kharden.yaml');
  });

  test('the nearest one counts, and its folder is the root', () => {
    const exists = having('/r/.git', '/r/.kharden.yaml', '/r/a/.kharden.yml');
    assert.equal(findConfig('/r/a/b', exists), { root: '/r/a', path: '/r/a/.kharden.yml', ignored: undefined });
    assert.equal(findConfig('/r', exists), { root: '/r', path: '/r/.kharden.yaml', ignored: undefined });
  });

  test('one above the repository does not count', () => {
    assert.equal(findConfig('/r/a', having('/r/.git', '/.kharden.yaml')), { root: '/r', path: undefined, ignored: undefined });
  });

  test('a second one beside it is named', () => {
    assert.equal(findConfig('/r', having('/r/.kharden.yaml', '/r/.kharden.yml')), {
      root: '/r',
      path: '/r/.kharden.yaml',
      ignored: '/r/.kharden.yml',
    });
  });

  test('without both the folder itself is the root', () => {
    assert.equal(findConfig('/r/a', having()), { root: '/r/a', path: undefined, ignored: undefined });
    assert.equal(findConfig('/', having('/.kharden.yaml')), { root: '/', path: '/.kharden.yaml', ignored: undefined });
  });
});
