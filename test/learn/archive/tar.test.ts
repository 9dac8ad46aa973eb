/** Tar archives: ours beside `tar-stream`, what other readers lose, and archives that are broken or mean harm. */
import fastCheck from 'fast-check';
import { pack as packStream, type Header } from 'tar-stream';
import { whole, type Bytes } from '../../../src/learn/archive/bytes.ts';
import { readTar, type TarEntry } from '../../../src/learn/archive/tar.ts';
import { assert, suite } from '../../harness.ts';
import { fileCapability, header, join, messageOf, pieces, record, tar } from '../images.ts';

const WHAT = 'layer x';

interface Read extends Omit<TarEntry, 'content'> {
  readonly text: string;
}

async function read(source: Bytes): Promise<Read[]> {
  const found: Read[] = [];
  for await (const { content, ...entry } of readTar(source, WHAT))
    found.push({ ...entry, text: new TextDecoder().decode(await whole(content, 1 << 20, 'content')) });
  return found;
}

function readBytes(bytes: Uint8Array, length?: number): Promise<Read[]> {
  return read(pieces(bytes, length));
}

async function packed(
  files: readonly { readonly header: Partial<Header> & { readonly name: string }; readonly text: string }[],
): Promise<Uint8Array> {
  const archive = packStream();
  for (const { header, text } of files) archive.entry({ ...header }, text);
  archive.finalize();
  return whole(archive as unknown as Bytes, 1 << 24, 'archive');
}

/** Objects as literals are. */
const PLAIN = { noNullPrototype: true } as const;
const name = fastCheck.string({ unit: fastCheck.constantFrom('a', 'b', 'é', '語', '-', '.x'), minLength: 1, maxLength: 90 });
const file = fastCheck.record(
  {
    header: fastCheck.record(
      {
        name: fastCheck.array(name, { minLength: 1, maxLength: 3 }).map((parts) => `r/${parts.join('/')}`),
        mode: fastCheck.integer({ min: 1, max: 0o7777 }),
        uid: fastCheck.integer({ min: 0, max: 0o777777 }),
        gid: fastCheck.integer({ min: 0, max: 0o777777 }),
      },
      PLAIN,
    ),
    text: fastCheck.string({ maxLength: 1500 }),
  },
  PLAIN,
);

suite('learn/archive: tar', (test) => {
  test('what tar-stream writes is read as it was meant', () =>
    fastCheck.assert(
      fastCheck.asyncProperty(
        fastCheck.array(file, { maxLength: 5 }),
        fastCheck.integer({ min: 1, max: 700 }),
        async (files, length) => {
          const found = await readBytes(await packed(files), length);
          assert.equal(
            found.map(({ path, mode, uid, gid, text }) => ({ header: { name: path, mode, uid, gid }, text })),
            files,
          );
        },
      ),
      { numRuns: 60 },
    ));

  test('file capabilities are bytes: SETUID is 0x80, which is no text', async () => {
    const capability = fileCapability([7, 31]);
    const [entry] = await readBytes(tar({ 'usr/bin/newuidmap': { capability, mode: 0o755 } }));
    assert.equal([...(entry?.capability ?? [])], [...capability]);
  });

  test('kinds, links and their targets', async () => {
    const entries = await readBytes(
      tar({
        'a/': {},
        b: { content: 'x' },
        c: { link: '../b' },
        d: { sameAs: 'b' },
        e: { type: '3' },
        f: { type: '7', content: 'y' },
      }),
    );
    assert.equal(
      entries.map(({ path, kind, target }) => [path, kind, target]),
      [
        ['a/', 'folder', ''],
        ['b', 'file', ''],
        ['c', 'symbolic-link', '../b'],
        ['d', 'hard-link', 'b'],
        ['e', 'other', ''],
        ['f', 'file', ''],
      ],
    );
  });

  test('long names of GNU tar, and numbers of base 256', async () => {
    const long = 'n'.repeat(300);
    const block = header('short', {}, 0);
    block.set([0x80, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff], 108);
    resum(block);
    const bytes = join(header('././@LongLink', { type: 'L' }, 301), padTo(long, 512), block, new Uint8Array(1024));
    const [entry] = await readBytes(bytes);
    assert.equal([entry?.path, entry?.uid], [long, 0x7fff_ffff]);
  });

  test('a global pax header counts for all, one before an entry for that alone', async () => {
    const pax = (type: string, key: string, value: string): Uint8Array => {
      const bytes = record(key, new TextEncoder().encode(value));
      return join(header('pax', { type }, bytes.length), padBytes(bytes));
    };
    const bytes = join(
      pax('g', 'uid', '7'),
      pax('x', 'path', 'long'),
      header('a', {}, 0),
      header('b', {}, 0),
      new Uint8Array(1024),
    );
    assert.equal(
      (await readBytes(bytes)).map(({ path, uid }) => [path, uid]),
      [
        ['long', 7],
        ['b', 7],
      ],
    );
  });

  test('content that nobody reads is left out', async () => {
    const paths: string[] = [];
    for await (const { path } of readTar(pieces(tar({ a: { content: 'x'.repeat(2000) }, b: {} })), WHAT)) paths.push(path);
    assert.equal(paths, ['a', 'b']);
  });

  const GOOD = tar({ a: { content: 'x'.repeat(2000) } });
  const BAD: readonly (readonly [name: string, bytes: Uint8Array, message: string])[] = [
    ['a few bytes', new Uint8Array(100), 'layer x is no tar archive'],
    ['another file', new TextEncoder().encode('{}'.repeat(400)), 'layer x is no tar archive'],
    ['cut off in a header', join(GOOD.subarray(0, 512 + 2048), GOOD.subarray(0, 100)), 'layer x is cut off'],
    ['cut off in a file', GOOD.subarray(0, 1000), 'layer x is cut off in a'],
    [
      'damaged after the first file',
      join(GOOD.subarray(0, 512 + 2048), new Uint8Array(512).fill(9)),
      'layer x is a damaged tar archive',
    ],
    ['huge attributes', header('pax', { type: 'x' }, 2 ** 30), 'layer x has attributes of 1073741824 bytes'],
    ['a long path', join(...longPath(5000)), 'layer x has a path of 5000 characters'],
  ];
  for (const [title, bytes, message] of BAD)
    test(`refused: ${title}`, async () => assert.is(await messageOf(() => readBytes(bytes)), message));
});

function longPath(length: number): Uint8Array[] {
  const bytes = record('path', new TextEncoder().encode('p'.repeat(length)));
  return [header('pax', { type: 'x' }, bytes.length), padBytes(bytes), header('x', {}, 0)];
}

function padBytes(bytes: Uint8Array): Uint8Array {
  return join(bytes, new Uint8Array((512 - (bytes.length % 512)) % 512));
}

function padTo(text: string, length: number): Uint8Array {
  return join(new TextEncoder().encode(text), new Uint8Array(length - text.length));
}

/** Writes the checksum of a block again. */
function resum(block: Uint8Array): void {
  block.fill(32, 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
}
