/** `kharden learn` and layers of gigabytes. */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { assert, suite } from '../harness.ts';
import { header } from '../learn/images.ts';
import type { Hook } from './learn-proxy.ts';
import { failure, IMAGE, withWorld } from './learn-world.ts';

suite('learn: layers of gigabytes', (test) => {
  const GIB = 2 ** 30;

  /** The image with another layer: its digest, and how many bytes it says to have. */
  function withLayer(digest: string, size: number): Buffer {
    const value = JSON.parse(Buffer.from(IMAGE.blobs.get(IMAGE.manifest) ?? []).toString()) as { layers: object[] };
    const [first] = value.layers;
    return Buffer.from(JSON.stringify({ ...value, layers: [{ ...first, digest, size }] }));
  }

  function serving(manifest: Buffer, layer?: (response: ServerResponse) => void): Hook {
    return ({ url = '', headers }, response) => {
      if (headers.authorization === undefined) return false;
      if (url.includes('/manifests/')) {
        response.writeHead(200, { 'content-type': 'application/vnd.oci.image.manifest.v1+json' }).end(manifest);
        return true;
      }
      if (!url.endsWith(HUGE) || !layer) return false;
      layer(response);
      return true;
    };
  }

  const head = header('srv/huge.bin', {}, GIB);
  const piece = new Uint8Array(2 ** 20);
  const hash = createHash('sha256').update(head);
  for (let at = 0; at < GIB; at += piece.length) hash.update(piece);
  const HUGE = `sha256:${hash.update(new Uint8Array(1024)).digest('hex')}`;

  test('one of 10 GiB is refused before a byte of it is asked for', async () => {
    await withWorld(serving(withLayer(HUGE, 10 * GIB)), async ({ proxy, learn }) => {
      assert.match(failure(await learn()), /layer sha256:\w+ has 10\.0 GiB, and kharden reads layers up to 8\.0 GiB/);
      assert.not.ok(proxy.requests.some(({ path }) => path.endsWith(HUGE)));
    });
  });

  test('one of 1 GiB is read in little memory', async () => {
    async function send(response: ServerResponse): Promise<void> {
      response.writeHead(200);
      response.write(head);
      for (let at = 0; at < GIB; at += piece.length)
        if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve));
      response.end(new Uint8Array(1024));
    }
    const size = GIB + 512 + 1024;
    const hook = serving(withLayer(HUGE, size), (response) => void send(response));
    await withWorld(hook, async ({ learn }) => {
      const { status, stderr, memory } = await learn();
      assert.is(status, 0, stderr);
      assert.ok(memory > 20 && memory < 300, `${memory} MiB`);
    });
  });
});
