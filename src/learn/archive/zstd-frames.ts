/**
 * Looks at the frames of a zstd stream before they are unpacked: a frame may ask for a window of gigabytes, and a small stream
 * may hold many of them. Source: RFC 8878, 3.1.1 (frames) and 3.1.2 (skippable frames).
 */
import { LearnError, size } from './failure.ts';

/** RFC 8878 wants 8 MiB; the `zstd` program takes 128 MiB without an option, and so do container runtimes. */
const LARGEST_WINDOW = 128 * 2 ** 20;
const MAGIC = 0xfd2fb528;
const LONGEST_HEADER = 18;

/** Follows the frames of a stream from one piece to the next. */
export class ZstdFrames {
  readonly #what: string;
  #skip = 0;
  #isInFrame = false;
  #hasChecksum = false;
  #isLast = false;
  #header: number[] = [];

  constructor(what: string) {
    this.#what = what;
  }

  /** @throws LearnError for a frame that wants more memory than container runtimes give it */
  check(piece: Uint8Array): void {
    let at = 0;
    while (at < piece.length) {
      if (this.#skip > 0) {
        const step = Math.min(this.#skip, piece.length - at);
        this.#skip -= step;
        at += step;
        if (this.#skip === 0 && this.#isLast) this.#endFrame();
      } else {
        this.#header.push(piece[at] ?? 0);
        at++;
        if (this.#isInFrame) this.#readBlock();
        else this.#readFrame();
      }
    }
  }

  #endFrame(): void {
    this.#isLast = false;
    this.#isInFrame = false;
    this.#skip = this.#hasChecksum ? 4 : 0;
  }

  #readBlock(): void {
    const [first = 0, second = 0, third] = this.#header;
    if (third === undefined) return;
    const value = first | (second << 8) | (third << 16);
    this.#header = [];
    this.#isLast = (value & 1) === 1;
    this.#skip = ((value >> 1) & 3) === 1 ? 1 : value >> 3;
    if (this.#skip === 0 && this.#isLast) this.#endFrame();
  }

  #readFrame(): void {
    const header = this.#header;
    if (header.length < 5) return;
    const magic = littleEndian(header, 0, 4);
    if (Math.floor(magic / 16) === 0x184d2a5) {
      if (header.length < 8) return;
      this.#skip = littleEndian(header, 4, 4);
      this.#header = [];
      return;
    }
    if (magic !== MAGIC) throw new LearnError(`${this.#what} is no valid zstd stream`);
    const length = headerLength(header[4] ?? 0);
    if (header.length < length) return;
    const wanted = windowOf(header);
    if (wanted > LARGEST_WINDOW) throw new LearnError(`${this.#what} wants ${size(wanted)} of memory to unpack it`);
    this.#hasChecksum = ((header[4] ?? 0) & 4) !== 0;
    this.#isInFrame = true;
    this.#header = [];
  }
}

function isSingleSegment(descriptor: number): boolean {
  return (descriptor & 0x20) !== 0;
}

function contentSizeLength(descriptor: number): number {
  return [isSingleSegment(descriptor) ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
}

function dictionaryLength(descriptor: number): number {
  return [0, 1, 2, 4][descriptor & 3] ?? 0;
}

function headerLength(descriptor: number): number {
  const length = 5 + (isSingleSegment(descriptor) ? 0 : 1) + dictionaryLength(descriptor) + contentSizeLength(descriptor);
  return Math.min(length, LONGEST_HEADER);
}

/** The memory that a frame wants: its window, or all of its content where that is one segment. */
function windowOf(header: readonly number[]): number {
  const descriptor = header[4] ?? 0;
  if (isSingleSegment(descriptor)) {
    const length = contentSizeLength(descriptor);
    return littleEndian(header, 5 + dictionaryLength(descriptor), length) + (length === 2 ? 256 : 0);
  }
  const window = header[5] ?? 0;
  const base = 2 ** (10 + (window >> 3));
  return base + (base / 8) * (window & 7);
}

function littleEndian(bytes: readonly number[], start: number, length: number): number {
  return bytes.slice(start, start + length).reduceRight((value, byte) => value * 256 + byte, 0);
}
