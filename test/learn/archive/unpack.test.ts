/** Packed streams: gzip, zstd, neither; cut off, damaged, or made to use up memory. */
import { gzipSync } from 'node:zlib';
import { whole } from '../../../src/learn/archive/bytes.ts';
import { unpacked } from '../../../src/learn/archive/unpack.ts';
import { assert, suite } from '../../harness.ts';
import { join, messageOf, pieces } from '../images.ts';

const TEXT = 'zstd: the same text, again and again and again\n';
/** What `zstd -c` and `zstd -19 -c` of zstd 1.5 write for the text, and for 300,000 zeros. */
const ZSTD = base64('KLUv/QRYLQEA+HpzdGQ6IHRoZSBzYW1lIHRleHQsIGFnYWluIGFuZAoBABYpTr8F5sU=');
const ZEROS = base64('KLUv/QRoTAAACAABAPz/ORACAgAQAAOfBAAtKN4m');
/** A skippable frame, as `zstd:chunked` layers have it. */
const SKIPPABLE = join(new Uint8Array([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0]), new Uint8Array(3));

function base64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

function unpack(bytes: Uint8Array, length?: number): Promise<Uint8Array> {
  return whole(unpacked(pieces(bytes, length), 'layer x'), 1 << 24, 'layer x');
}

async function textOf(bytes: Uint8Array, length?: number): Promise<string> {
  return new TextDecoder().decode(await unpack(bytes, length));
}

suite('learn/archive: unpack', (test) => {
  const gzip = gzipSync(TEXT);
  for (const length of [1, 3, 1000]) {
    test(`gzip, zstd and plain bytes in pieces of ${length}`, async () => {
      assert.is(await textOf(gzip, length), TEXT);
      assert.is(await textOf(join(gzip, gzip), length), TEXT + TEXT);
      assert.is(await textOf(ZSTD, length), TEXT);
      assert.is(await textOf(join(SKIPPABLE, ZSTD, SKIPPABLE, ZSTD), length), TEXT + TEXT);
      assert.is(await textOf(new TextEncoder().encode(TEXT), length), TEXT);
      assert.is((await unpack(ZEROS, length)).length, 300_000);
    });
  }

  test('nothing, and less than a mark', async () => {
    assert.is((await unpack(new Uint8Array())).length, 0);
    assert.is(await textOf(new TextEncoder().encode('ab')), 'ab');
  });

  test('refused: hours of zeros in a few megabytes', async () => {
    const zeros = gzipSync(new Uint8Array(1 << 26));
    const read = async (): Promise<void> => {
      for await (const _piece of unpacked(pieces(join(...Array<Uint8Array>(5).fill(zeros)), 1 << 16), 'layer x'));
    };
    assert.is(await messageOf(read), 'layer x unpacks to more than 200 times its size');
  });

  const single = (descriptor: number, ...rest: number[]): Uint8Array =>
    new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, descriptor, ...rest]);
  const BAD: readonly (readonly [name: string, bytes: Uint8Array, message: string])[] = [
    ['gzip, cut off', gzip.subarray(0, gzip.length - 12), 'layer x is cut off'],
    ['gzip, damaged', join(gzip.subarray(0, 10), new Uint8Array(40).fill(255)), 'layer x is no valid gzip stream'],
    ['zstd, cut off', ZSTD.subarray(0, 30), 'layer x is cut off'],
    ['zstd, then something else', join(ZSTD, new Uint8Array(9)), 'layer x is no valid zstd stream'],
    ['a window of 2 GiB', single(0, 0xa8, 0, 0, 0), 'layer x wants 2.0 GiB of memory to unpack it'],
    ['one segment of 4 GiB', single(0xa0, 0, 0, 0, 255, 1, 0, 0), 'layer x wants 4.0 GiB of memory to unpack it'],
    ['a second frame that wants 2 GiB', join(ZSTD, single(0, 0xa8, 0, 0, 0)), 'layer x wants 2.0 GiB of memory to unpack it'],
  ];
  for (const [name, bytes, message] of BAD)
    test(`refused: ${name}`, async () => assert.is(await messageOf(() => unpack(bytes, 7)), message));
});
