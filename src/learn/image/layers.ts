/** Reads the layers of an image, one after the other, into the tree of its files. */
import { whole, type Bytes } from '../archive/bytes.ts';
import { withDigest } from '../archive/digest.ts';
import { LearnError, size } from '../archive/failure.ts';
import { readTar, type EntryKind, type TarEntry } from '../archive/tar.ts';
import { unpacked } from '../archive/unpack.ts';
import { FileTree, type FileNode } from './file-tree.ts';

export interface Layer {
  /** `layer sha256:…`, for errors. */
  readonly name: string;
  /** The digest of the unpacked layer, where it must be checked. */
  readonly unpackedDigest?: string;
  open(): Bytes;
}

/** Far above what images have; below what makes a program useless. */
export interface Limits {
  /** Bytes of the layers of one image, unpacked. */
  readonly bytes: number;
  /** Entries in the layers of one image. */
  readonly entries: number;
  /** Characters of the scripts that are kept. */
  readonly text: number;
}

export const LIMITS: Limits = { bytes: 64 * 2 ** 30, entries: 2_000_000, text: 32 * 2 ** 20 };

const KINDS: Readonly<Record<Exclude<EntryKind, 'hard-link'>, FileNode['kind']>> = {
  file: 'file',
  folder: 'folder',
  'symbolic-link': 'link',
  other: 'other',
};
/** Whiteouts of the OCI image-spec, layer.md; other names that begin so are marks of the file system AUFS. */
const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';
/** Longer files are no scripts that somebody wrote. */
const LONGEST_TEXT = 1 << 18;
/** Files whose content is read besides scripts. */
const READ = /^\/etc\/(?:passwd|group|os-release)$|^\/usr\/lib\/os-release$|\/supervisord?\.conf$/;

/** Puts the layers on each other, from the lowest up. */
export async function readLayers(layers: readonly Layer[], limits: Limits = LIMITS): Promise<FileTree> {
  const tree = new FileTree();
  const used = { bytes: 0, entries: 0, text: 0 };
  for (const [index, layer] of layers.entries()) {
    const bytes = limited(unpacked(layer.open(), layer.name), layer.name, used, limits);
    const checked = layer.unpackedDigest === undefined ? bytes : withDigest(bytes, layer.unpackedDigest, layer.name);
    for await (const entry of readTar(checked, layer.name)) {
      if (++used.entries > limits.entries) throw new LearnError(`${layer.name}: the image has more than ${limits.entries} files`);
      const text = await textOf(entry, limits.text - used.text);
      used.text += text?.length ?? 0;
      addEntry(tree, entry, index, text);
    }
  }
  return tree;
}

async function* limited(source: Bytes, name: string, used: { bytes: number }, limits: Limits): Bytes {
  for await (const piece of source) {
    used.bytes += piece.length;
    if (used.bytes > limits.bytes)
      throw new LearnError(`${name}: the image has more than ${size(limits.bytes)}, which is more than kharden reads`);
    yield piece;
  }
}

function addEntry(tree: FileTree, entry: TarEntry, layer: number, text: string | undefined): void {
  const path = `/${entry.path}`.replace(/\/+$/, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  const folder = path.slice(0, path.lastIndexOf('/'));
  if (name === OPAQUE) tree.empty(folder, layer);
  else if (name.startsWith(`${WHITEOUT}${WHITEOUT}`)) return;
  else if (name.startsWith(WHITEOUT)) tree.remove(`${folder}/${name.slice(WHITEOUT.length)}`, layer);
  else if (entry.kind === 'hard-link') tree.link(path, entry.target, layer);
  else tree.add(path, nodeOf(entry, KINDS[entry.kind], layer, text));
}

function nodeOf(
  { mode, uid, gid, size, target, capability }: TarEntry,
  kind: FileNode['kind'],
  layer: number,
  text: string | undefined,
): Omit<FileNode, 'inside'> {
  return { kind, mode, uid, gid, size, target, capability, text, layer };
}

/** The content of a file that is a script by its first line, or whose name is one of those that are read. */
async function textOf({ kind, path, size, content }: TarEntry, room: number): Promise<string | undefined> {
  if (kind !== 'file' || size === 0 || size > Math.min(LONGEST_TEXT, room)) return undefined;
  const bytes = await whole(content, LONGEST_TEXT, path);
  const isScript = (bytes[0] === 0x23 && bytes[1] === 0x21) || path.endsWith('.sh');
  const isRead = READ.test(`/${path.replace(/^\.?\/+/, '')}`);
  return isScript || isRead ? new TextDecoder().decode(bytes) : undefined;
}
