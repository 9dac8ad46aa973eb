/**
 * Reads tar archives as layers of images are written: POSIX ustar and pax headers (POSIX.1-2017, pax, "ustar Interchange Format"),
 * with the long names, the large numbers and the sparse files of GNU tar ("Basic Tar Format" in its manual).
 */
import { ByteReader, type Bytes } from './bytes.ts';
import { LearnError } from './failure.ts';
import { isEmptyBlock, NO_ATTRIBUTES, readAttributes, readHeader, textOf, type Attributes, type Header } from './tar-header.ts';

export type EntryKind = 'file' | 'folder' | 'symbolic-link' | 'hard-link' | 'other';

export interface TarEntry {
  /** As it is written. */
  readonly path: string;
  readonly kind: EntryKind;
  /** Without the bits of its kind. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  /** Where a link leads, as it is written. */
  readonly target: string;
  /** The extended attribute `security.capability`. */
  readonly capability: Uint8Array | undefined;
  /** Where the content begins in the archive. */
  readonly start: number;
  /** The content; what is not read until the next entry is asked for is left out. */
  readonly content: Bytes;
}

const BLOCK = 512;
/** Longer than what any program writes. */
const LONGEST_ATTRIBUTES = 1 << 20;
/** PATH_MAX of Linux. */
const LONGEST_PATH = 4096;
const KINDS: Readonly<Record<string, EntryKind>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  S: 'file',
  '1': 'hard-link',
  '2': 'symbolic-link',
  '5': 'folder',
};

/**
 * The entries of an archive in their order. The stream is read to its end, so that its digest can be checked.
 *
 * @param what names the archive in errors: `layer sha256:…`
 */
export async function* readTar(source: Bytes, what: string): AsyncIterable<TarEntry> {
  const reader = new ByteReader(source);
  try {
    yield* entries(reader, what);
    while (await reader.some(Infinity));
  } finally {
    await reader.close();
  }
}

async function* entries(reader: ByteReader, what: string): AsyncIterable<TarEntry> {
  let forAll = NO_ATTRIBUTES;
  let forNext = NO_ATTRIBUTES;
  for (let header = await nextHeader(reader, what); header; header = await nextHeader(reader, what)) {
    if (header.type in ATTRIBUTE_READERS) {
      const attributes = await attributesOf(header, reader, what);
      if (header.type === 'g') forAll = { ...forAll, ...attributes };
      else forNext = { ...forNext, ...attributes };
      continue;
    }
    const entry = entryOf(header, { ...forAll, ...forNext }, reader, what);
    forNext = NO_ATTRIBUTES;
    if (header.isExtended) await skipSparseMap(reader, what);
    const body = new Content(reader, entry.size, `${what} is cut off in ${entry.path}`);
    yield { ...entry, start: reader.position, content: body.read() };
    await body.finish();
  }
}

const ATTRIBUTE_READERS: Readonly<Record<string, (bytes: Uint8Array) => Attributes>> = {
  x: readAttributes,
  g: readAttributes,
  L: (bytes) => ({ path: textOf(bytes) }),
  K: (bytes) => ({ target: textOf(bytes) }),
};

/** The next header; undefined at the end: an empty block, or, as container runtimes have it, the end of the stream. */
async function nextHeader(reader: ByteReader, what: string): Promise<Header | undefined> {
  const block = await reader.exactly(BLOCK);
  if (block.length === 0 || (block.length === BLOCK && isEmptyBlock(block))) return undefined;
  if (block.length < BLOCK) throw new LearnError(reader.position < BLOCK ? `${what} is no tar archive` : `${what} is cut off`);
  const header = readHeader(block);
  if (!header) throw new LearnError(reader.position === BLOCK ? `${what} is no tar archive` : `${what} is a damaged tar archive`);
  return header;
}

async function attributesOf(header: Header, reader: ByteReader, what: string): Promise<Attributes> {
  if (header.size > LONGEST_ATTRIBUTES) throw new LearnError(`${what} has attributes of ${header.size} bytes`);
  const bytes = await reader.exactly(header.size);
  await reader.skip(padding(header.size));
  if (bytes.length < header.size) throw new LearnError(`${what} is cut off`);
  return ATTRIBUTE_READERS[header.type]?.(bytes) ?? NO_ATTRIBUTES;
}

function entryOf(header: Header, given: Attributes, reader: ByteReader, what: string): Omit<TarEntry, 'content'> {
  const path = given.path ?? header.path;
  const kind = KINDS[header.type] ?? 'other';
  if (path.length > LONGEST_PATH) throw new LearnError(`${what} has a path of ${path.length} characters`);
  const size = given.size ?? header.size;
  return {
    path,
    // Before POSIX a folder was a file whose name ends with a slash.
    kind: kind === 'file' && path.endsWith('/') ? 'folder' : kind,
    mode: header.mode & 0o7777,
    uid: given.uid ?? header.uid,
    gid: given.gid ?? header.gid,
    size: kind === 'file' || kind === 'other' ? size : 0,
    target: given.target ?? header.target,
    capability: given.capability,
    start: reader.position,
  };
}

/** Blocks with more of the map of a sparse file. */
async function skipSparseMap(reader: ByteReader, what: string): Promise<void> {
  for (;;) {
    const block = await reader.exactly(BLOCK);
    if (block.length < BLOCK) throw new LearnError(`${what} is cut off`);
    if (block[504] === 0) return;
  }
}

/** The content of one entry, of which the reader of the archive may take a part. */
class Content {
  readonly #reader: ByteReader;
  readonly #end: number;
  readonly #whenCut: string;
  readonly #padding: number;

  constructor(reader: ByteReader, length: number, whenCut: string) {
    this.#reader = reader;
    this.#end = reader.position + length;
    this.#padding = padding(length);
    this.#whenCut = whenCut;
  }

  async *read(): Bytes {
    while (this.#reader.position < this.#end) {
      const piece = await this.#reader.some(this.#end - this.#reader.position);
      if (piece === undefined) throw new LearnError(this.#whenCut);
      yield piece;
    }
  }

  async finish(): Promise<void> {
    const left = this.#end - this.#reader.position;
    if ((await this.#reader.skip(left)) < left) throw new LearnError(this.#whenCut);
    await this.#reader.skip(this.#padding);
  }
}

function padding(length: number): number {
  return (BLOCK - (length % BLOCK)) % BLOCK;
}
