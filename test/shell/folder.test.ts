import { folderAfter, isUnknown, pathFrom } from '../../src/shell/folder.ts';
import { assert, suite } from '../harness.ts';

const PATHS: readonly (readonly [folder: string, path: string, expected: string])[] = [
  ['.', '.', '.'],
  ['.', 'a', 'a'],
  ['.', './a//b/', 'a/b'],
  ['.', '../a', '../a'],
  ['a', '../../b', '../b'],
  ['../a', '../../b', '../../b'],
  ['.', '/a/', '/a'],
  ['/srv', 'a', '/srv/a'],
  ['/srv/', '../../../a', '/a'],
  ['/srv', '..', '/'],
  ['/srv', '$X/a', '$X/a'],
  ['/srv', '/$X', '/$X'],
  ['/srv', '~/a', '~/a'],
  ['$X', 'a', '$X/a'],
  ['$X', '..', '$X/..'],
  ['$X', '/a', '/a'],
];

suite('shell/folder', (test) => {
  for (const [folder, path, expected] of PATHS)
    test(`${path} in ${folder} is ${expected}`, () => assert.is(pathFrom(folder, path), expected));

  test('knows what nobody can place', () => {
    const known = ['a', '.', '/', '/a', '/~a', '../$X', '/a/$X', '/{}', 'a~'];
    const unknown = ['$X', '$()/a', '/$X', '//$X', '~', '~/a', '{}', '{a,b}'];
    assert.equal(known.filter(isUnknown), []);
    assert.equal(
      unknown.filter((path) => !isUnknown(path)),
      [],
    );
  });

  test('changes with cd, pushd and popd alone', () => {
    assert.is(folderAfter('/a', ['echo', 'cd', '/b']), '/a');
    assert.is(folderAfter('/a', []), '/a');
    assert.is(folderAfter('/a', ['cd', '--', 'b']), '/a/b');
    assert.is(folderAfter('/a', ['cd', 'b', 'c']), '/a/c');
    assert.is(folderAfter('/a', ['cd', '-P', 'x-y']), '/a/x-y');
    assert.is(folderAfter('/a', ['cd']), '~');
    assert.is(folderAfter('/a', ['cd', '-']), '$OLDPWD');
    assert.is(folderAfter('/a', ['pushd', '/b']), '/b');
    assert.is(folderAfter('/a', ['popd']), '$OLDPWD');
  });
});
