/** Unpacks gzip and zstd streams, told by their first bytes: the media types of layers are often wrong. */
import { Decompress } from 'fzstd';
import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ByteReader, type Bytes } from './bytes.ts';
import { LearnError } from './failure.ts';
import { ZstdFrames } from './zstd-frames.ts';

/** Pieces of a stream are cut to this length, so that what one of them unpacks to fits into memory. */
const LONGEST_PIECE = 1 << 16;

/** Real layers become ten times as long; a file of zeros a thousand times. */
const MOST_GROWTH = 200;
/** So much is unpacked whatever it comes from. */
const HARMLESS = 2 ** 28;

/**
 * A stream as it was before it was packed; one that is not packed stays as it is. Gzip is RFC 1952, zstd RFC 8878.
 *
 * @param what names the stream in errors: `layer sha256:…`
 */
export async function* unpacked(source: Bytes, what: string): Bytes {
  const reader = new ByteReader(source);
  try {
    const start = await reader.exactly(4);
    const all = rest(start, reader);
    if (start[0] === 0x1f && start[1] === 0x8b) yield* bounded(gunzip(all, what), reader, what);
    else if (isZstd(start)) yield* bounded(unzstd(all, what), reader, what);
    else yield* all;
  } finally {
    await reader.close();
  }
}

/** A frame, or a skippable frame, with which `zstd:chunked` layers may begin. */
function isZstd([first = 0, second, third, fourth]: Uint8Array): boolean {
  const isFrame = first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd;
  return isFrame || (first >> 4 === 5 && second === 0x2a && third === 0x4d && fourth === 0x18);
}

async function* rest(start: Uint8Array, reader: ByteReader): Bytes {
  if (start.length > 0) yield start;
  for (let piece = await reader.some(LONGEST_PIECE); piece; piece = await reader.some(LONGEST_PIECE)) yield piece;
}

/** @throws LearnError for a stream that is made to take long: hours of zeros in a few megabytes */
async function* bounded(source: Bytes, packed: ByteReader, what: string): Bytes {
  let length = 0;
  for await (const piece of source) {
    length += piece.length;
    if (length > HARMLESS && length > MOST_GROWTH * packed.position)
      throw new LearnError(`${what} unpacks to more than ${MOST_GROWTH} times its size`);
    yield piece;
  }
}

async function* gunzip(source: Bytes, what: string): Bytes {
  const stream = createGunzip();
  pipeline(Readable.from(source), stream, () => {});
  try {
    for await (const piece of stream) yield piece as Uint8Array;
  } catch (error) {
    throw failureOf(error, what, 'gzip');
  }
}

async function* unzstd(source: Bytes, what: string): Bytes {
  const frames = new ZstdFrames(what);
  let ready: Uint8Array[] = [];
  const stream = new Decompress((piece) => ready.push(piece.slice()));
  const push = (piece: Uint8Array, isLast: boolean): void => {
    try {
      stream.push(piece, isLast);
    } catch (error) {
      throw failureOf(error, what, 'zstd');
    }
  };
  for await (const piece of source) {
    frames.check(piece);
    push(piece, false);
    yield* ready;
    ready = [];
  }
  push(new Uint8Array(0), true);
  yield* ready;
}

/** Errors of the source pass; those of the unpacker, of zlib and fzstd, are said in words. */
function failureOf(error: unknown, what: string, format: string): unknown {
  if (error instanceof LearnError || !(error instanceof Error)) return error;
  if (/unexpected (?:end of file|EOF)/.test(error.message)) return new LearnError(`${what} is cut off`);
  return new LearnError(`${what} is no valid ${format} stream`);
}
