/** An image as it is read: which one of several platforms, its configuration, its layers (OCI image-spec). */
import { isObject, itemsAt, member, objectAt, stringAt, type Json, type JsonObject } from '../../util/json.ts';
import { whole, type Bytes } from '../archive/bytes.ts';
import { checkDigest, digestOf, isDigest, withDigest } from '../archive/digest.ts';
import { LearnError, size } from '../archive/failure.ts';
import type { Layer } from './layers.ts';

export interface OpenImage {
  /** Of the manifest, or of the index that the name leads to; of the configuration in an archive of `docker save`. */
  readonly digest: string;
  /** `linux/amd64`. */
  readonly platform: string;
  readonly config: ImageConfig;
  readonly layers: readonly Layer[];
}

/** The configuration of an image (OCI image-spec, config.md). */
export interface ImageConfig {
  readonly os: string;
  /** USER as it is written; empty when there is none. */
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly workingDir: string;
  /** `NAME=value`. */
  readonly env: readonly string[];
  /** Such as `80/tcp`. */
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
}

/** Something that a manifest or an index names (OCI image-spec, descriptor.md). */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** Where manifests and blobs come from: a registry, or a layout in a folder or an archive. */
export interface BlobStore {
  /** The image in words: `shop/cart:1`. */
  readonly name: string;
  /** The digest of the manifest, when the name has one. */
  readonly digest: string | undefined;
  /** The manifest, or index, that the name stands for, or the one with a digest. */
  manifest(digest?: string): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string }>;
  blob(descriptor: Descriptor): Bytes;
}

export const INDEX_TYPES: readonly string[] = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];
export const MANIFEST_TYPES: readonly string[] = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];
const CONFIG_TYPES: readonly string[] = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
];
/** What registries take at most ("Pushing Manifests" in the OCI distribution-spec). */
export const LARGEST_MANIFEST = 4 * 2 ** 20;
/** Packed; the largest layers of public images have half of it. */
export const LARGEST_LAYER = 8 * 2 ** 30;
/** An index may lead to an index; nobody writes more than two. */
const MOST_INDEXES = 3;

/**
 * Opens the image of a store: its layers are read later.
 *
 * @param platform which image of an index: `linux/amd64`, `linux/arm/v7`
 */
export async function openImage(store: BlobStore, platform: string): Promise<OpenImage> {
  const top = await readManifest(store);
  let current = top;
  for (let depth = 0; current.kind === 'index'; depth++) {
    if (depth === MOST_INDEXES) throw new LearnError(`${store.name}: its indexes lead to further indexes`);
    current = await readManifest(store, choose(current.value, platform, store.name));
  }
  const config = descriptorOf(member(current.value, 'config'), store.name);
  if (!CONFIG_TYPES.includes(config.mediaType))
    throw new LearnError(`${store.name} is no image of a container: its configuration has the type ${config.mediaType}`);
  const bytes = await whole(store.blob(config), LARGEST_MANIFEST, `the configuration of ${store.name}`);
  checkDigest(bytes, config.digest, `the configuration of ${store.name}`);
  const value = parseJson(bytes, `the configuration of ${store.name}`);
  return {
    digest: top.digest,
    platform: namedPlatform(value),
    config: readConfig(value),
    layers: itemsAt(current.value, 'layers').map((layer) => layerOf(descriptorOf(layer, store.name), store)),
  };
}

interface Manifest {
  readonly kind: 'index' | 'manifest';
  readonly value: JsonObject;
  readonly digest: string;
}

async function readManifest(store: BlobStore, digest = store.digest): Promise<Manifest> {
  const { bytes, mediaType } = await store.manifest(digest);
  const what = `the manifest of ${store.name}`;
  if (digest !== undefined) checkDigest(bytes, digest, what);
  const value = parseJson(bytes, what);
  const type = stringAt(value, 'mediaType') ?? mediaType;
  const isIndex = INDEX_TYPES.includes(type);
  if (!isIndex && !MANIFEST_TYPES.includes(type))
    throw new LearnError(`${store.name} has a manifest of the unknown type ${type.slice(0, 100) || 'none'}`);
  return { kind: isIndex ? 'index' : 'manifest', value, digest: digest ?? digestOf(bytes) };
}

/** The digest of the image for a platform. Attestations stand in indexes beside the images, for a platform that is `unknown`. */
function choose(index: JsonObject, platform: string, name: string): string {
  const all = itemsAt(index, 'manifests').map((item) => ({
    ...descriptorOf(item, name),
    platform: platformOf(member(item, 'platform')),
  }));
  const images = all.filter((one) => one.platform !== 'unknown/unknown');
  const fits = images.find((one) => one.platform === platform) ?? images.find((one) => one.platform.startsWith(`${platform}/`));
  const only = images.length === 1 && images[0]?.platform === '/' ? images[0] : undefined;
  const found = fits ?? only;
  if (found) return found.digest;
  const names = [...new Set(images.map((one) => one.platform))].join(', ');
  throw new LearnError(`${name} has no image for ${platform}: there is ${names || 'none'}; choose with --image-platform`);
}

function layerOf({ mediaType, digest, size: length }: Descriptor, store: BlobStore): Layer {
  const name = `${store.name}: layer ${digest}`;
  if (length > LARGEST_LAYER)
    throw new LearnError(`${name} has ${size(length)}, and kharden reads layers up to ${size(LARGEST_LAYER)}`);
  return { name, open: () => withDigest(store.blob({ mediaType, digest, size: length }), digest, name, length) };
}

export function parseJson(bytes: Uint8Array, what: string): JsonObject {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw new LearnError(`${what} is no JSON object`);
}

/** @throws LearnError for anything that is no descriptor */
export function descriptorOf(value: Json | undefined, name: string): Descriptor {
  const [mediaType, digest, bytes] = [stringAt(value, 'mediaType'), stringAt(value, 'digest'), member(value, 'size')];
  if (digest === undefined || !isDigest(digest) || typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0)
    throw new LearnError(`${name} has a manifest that is not valid`);
  return { mediaType: mediaType ?? '', digest, size: bytes };
}

/** Of a configuration, or of an entry of an index. */
export function platformOf(value: Json | undefined): string {
  const [os = '', architecture = '', variant] = [
    stringAt(value, 'os'),
    stringAt(value, 'architecture'),
    stringAt(value, 'variant'),
  ];
  return [os, architecture, ...(variant ? [variant] : [])].join('/');
}

/** The platform of a configuration, as an entry names it; a configuration need not be right. */
export function namedPlatform(value: JsonObject): string {
  const found = platformOf(value);
  return /^[a-z0-9]+(?:\/[a-z0-9]+){1,2}$/.test(found) ? found : 'linux/unknown';
}

/** What a configuration says; what is missing, or has another type, is empty. */
export function readConfig(value: JsonObject): ImageConfig {
  const config = objectAt(value, 'config');
  const list = (key: string): string[] => itemsAt(config, key).filter((item) => typeof item === 'string');
  return {
    os: stringAt(value, 'os') ?? 'linux',
    user: stringAt(config, 'User') ?? '',
    entrypoint: list('Entrypoint'),
    command: list('Cmd'),
    workingDir: stringAt(config, 'WorkingDir') || '/',
    env: list('Env'),
    ports: Object.keys(objectAt(config, 'ExposedPorts')),
    volumes: Object.keys(objectAt(config, 'Volumes')),
  };
}
