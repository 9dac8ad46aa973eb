/** Builds images without Docker: Debian packages as `dpkg` unpacks them, files of our own, packed by `tar`, gzip and zstd. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { JsonObject } from '../../src/util/json.ts';
import { digest, json, tar, type BuiltImage, type TestFile } from '../learn/images.ts';
import { temporaryFolder } from './world.ts';

export interface Sample {
  /** The image of the knowledge that is made like it; undefined for one of our own. */
  readonly known?: { readonly repository: string; readonly tag: string };
  readonly packages?: readonly string[];
  /** Puts further files into a folder. */
  readonly build?: (folder: string) => void;
  readonly files?: Readonly<Record<string, TestFile>>;
  readonly config: JsonObject;
  /** How its second layer is packed. */
  readonly pack?: 'gzip' | 'zstd';
}

/** What every image on a distribution has. */
const BASE: Readonly<Record<string, TestFile>> = {
  'bin/sh': { mode: 0o755 },
  'usr/local/bin/gosu': { mode: 0o755 },
  'tmp/': { mode: 0o1777 },
  'var/tmp/': { mode: 0o1777 },
  'run/lock/': { mode: 0o1777 },
};

/** Downloads the packages of the samples once; gives the folder that they are in. */
export function downloadPackages(samples: readonly Sample[]): string {
  const folder = temporaryFolder();
  run('apt-get', ['download', '-q', ...new Set(samples.flatMap(({ packages = [] }) => packages))], folder);
  return folder;
}

/** Builds an image: its base, its packages as `dpkg` unpacks them and `tar` packs them, its own files. */
export function buildSample({ packages = [], build, files = {}, config, pack = 'gzip' }: Sample, downloads: string): BuiltImage {
  const folder = temporaryFolder();
  for (const name of packages) {
    const file = readdirSync(downloads).find((one) => one.startsWith(`${name}_`));
    run('dpkg', ['-x', join(downloads, file ?? name), folder], downloads);
  }
  build?.(folder);
  const owned = ['--numeric-owner', '--owner=0', '--group=0', '--sort=name', '-C', folder, '-cf', '-', '.'];
  const middle = run('tar', owned, folder);
  const archives = [
    ...(packages.length > 0 || pack === 'zstd' ? [tar(BASE)] : []),
    middle,
    ...(Object.keys(files).length > 0 ? [tar(files)] : []),
  ];
  const layers = archives.map((bytes) =>
    bytes === middle && pack === 'zstd' ? run('zstd', ['-1', '-c'], folder, {}, bytes) : gzipSync(bytes, { level: 1 }),
  );
  const settings = json({
    os: 'linux',
    architecture: 'amd64',
    config,
    rootfs: { type: 'layers', diff_ids: archives.map(digest) },
  });
  const describe = (bytes: Uint8Array, type: string): JsonObject => ({
    mediaType: `application/vnd.oci.image.${type}`,
    digest: digest(bytes),
    size: bytes.length,
  });
  const manifest = json({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: describe(settings, 'config.v1+json'),
    layers: layers.map((bytes) => describe(bytes, `layer.v1.tar+${bytes[0] === 0x28 ? 'zstd' : 'gzip'}`)),
  });
  return { blobs: new Map([manifest, settings, ...layers].map((bytes) => [digest(bytes), bytes])), manifest: digest(manifest) };
}

/** Runs a program that must succeed; gives what it prints. */
export function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
  input?: Uint8Array,
): Buffer {
  const result = spawnSync(program, args, { cwd, env: { ...process.env, ...env }, maxBuffer: 1 << 30, ...(input && { input }) });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${result.stderr.toString()}`);
  return result.stdout;
}
