/** Small images, built in memory: tar archives, layers, and the stores that hold them. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Bytes } from '../../src/learn/archive/bytes.ts';
import { readConfig, type ImageConfig } from '../../src/learn/image/image.ts';
import type { FileTree } from '../../src/learn/image/file-tree.ts';
import type { Files, SeekableFile } from '../../src/learn/image/layout.ts';
import { readLayers, type Layer } from '../../src/learn/image/layers.ts';
import type { Json, JsonObject } from '../../src/util/json.ts';

/** A file of a layer; a name that ends with a slash is a folder, one with a target a link. */
export interface TestFile {
  readonly content?: string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Where a symbolic link leads. */
  readonly link?: string;
  /** The file that a hard link names. */
  readonly sameAs?: string;
  /** `security.capability` as bytes. */
  readonly capability?: Uint8Array;
  /** The type of the entry, when it is another one. */
  readonly type?: string;
}

const encoder = new TextEncoder();

/** Joins bytes. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

/** A tar archive of files, with pax headers where ustar has no place for something. */
export function tar(files: Readonly<Record<string, TestFile>>): Uint8Array {
  const entries = Object.entries(files).flatMap(([path, file]) => [...paxOf(path, file), ...entryOf(path, file)]);
  return join(...entries, new Uint8Array(1024));
}

function paxOf(path: string, { capability }: TestFile): Uint8Array[] {
  const records = [
    ...(path.length > 100 ? [record('path', encoder.encode(path))] : []),
    ...(capability ? [record('SCHILY.xattr.security.capability', capability)] : []),
  ];
  return records.length === 0 ? [] : [header('pax', { type: 'x' }, join(...records).length), padded(join(...records))];
}

/** One record of a pax header, whose length counts its own digits. */
export function record(key: string, value: Uint8Array): Uint8Array {
  const rest = join(encoder.encode(` ${key}=`), value, encoder.encode('\n'));
  const digits = [1, 2, 3, 4, 5].find((count) => String(rest.length + count).length === count) ?? 0;
  return join(encoder.encode(String(rest.length + digits)), rest);
}

function entryOf(path: string, file: TestFile): Uint8Array[] {
  const content = encoder.encode(file.content ?? '');
  return [header(path, file, content.length), padded(content)];
}

/** The block before an entry. */
export function header(path: string, file: TestFile, size: number): Uint8Array {
  const { mode = path.endsWith('/') ? 0o755 : 0o644, uid = 0, gid = 0, link, sameAs } = file;
  const type = file.type ?? (link !== undefined ? '2' : sameAs !== undefined ? '1' : path.endsWith('/') ? '5' : '0');
  const block = new Uint8Array(512);
  const put = (text: string, at: number): void => block.set(encoder.encode(text), at);
  const octal = (value: number, at: number, length: number): void => put(`${value.toString(8).padStart(length - 1, '0')}\0`, at);
  put(path.slice(0, 100), 0);
  octal(mode, 100, 8);
  octal(uid, 108, 8);
  octal(gid, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  put('        ', 148);
  put(type, 156);
  put(link ?? sameAs ?? '', 157);
  put('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function padded(bytes: Uint8Array): Uint8Array {
  return join(bytes, new Uint8Array((512 - (bytes.length % 512)) % 512));
}

/** `security.capability` of version 2 (linux/capability.h, `vfs_cap_data`): permitted capabilities, effective or not. */
export function fileCapability(bits: readonly number[], isEffective = true): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(20));
  const word = (from: number): number =>
    bits.filter((bit) => bit >= from && bit < from + 32).reduce((mask, bit) => mask + 2 ** (bit - from), 0);
  bytes.setUint32(0, 0x0200_0000 + Number(isEffective), true);
  bytes.setUint32(4, word(0), true);
  bytes.setUint32(12, word(32), true);
  return new Uint8Array(bytes.buffer);
}

/** A stream of bytes in pieces of a length. */
export async function* pieces(bytes: Uint8Array, length = 1000): Bytes {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

/** A file in memory. */
export function seekable(name: string, bytes: Uint8Array): SeekableFile {
  return { name, read: (start) => pieces(bytes.subarray(start)) };
}

/** A folder in memory. */
export function folder(name: string, files: Readonly<Record<string, Uint8Array>>): Files {
  return { name, open: (path) => (files[path] ? pieces(files[path]) : undefined) };
}

/** A layer that is not packed. */
export function layer(files: Readonly<Record<string, TestFile>>, name = 'layer'): Layer {
  return { name, open: () => pieces(tar(files)) };
}

/** The files of an image with these layers. */
export function treeOf(...layers: readonly Readonly<Record<string, TestFile>>[]): Promise<FileTree> {
  return readLayers(layers.map((files) => layer(files)));
}

/** The `config` of an image as it is written: `User`, `Entrypoint`. */
export function configOf(config: JsonObject = {}): ImageConfig {
  return readConfig({ os: 'linux', config });
}

/** A digest as manifests write it. */
export function digest(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** JSON as bytes. */
export function json(value: Json): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

/** The blobs of an image by their digests, and the digest of its manifest. */
export interface BuiltImage {
  readonly blobs: ReadonlyMap<string, Uint8Array>;
  readonly manifest: string;
}

export interface ImageOptions {
  readonly config?: JsonObject;
  readonly architecture?: string;
  readonly pack?: (bytes: Uint8Array) => Uint8Array;
  /** Changes the manifest before it is written. */
  readonly change?: (manifest: JsonObject) => JsonObject;
}

/** An OCI image with layers. */
export function image(layers: readonly Readonly<Record<string, TestFile>>[], options: ImageOptions = {}): BuiltImage {
  const { config = {}, architecture = 'amd64', pack = gzipSync, change = (manifest) => manifest } = options;
  const archives = layers.map(tar);
  const packed = archives.map((bytes) => pack(bytes));
  const rootfs = { type: 'layers', diff_ids: archives.map(digest) };
  const settings = json({ os: 'linux', architecture, config, rootfs });
  const describe = (bytes: Uint8Array, mediaType: string): JsonObject => ({
    mediaType,
    digest: digest(bytes),
    size: bytes.length,
  });
  const manifest = json(
    change({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: describe(settings, 'application/vnd.oci.image.config.v1+json'),
      layers: packed.map((bytes) => describe(bytes, 'application/vnd.oci.image.layer.v1.tar+gzip')),
    }),
  );
  const blobs = new Map([manifest, settings, ...packed].map((bytes) => [digest(bytes), bytes]));
  return { blobs, manifest: digest(manifest) };
}

/** An index of images for platforms. */
export function index(images: Readonly<Record<string, BuiltImage>>): BuiltImage {
  const manifests = Object.entries(images).map(([platform, { blobs, manifest }]) => {
    const [os = '', architecture = '', variant] = platform.split('/');
    const size = blobs.get(manifest)?.length ?? 0;
    const mediaType = 'application/vnd.oci.image.manifest.v1+json';
    return { mediaType, digest: manifest, size, platform: { os, architecture, ...(variant && { variant }) } };
  });
  const bytes = json({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests });
  const blobs = new Map([...Object.values(images).flatMap((one) => [...one.blobs]), [digest(bytes), bytes] as const]);
  return { blobs, manifest: digest(bytes) };
}

/** The files of an OCI image layout by their paths. */
export function layoutFiles(images: Readonly<Record<string, BuiltImage>>): Record<string, Uint8Array> {
  const manifests = Object.entries(images).map(([name, { blobs, manifest }]) => {
    const bytes = blobs.get(manifest) ?? new Uint8Array();
    const mediaType = String((JSON.parse(new TextDecoder().decode(bytes)) as JsonObject)['mediaType']);
    return { mediaType, digest: manifest, size: bytes.length, annotations: { 'org.opencontainers.image.ref.name': name } };
  });
  const blobs = Object.values(images).flatMap((one) => [...one.blobs]);
  return {
    'oci-layout': json({ imageLayoutVersion: '1.0.0' }),
    'index.json': json({ schemaVersion: 2, manifests }),
    ...Object.fromEntries(blobs.map(([name, bytes]) => [`blobs/${name.replace(':', '/')}`, bytes])),
  };
}

/** An archive of files that are given as bytes. */
export function archive(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries = Object.entries(files).flatMap(([path, bytes]) => [header(path, {}, bytes.length), padded(bytes)]);
  return join(...entries, new Uint8Array(1024));
}

/** What `docker save` writes for images by their references. */
export function dockerArchive(
  images: Readonly<Record<string, readonly Readonly<Record<string, TestFile>>[]>>,
  config: JsonObject = {},
) {
  const files: Record<string, Uint8Array> = {};
  const list = Object.entries(images).map(([reference, layers]) => {
    const archives = layers.map(tar);
    const rootfs = { type: 'layers', diff_ids: archives.map(digest) };
    const settings = json({ os: 'linux', architecture: 'amd64', config, rootfs });
    const name = `${digest(settings).slice(7)}.json`;
    files[name] = settings;
    const paths = archives.map((bytes) => {
      const path = `${digest(bytes).slice(7)}/layer.tar`;
      files[path] = bytes;
      return path;
    });
    return { Config: name, RepoTags: [reference], Layers: paths };
  });
  return archive({ ...files, 'manifest.json': json(list) });
}

/** The message of the error with which something ends; an assertion fails when there is none. */
export async function messageOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}
