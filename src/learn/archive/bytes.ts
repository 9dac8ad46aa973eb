/** Streams of bytes, read piece by piece. */
import { LearnError } from './failure.ts';

/** Bytes as they arrive, in pieces of any length. */
export type Bytes = AsyncIterable<Uint8Array>;

const NOTHING = new Uint8Array(0);

/** Reads a stream in the pieces that are asked for. */
export class ByteReader {
  /** How many bytes have been read. */
  position = 0;
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = NOTHING;

  constructor(source: Bytes) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next bytes, at most `most` of them; undefined at the end. */
  async some(most: number): Promise<Uint8Array | undefined> {
    while (this.#rest.length === 0) {
      const next = await this.#source.next();
      if (next.done) return undefined;
      this.#rest = next.value;
    }
    const piece = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(piece.length);
    this.position += piece.length;
    return piece;
  }

  /** Exactly so many bytes; fewer only at the end of the stream. */
  async exactly(length: number): Promise<Uint8Array> {
    const first = await this.some(length);
    if (first === undefined || first.length === length) return first ?? NOTHING;
    const whole = new Uint8Array(length);
    whole.set(first);
    let filled = first.length;
    while (filled < length) {
      const piece = await this.some(length - filled);
      if (piece === undefined) break;
      whole.set(piece, filled);
      filled += piece.length;
    }
    return whole.subarray(0, filled);
  }

  /** Leaves bytes out; gives how many there were. */
  async skip(length: number): Promise<number> {
    let left = length;
    while (left > 0) {
      const piece = await this.some(left);
      if (piece === undefined) break;
      left -= piece.length;
    }
    return length - left;
  }

  /** Stops the source. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }
}

/** All of a stream, which must not have more than `limit` bytes. `what` names it in the error: `the manifest of shop/cart:1`. */
export async function whole(source: Bytes, limit: number, what: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source) {
    length += piece.length;
    if (length > limit) throw new LearnError(`${what} has more than ${limit} bytes`);
    pieces.push(piece);
  }
  const joined = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** A part of a stream. */
export async function* part(source: Bytes, start: number, length: number): Bytes {
  const reader = new ByteReader(source);
  try {
    await reader.skip(start);
    let left = length;
    while (left > 0) {
      const piece = await reader.some(left);
      if (piece === undefined) return;
      left -= piece.length;
      yield piece;
    }
  } finally {
    await reader.close();
  }
}
