/** Images in files: an OCI image layout, in a folder or in an archive, and the archive that `docker save` writes. */
import { isArray, isObject, itemsAt, stringAt, type Json } from '../../util/json.ts';
import { part, whole, type Bytes } from '../archive/bytes.ts';
import { digestOf } from '../archive/digest.ts';
import { LearnError } from '../archive/failure.ts';
import { readTar } from '../archive/tar.ts';
import { unpacked } from '../archive/unpack.ts';
import { descriptorOf, LARGEST_MANIFEST, namedPlatform, parseJson, readConfig, type BlobStore, type OpenImage } from './image.ts';

/** Reads files by their paths in a folder or an archive, with slashes; undefined for one that is not there. */
export interface Files {
  /** In words: `oci:build/image`. */
  readonly name: string;
  open(path: string): Bytes | undefined;
}

/** The name of a reference in an index (OCI image-spec, annotations.md). */
const REF_NAME = 'org.opencontainers.image.ref.name';

/**
 * An image of an OCI image layout (OCI image-spec, image-layout.md).
 *
 * @param tag which of several images, by the name that the index gives them
 */
export async function layoutStore(files: Files, tag: string | undefined): Promise<BlobStore> {
  if (!files.open('oci-layout')) throw new LearnError(`${files.name} is no OCI image layout: it has no file oci-layout`);
  const index = parseJson(await readSmall(files, 'index.json'), `index.json of ${files.name}`);
  const images = itemsAt(index, 'manifests');
  const named = images.filter((item) => nameOf(item) === tag);
  const found = tag === undefined ? images : named;
  const [first] = found;
  if (first === undefined || (tag === undefined && found.length > 1)) {
    const names = images.map((item) => nameOf(item) ?? 'one without a name').join(', ');
    const problem = tag === undefined ? 'does not hold one image' : `holds no image ${tag}`;
    throw new LearnError(`${files.name} ${problem}: there is ${names || 'none'}`);
  }
  const top = descriptorOf(first, files.name);
  const name = tag === undefined ? files.name : `${files.name}:${tag}`;
  return {
    name,
    digest: top.digest,
    manifest: async (digest = top.digest) => ({
      bytes: await readSmall(files, blobPath(digest, name)),
      mediaType: top.mediaType,
    }),
    blob: ({ digest }) => openFile(files, blobPath(digest, name)),
  };
}

function nameOf(item: Json): string | undefined {
  return stringAt(item, 'annotations', REF_NAME);
}

/** A digest is a path only when it is one. */
function blobPath(digest: string, name: string): string {
  const [, algorithm, hash] = /^([a-z0-9]+):([a-f0-9]+)$/.exec(digest) ?? [];
  if (algorithm === undefined) throw new LearnError(`${name} has a manifest that is not valid`);
  return `blobs/${algorithm}/${hash}`;
}

function openFile(files: Files, path: string): Bytes {
  const found = files.open(path);
  if (!found) throw new LearnError(`${files.name} lacks ${path}`);
  return found;
}

function readSmall(files: Files, path: string): Promise<Uint8Array> {
  return whole(openFile(files, path), LARGEST_MANIFEST, `${path} of ${files.name}`);
}

/**
 * An image of an archive that `docker save` writes ("Image JSON Description", moby/docker-image-spec): `manifest.json` names its
 * configuration and its layers, whose unpacked digests are in the configuration.
 *
 * @param reference which of several images: `shop/cart:1`
 */
export async function openDockerArchive(files: Files, reference: string | undefined): Promise<OpenImage> {
  if (!files.open('manifest.json')) throw new LearnError(`${files.name} is no archive of docker save: it has no manifest.json`);
  const text = new TextDecoder().decode(await readSmall(files, 'manifest.json'));
  const images = parseList(text, files.name);
  const tagsOf = (image: Json): string[] => itemsAt(image, 'RepoTags').map(String);
  const found = reference === undefined ? images : images.filter((image) => tagsOf(image).includes(reference));
  const [image] = found;
  if (image === undefined || (reference === undefined && found.length > 1)) {
    const names = images.flatMap(tagsOf).join(', ');
    const problem = reference === undefined ? 'does not hold one image' : `holds no image ${reference}`;
    throw new LearnError(`${files.name} ${problem}: there is ${names || 'none'}`);
  }
  const bytes = await readSmall(files, stringAt(image, 'Config') ?? '');
  const config = parseJson(bytes, `the configuration of ${files.name}`);
  const digests = itemsAt(config, 'rootfs', 'diff_ids');
  const paths = itemsAt(image, 'Layers').map(String);
  if (digests.length !== paths.length)
    throw new LearnError(`${files.name} has ${paths.length} layers for ${digests.length} digests`);
  return {
    digest: digestOf(bytes),
    platform: namedPlatform(config),
    config: readConfig(config),
    layers: paths.map((path, index) => ({
      name: `${files.name}: layer ${path}`,
      unpackedDigest: String(digests[index]),
      open: () => openFile(files, path),
    })),
  };
}

function parseList(text: string, name: string): readonly Json[] {
  try {
    const value = JSON.parse(text) as Json;
    if (isArray(value) && value.every(isObject)) return value;
  } catch {
    // Said below.
  }
  throw new LearnError(`manifest.json of ${name} is no list of images`);
}

/** More than the layers and manifests of any archive. */
const MOST_FILES = 100_000;

/** A file whose bytes can be read from any place on. */
export interface SeekableFile {
  readonly name: string;
  read(start: number): Bytes;
}

/** The files of a tar archive, which may be packed. Each is read from where it begins; a packed archive is unpacked up to there. */
export async function archiveFiles(file: SeekableFile): Promise<Files> {
  const isPacked = await startsPacked(file);
  const bytes = (start: number, length: number): Bytes =>
    isPacked ? part(unpacked(file.read(0), file.name), start, length) : part(file.read(start), 0, length);
  const found = new Map<string, { start: number; size: number }>();
  const links = new Map<string, string>();
  for await (const { path, kind, start, size, target } of readTar(unpacked(file.read(0), file.name), file.name)) {
    const name = plainPath(path);
    if (found.size + links.size === MOST_FILES) throw new LearnError(`${file.name} has more than ${MOST_FILES} files`);
    if (kind === 'file') found.set(name, { start, size });
    // Archives of Docker before 25 name a layer that several images have by a link.
    if (kind === 'symbolic-link') links.set(name, plainPath(`${name.slice(0, name.lastIndexOf('/') + 1)}${target}`));
    if (kind === 'hard-link') links.set(name, plainPath(target));
  }
  return {
    name: file.name,
    open: (path) => {
      const place = found.get(path) ?? found.get(links.get(path) ?? '');
      return place && bytes(place.start, place.size);
    },
  };
}

async function startsPacked(file: SeekableFile): Promise<boolean> {
  const [start, same] = await Promise.all([
    whole(part(file.read(0), 0, 4), 4, file.name),
    whole(part(unpacked(file.read(0), file.name), 0, 4), 4, file.name),
  ]);
  return start.some((byte, index) => byte !== same[index]);
}

/** Without `.` and with each `..` taken away with its parent. */
function plainPath(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}
