import { areNear, Folders } from '../../src/workspace/folders.ts';
import { Random } from '../fuzz/random.ts';
import { assert, suite } from '../harness.ts';

suite('workspace/folders', (test) => {
  test('one within the other, or beside it', () => {
    type Case = readonly [one: string, other: string, isNear: boolean];
    const CASES: readonly Case[] = [
      ['a', 'a', true],
      ['a', 'a/b/c', true],
      ['a/b', 'a/c', true],
      ['a/b', 'a/c/d', false],
      ['a', 'b', false],
      ['', 'a/b', true],
      ['', '', true],
      ['/', '/a/b', true],
      ['/', 'a', false],
      ['', '/a', false],
      ['a', 'ab', false],
      ['a/b', 'a/bc/d', false],
    ];
    for (const [one, other, isNear] of CASES) {
      assert.is(areNear(one, other), isNear, `${one} ${other}`);
      assert.is(areNear(other, one), isNear, `${other} ${one}`);
    }
  });

  test('those near one are found as if each was asked about', () => {
    const random = new Random(7);
    const name = (): string => random.pick(['', 'a', 'b', 'a.b', 'a-b', 'ab', '/x', '/']);
    for (let round = 0; round < 300; round++) {
      const folders = Array.from({ length: 12 }, () =>
        [name(), name(), name()]
          .filter(Boolean)
          .join('/')
          .replace(/\/+/g, '/')
          .replace(/(.)\/$/, '$1'),
      );
      const found = new Folders(folders);
      for (const folder of [...folders, name()]) {
        const wanted = [...new Set(folders)].filter((one) => areNear(one, folder));
        assert.equal([...found.near(folder)].sort(), wanted.sort(), JSON.stringify([folder, folders]));
      }
    }
  });
});
