/** Images in files of this machine. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LearnError } from '../../learn/archive/failure.ts';
import type { Bytes } from '../../learn/archive/bytes.ts';
import { openImage, type OpenImage } from '../../learn/image/image.ts';
import { archiveFiles, layoutStore, openDockerArchive, type Files } from '../../learn/image/layout.ts';
import { reasonOf } from '../files/reason.ts';
import type { Place } from './transports.ts';

type LocalPlace = Exclude<Place, { readonly kind: 'docker' }>;

/** Opens an image in a folder or an archive. */
export async function openLocal({ kind, path, tag }: LocalPlace, platform: string): Promise<OpenImage> {
  const name = `${kind}:${path}`;
  checkPath(path, name, kind === 'oci');
  if (kind === 'oci') return openImage(await layoutStore(folderFiles(path, name), tag), platform);
  const files = await archiveFiles({ name, read: (start) => fileBytes(path, name, start) });
  return kind === 'oci-archive' ? openImage(await layoutStore(files, tag), platform) : openDockerArchive(files, tag);
}

function checkPath(path: string, name: string, isFolder: boolean): void {
  try {
    if (statSync(path).isDirectory() === isFolder) return;
  } catch (error) {
    throw new LearnError(`${name}: ${reasonOf(error)}`);
  }
  throw new LearnError(
    `${name}: ${isFolder ? 'this is a file, and oci: names a folder' : 'this is a folder, and an archive is a file'}`,
  );
}

function folderFiles(folder: string, name: string): Files {
  return {
    name,
    open: (path) => {
      const file = join(folder, path);
      return existsSync(file) ? fileBytes(file, `${name}: ${path}`, 0) : undefined;
    },
  };
}

async function* fileBytes(path: string, name: string, start: number): Bytes {
  try {
    yield* createReadStream(path, { start, highWaterMark: 1 << 20 }) as Bytes;
  } catch (error) {
    throw new LearnError(`${name}: ${reasonOf(error)}`);
  }
}
