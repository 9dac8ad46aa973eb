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
      '/home/me/shop/deploy/kharden.images.yaml',
      '/home/me/shop/deploy/.kharden-baseline.yaml',
      '/home/me/shop/kharden.images.yaml',
      '/home/me/shop/.kharden-baseline.yaml',
    ]);
  });

  test('without .git they lead to the root', () => {
    const configurations = (folder: string): string[] => candidatesFor(folder).filter((path) => path.includes('.kharden.'));
    assert.equal(configurations('/a/'), ['/a/.kharden.yaml', '/a/.kharden.yml', '/.kharden.yaml', '/.kharden.yml']);
    assert.equal(configurations('/'), ['/.kharden.yaml', '/.kharden.yml']);
    assert.equal(configurations('C:/a'), ['C:/a/.kharden.yaml', 'C:/a/.kharden.yml', 'C:/.kharden.yaml', 'C:/.kharden.yml']);
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

  test('what was learned marks a root where there is no configuration', () => {
    const learned = having('/r/.git', '/r/a/kharden.images.yaml');
    assert.equal(findConfig('/r/a/b', learned), { root: '/r/a', path: undefined, ignored: undefined });
    const both = having('/r/.git', '/r/.kharden.yaml', '/r/a/kharden.images.yaml');
    assert.is(findConfig('/r/a/b', both).root, '/r');
  });

  test('a baseline marks a root where there is no configuration', () => {
    const baseline = having('/r/.git', '/r/a/.kharden-baseline.yaml');
    assert.equal(findConfig('/r/a/b', baseline), { root: '/r/a', path: undefined, ignored: undefined });
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
