/** Layers put on each other (OCI image-spec, layer.md), and layers that mean harm. */
import { gzipSync } from 'node:zlib';
import { assert, suite } from '../../harness.ts';
import type { FileTree } from '../../../src/learn/image/file-tree.ts';
import { LIMITS, readLayers } from '../../../src/learn/image/layers.ts';
import { layer, messageOf, pieces, tar, treeOf, type TestFile } from '../images.ts';

function paths(tree: FileTree): string[] {
  return [...tree.all()].map(({ path }) => path).sort();
}

suite('learn/image: layers', (test) => {
  test('an upper layer replaces files and adds to folders', async () => {
    const tree = await treeOf(
      { 'a/': { uid: 1 }, 'a/x': { content: '1' }, b: {} },
      { 'a/': { uid: 2 }, 'a/y': {}, b: { uid: 3 } },
    );
    assert.equal(paths(tree), ['/a', '/a/x', '/a/y', '/b']);
    assert.is(tree.find('/a')?.node.uid, 2);
    assert.is(tree.find('/b')?.node.uid, 3);
  });

  test('whiteouts remove what lower layers have, and nothing of their own', async () => {
    const lower = { 'a/x': {}, 'a/y': {}, 'b/x': {}, 'c/d/e': {}, f: {} };
    const upper = { 'a/.wh.x': {}, 'b/z': {}, 'b/.wh..wh..opq': {}, '.wh.c': {}, 'c/new': {}, '.wh..wh.plnk': {} };
    assert.equal(paths(await treeOf(lower, upper)), ['/a', '/a/y', '/b', '/b/z', '/c', '/c/new', '/f']);
  });

  test('a whiteout before or after the new file of the same name', async () => {
    const first = { '.wh.a': {}, 'a/new': {} };
    const last = { 'a/new': {}, '.wh.a': {} };
    for (const upper of [first, last]) assert.equal(paths(await treeOf({ 'a/old': {} }, upper)), ['/a', '/a/new']);
  });

  test('a file in the place of a folder, and a folder in the place of a file', async () => {
    const tree = await treeOf({ 'a/x': {}, b: {} }, { a: {}, 'b/y': {} });
    assert.equal(paths(tree), ['/a', '/b', '/b/y']);
  });

  test('links inside of the tree: followed, never out of it, never in a circle', async () => {
    const tree = await treeOf({
      'usr/bin/sh': { mode: 0o755 },
      bin: { link: 'usr/bin' },
      up: { link: '../../../../usr' },
      absolute: { link: '/usr/bin/sh' },
      loop: { link: 'loop' },
      one: { link: 'two' },
      two: { link: '/one' },
    });
    for (const path of ['/bin/sh', '/up/bin/sh', '/absolute']) assert.is(tree.find(path)?.path, '/usr/bin/sh');
    for (const path of ['/loop', '/one', '/usr/bin/sh/x']) assert.is(tree.find(path), undefined);
  });

  test('a path through a link of a lower layer leads where the link does', async () => {
    const tree = await treeOf({ 'usr/bin/': {}, bin: { link: 'usr/bin' } }, { 'bin/tool': {} });
    assert.is(tree.find('/usr/bin/tool')?.path, '/usr/bin/tool');
  });

  test('a hard link is the same file; one that leads nowhere is left out', async () => {
    const tree = await treeOf({ a: { uid: 5 }, b: { sameAs: 'a' }, c: { sameAs: '../../etc/shadow' } });
    assert.is(tree.find('/b')?.node.uid, 5);
    assert.equal(paths(tree), ['/a', '/b']);
  });

  test('paths that would lead out of a folder stay in the tree', async () => {
    const tree = await treeOf({
      '../../../etc/evil': {},
      '/abs': {},
      './dot': {},
      'a/../../b': {},
      '..': {},
      '/': { uid: 4, type: '5' },
    });
    for (const { path } of tree.all()) assert.not.match(path, /\.\./);
    assert.is(tree.find('/')?.node.uid, 4);
  });

  test('scripts and the files of users are kept, other contents are not', async () => {
    const files: Record<string, TestFile> = {
      'etc/passwd': { content: 'root:x:0:0::/:/bin/sh\n' },
      'run.sh': { content: 'exec app\n' },
      entry: { content: '#!/bin/sh\nexec app\n' },
      data: { content: 'secret' },
      big: { content: `#!/bin/sh\n${'x'.repeat(1 << 18)}` },
    };
    const tree = await treeOf(files);
    const kept = [...tree.all()].filter(({ node }) => node.text !== undefined).map(({ path }) => path);
    assert.equal(kept.sort(), ['/entry', '/etc/passwd', '/run.sh']);
  });

  test('more bytes or more files than there may be', async () => {
    const bomb = gzipSync(new Uint8Array(1 << 24));
    const layers = [{ name: 'layer x', open: () => pieces(bomb) }];
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${index}`, {}]));
    assert.is(
      await messageOf(() =>
        readLayers([layer({ a: { content: 'x'.repeat(5000) } }, 'layer x'), ...layers], { ...LIMITS, bytes: 2 ** 20 }),
      ),
      'layer x: the image has more than 1.0 MiB, which is more than kharden reads',
    );
    assert.is(
      await messageOf(() => readLayers([layer(many, 'layer x')], { ...LIMITS, entries: 10 })),
      'layer x: the image has more than 10 files',
    );
  });

  test('the digest of an unpacked layer is checked', async () => {
    const wrong = { name: 'layer x', unpackedDigest: `sha256:${'0'.repeat(64)}`, open: () => pieces(tar({ a: {} })) };
    assert.match(await messageOf(() => readLayers([wrong])), /^layer x is not what its digest sha256:0+ says/);
  });
});
