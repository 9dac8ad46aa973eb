/** Replacing a file in one step: whoever reads it sees the old bytes or the new ones, never a part. */
import { closeSync, fchmodSync, fchownSync, fsyncSync, openSync, readFileSync, renameSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Thrown when a file must not be replaced; the message is for the user. */
export class WriteError extends Error {}

/** The name of a temporary file beside its target, and the process that owns it. */
export const TEMPORARY = /^\.(.+)\.kharden-(\d+)$/;

/**
 * Replaces the content of `path`, which is a real path and no link, through a temporary file beside it: written, synced,
 * renamed. The mode is kept, and the owner where that is allowed. `before` is what the file held when it was read.
 *
 * @throws WriteError when the file is read-only or has changed in the meantime; errors of the file system as they are.
 */
export function replaceFile(path: string, before: Uint8Array, after: Uint8Array): void {
  const stat = statSync(path);
  if ((stat.mode & 0o222) === 0) throw new WriteError('the file is read-only: make it writable and run again');
  if ((statSync(dirname(path)).mode & 0o222) === 0) throw new WriteError('the folder is read-only: make it writable and run again');
  const temporary = join(dirname(path), `.${basename(path)}.kharden-${process.pid}`);
  const file = openSync(temporary, 'wx', 0o600);
  try {
    writeAll(file, after);
    fchmodSync(file, stat.mode & 0o7777);
    keepOwner(file, stat.uid, stat.gid);
    fsyncSync(file);
    closeSync(file);
    if (!sameBytes(readFileSync(path), before)) throw new WriteError('the file changed while kharden read it: run again');
    renameSync(temporary, path);
  } catch (error) {
    closeQuietly(file);
    unlinkSync(temporary);
    throw error;
  }
  syncFolder(dirname(path));
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

function keepOwner(file: number, uid: number, gid: number): void {
  try {
    fchownSync(file, uid, gid);
  } catch {
    // Only root may give files away; the new file then belongs to whoever runs kharden.
  }
}

function closeQuietly(file: number): void {
  try {
    closeSync(file);
  } catch {
    // It was closed before the error.
  }
}

/** Makes the rename survive a power cut; some file systems and platforms cannot sync a folder. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // The file itself is synced.
  }
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
