/** Images in files: OCI layouts, archives of them, and archives of `docker save`. */
import { gzipSync } from 'node:zlib';
import { openImage } from '../../../src/learn/image/image.ts';
import { archiveFiles, layoutStore, openDockerArchive } from '../../../src/learn/image/layout.ts';
import { readLayers } from '../../../src/learn/image/layers.ts';
import { assert, suite } from '../../harness.ts';
import { archive, dockerArchive, folder, image, index, json, layoutFiles, messageOf, seekable } from '../images.ts';

const AMD64 = 'linux/amd64';
const APP = image([{ 'app/run': { content: 'x', uid: 7 } }], { config: { User: 'app', Env: ['A=b', 7] } });

async function open(files: Readonly<Record<string, Uint8Array>>, tag?: string, platform = AMD64) {
  return openImage(await layoutStore(folder('oci:x', files), tag), platform);
}

suite('learn/image: layouts', (test) => {
  test('an image in a folder', async () => {
    const found = await open(layoutFiles({ '1': APP }));
    assert.equal([found.digest, found.platform, found.config.user, found.config.env], [APP.manifest, AMD64, 'app', ['A=b']]);
    assert.is((await readLayers(found.layers)).find('/app/run')?.node.uid, 7);
  });

  test('an image in an archive, packed or not', async () => {
    const bytes = archive(layoutFiles({ '1': APP }));
    for (const file of [bytes, gzipSync(bytes)]) {
      const found = await openImage(await layoutStore(await archiveFiles(seekable('oci-archive:x', file)), '1'), AMD64);
      assert.is((await readLayers(found.layers)).find('/app/run')?.node.uid, 7);
    }
  });

  test('the platform of an index', async () => {
    const arm = image([{ arm: {} }], { architecture: 'arm64' });
    const both = layoutFiles({ '1': index({ 'linux/amd64': APP, 'linux/arm64/v8': arm, 'unknown/unknown': APP }) });
    assert.is((await open(both, '1', 'linux/arm64')).platform, 'linux/arm64');
    assert.is((await open(both, '1')).config.user, 'app');
    assert.is(
      await messageOf(() => open(both, '1', 'linux/s390x')),
      'oci:x:1 has no image for linux/s390x: there is linux/amd64, linux/arm64/v8; choose with --image-platform',
    );
  });

  test('an archive of docker save', async () => {
    const bytes = dockerArchive({ 'shop/cart:1': [{ a: { uid: 1 } }, { '.wh.a': {}, b: {} }] }, { User: '7' });
    const found = await openDockerArchive(await archiveFiles(seekable('docker-archive:x', bytes)), undefined);
    assert.is(found.config.user, '7');
    assert.equal(
      [...(await readLayers(found.layers)).all()].map(({ path }) => path),
      ['/b'],
    );
  });

  test('several images in an archive of docker save', async () => {
    const files = await archiveFiles(seekable('docker-archive:x', dockerArchive({ 'a:1': [{ a: {} }], 'b:1': [{ b: {} }] })));
    assert.is(
      await messageOf(() => openDockerArchive(files, undefined)),
      'docker-archive:x does not hold one image: there is a:1, b:1',
    );
    assert.is(await messageOf(() => openDockerArchive(files, 'c:1')), 'docker-archive:x holds no image c:1: there is a:1, b:1');
    assert.is((await openDockerArchive(files, 'b:1')).layers.length, 1);
  });

  const files = layoutFiles({ '1': APP });
  const BAD: readonly (readonly [name: string, files: Readonly<Record<string, Uint8Array>>, message: string])[] = [
    ['no layout', { 'index.json': json({}) }, 'oci:x is no OCI image layout: it has no file oci-layout'],
    ['no image', layoutFiles({}), 'oci:x does not hold one image: there is none'],
    ['two images', layoutFiles({ a: APP, b: APP }), 'oci:x does not hold one image: there is a, b'],
    ['no index', { 'oci-layout': json({}) }, 'oci:x lacks index.json'],
    ['an index that is no JSON', { ...files, 'index.json': new Uint8Array([1]) }, 'index.json of oci:x is no JSON object'],
    [
      'a chart',
      layoutFiles({
        '1': image([{}], { change: (one) => ({ ...one, config: { ...(one['config'] as object), mediaType: 'helm' } }) }),
      }),
      'oci:x is no image of a container: its configuration has the type helm',
    ],
    [
      'a manifest of another type',
      layoutFiles({ '1': image([{}], { change: (one) => ({ ...one, mediaType: 'application/x' }) }) }),
      'oci:x has a manifest of the unknown type application/x',
    ],
    [
      'a digest that is a path',
      layoutFiles({ '1': image([{}], { change: (one) => ({ ...one, layers: [{ digest: '../../x', size: 1 }] }) }) }),
      'oci:x has a manifest that is not valid',
    ],
    [
      'a layer of 10 GB',
      layoutFiles({
        '1': image([{}], { change: (one) => ({ ...one, layers: [{ digest: `sha256:${'1'.repeat(64)}`, size: 10 * 2 ** 30 }] }) }),
      }),
      `oci:x: layer sha256:${'1'.repeat(64)} has 10.0 GiB, and kharden reads layers up to 8.0 GiB`,
    ],
  ];
  for (const [name, content, message] of BAD)
    test(`refused: ${name}`, async () => assert.is(await messageOf(() => open(content)), message));

  test('refused: a layer that is not what its digest says, or is missing, or cut off', async () => {
    const plain = layoutFiles({ '1': image([{ a: { content: 'x' } }], { pack: (bytes) => bytes }) });
    const [blob = ''] = Object.keys(plain).filter((path) => (plain[path]?.length ?? 0) >= 2048);
    const bytes = plain[blob] ?? new Uint8Array();
    const read = async (changed: Uint8Array): Promise<string> =>
      messageOf(async () => readLayers((await open({ ...plain, [blob]: changed })).layers));
    assert.match(await read(bytes.with(512, 65)), /^oci:x: layer sha256:\w+ is not what its digest sha256:\w+ says/);
    assert.match(await read(bytes.subarray(0, 1024)), /^oci:x: layer sha256:\w+ is cut off: 1024 of 2048 bytes$/);
    assert.match(await read(Buffer.concat([bytes, bytes])), /^oci:x: layer sha256:\w+ is longer than its 2048 bytes$/);
    const { [blob]: _gone, ...without } = plain;
    assert.match(await messageOf(async () => readLayers((await open(without)).layers)), /^oci:x lacks blobs\/sha256\/\w+$/);
  });

  test('refused: an archive that is cut off', async () => {
    const openBytes = (bytes: Uint8Array): Promise<string> => messageOf(() => archiveFiles(seekable('oci-archive:x', bytes)));
    const [first = ''] = Object.keys(files);
    assert.is(await openBytes(archive(files).subarray(0, 1100)), 'oci-archive:x is cut off');
    assert.is(await openBytes(archive(files).subarray(0, 520)), `oci-archive:x is cut off in ${first}`);
    assert.is(await openBytes(new Uint8Array(700).fill(7)), 'oci-archive:x is no tar archive');
  });
});
