/** Replacing a file in one step: whoever reads it sees the old bytes or the new ones, never a part. */
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
  type Stats,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** The name of a temporary file, and the process that made it. */
export const TEMPORARY = /^\.kharden-(\d+)-[0-9a-z]+$/;

/**
 * Replaces the content of `path`, which is a real path and no link, through a temporary file beside it: written, synced,
 * renamed. The mode is kept, and the owner where that is allowed; another hard link to the file keeps the old content.
 * `before` is what the file held when it was read; another run may have written `after` already.
 *
 * @throws Error with a message for the user when the file may not be written or has changed in the meantime; errors of the
 *   file system as they are. The file is then as it was.
 */
export function replaceFile(path: string, before: Uint8Array, after: Uint8Array): void {
  const folder = dirname(path);
  const stat = statSync(path);
  if (!stat.isFile()) throw new Error('only a regular file can be replaced: send the manifests to stdin instead');
  if (!isWritable(path, stat)) throw new Error('the file is read-only: make it writable and run again');
  if (!isWritable(folder, statSync(folder))) throw new Error('the folder is read-only: make it writable and run again');
  const temporary = temporaryIn(folder);
  const file = openSync(temporary, 'wx', 0o600);
  try {
    fillFile(file, after, stat);
    if (!isOneOf(readFileSync(path), [before, after])) throw new Error('the file changed after it was read: run again');
    renameSync(temporary, path);
  } catch (error) {
    removeQuietly(temporary);
    throw error;
  }
}

/**
 * Makes a file, or gives one that this program made another content, in one step: whoever reads it sees all of it. Nothing of an old
 * one is kept, and nothing is asked: the caller knows that it may go.
 *
 * @throws the error of the file system; what was there is then as it was
 */
export function createFile(path: string, content: Uint8Array): void {
  const temporary = temporaryIn(dirname(path));
  const file = openSync(temporary, 'wx');
  try {
    fillFile(file, content, undefined);
    renameSync(temporary, path);
  } catch (error) {
    removeQuietly(temporary);
    throw error;
  }
}

function temporaryIn(folder: string): string {
  return join(folder, `.kharden-${process.pid}-${Math.random().toString(36).slice(2)}`);
}

function isOneOf(content: Uint8Array, expected: readonly Uint8Array[]): boolean {
  return expected.some((bytes) => Buffer.compare(content, bytes) === 0);
}

/** Root may write everything, but a file that nobody has the right to write is meant to stay as it is. */
function isWritable(path: string, { mode }: Stats): boolean {
  if ((mode & 0o222) === 0) return false;
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Fills a new file and closes it; it gets the owner and the mode of `old`. */
function fillFile(file: number, bytes: Uint8Array, old: Stats | undefined): void {
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    if (old) {
      keepOwner(file, old.uid, old.gid);
      fchmodSync(file, old.mode & 0o7777);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function keepOwner(file: number, uid: number, gid: number): void {
  try {
    fchownSync(file, uid, gid);
  } catch {
    // Only root may give files away; the new file then belongs to whoever runs kharden.
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is gone already.
  }
}

/** Makes renames in a folder survive a power cut, where the file system can do that. */
export function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // The files themselves are synced.
  }
}

/** Removes the temporary files that runs which were killed left in a folder. Call it before the first `replaceFile`. */
export function removeLeftovers(folder: string): void {
  for (const name of namesIn(folder)) {
    const owner = Number(TEMPORARY.exec(name)?.[1]);
    if (owner === process.pid || isGone(owner)) removeQuietly(join(folder, name));
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
