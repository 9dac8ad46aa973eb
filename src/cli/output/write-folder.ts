/** A folder that kharden writes: what is in it is its own, and everything else stays as it is. */
import { lstatSync, mkdirSync, readFileSync, realpathSync, unlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FolderFormat } from '../../report/format.ts';
import { isMissing } from '../files/reason.ts';
import { createFile, removeLeftovers, syncFolder } from '../files/write-file.ts';

/** What belongs into a folder. */
export interface OwnFiles extends Pick<FolderFormat, 'fileNames' | 'marker' | 'rivals'> {
  /** Texts by name. */
  readonly files: ReadonlyMap<string, string>;
}

/** The absolute paths, without links, of the files that a format may write into a folder. */
export function ownPaths(folder: string, fileNames: readonly string[]): string[] {
  let real = resolve(folder);
  try {
    real = realpathSync(real);
  } catch {
    // There is no such folder yet, so that nothing is in it.
  }
  return fileNames.map((name) => join(real, name));
}

/**
 * Writes the files of a folder, each in one step, and removes those of an earlier run that are no longer needed; the folder is made
 * where there is none. Nothing is written when one of them is somebody else's.
 *
 * @throws FolderError with the path that stands in the way, and the reason for the user or the error of the file system
 */
export function writeFolder(folder: string, { files, fileNames, marker, rivals }: OwnFiles): void {
  at(folder, () => mkdirSync(folder, { recursive: true }));
  for (const name of rivals) {
    if (contentOf(join(folder, name)) !== undefined)
      throw new FolderError(join(folder, name), new Error('this belongs to another kustomization: choose another folder'));
  }
  const before = new Map(fileNames.map((name) => [name, contentOf(join(folder, name))]));
  for (const [name, content] of before) {
    if (content !== undefined && !content.startsWith(marker))
      throw new FolderError(join(folder, name), new Error('kharden did not write this file: choose another folder'));
  }
  removeLeftovers(folder);
  for (const name of fileNames) {
    const text = files.get(name);
    if (text !== undefined && text !== before.get(name)) at(join(folder, name), (path) => createFile(path, Buffer.from(text)));
  }
  for (const name of fileNames) if (!files.has(name) && before.get(name) !== undefined) at(join(folder, name), unlinkSync);
  syncFolder(folder);
}

/** Why a folder could not be written. */
export class FolderError extends Error {
  readonly path: string;
  readonly reason: unknown;

  constructor(path: string, reason: unknown) {
    super(path);
    this.path = path;
    this.reason = reason;
  }
}

function at(path: string, act: (path: string) => void): void {
  try {
    act(path);
  } catch (error) {
    throw new FolderError(path, error);
  }
}

/** The text of a file; undefined when there is none. What is no regular file, such as a link, has the empty text. */
function contentOf(path: string): string | undefined {
  try {
    return lstatSync(path).isFile() ? readFileSync(path, 'utf8') : '';
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new FolderError(path, error);
  }
}
