/** What errors of the file system mean for the user. */
import { printable } from '../../report/text.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder: check the path',
  ENOTDIR: 'no such file or folder: check the path',
  EACCES: 'permission denied: check the owner and the mode',
  EPERM: 'permission denied: check the owner and the mode',
  EEXIST: 'a file has this name: choose another one',
  EISDIR: 'this is a folder, not a file: use a file',
  ELOOP: 'the symbolic links form a loop: correct or remove one of them',
  ENAMETOOLONG: 'the name is too long for this file system: check the path',
  EMFILE: 'too many open files: raise the limit (ulimit -n)',
  ENFILE: 'too many open files: raise the limit (ulimit -n)',
  ENOSPC: 'no space left on the device: make room and run again',
  EDQUOT: 'the disk quota is used up: make room and run again',
  EFBIG: 'the file would be larger than the limit: raise the limit (ulimit -f)',
  EROFS: 'the file system is read-only: make it writable, or copy the files',
  EBUSY: 'the file is in use or is a mount point: mount the folder that holds it instead',
  EIO: 'the device failed to read or write: check it',
};

/** The message for the user about an error of the file system, on one line. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? printable(message ?? String(error));
}

/** The message for the user about an error that nothing handles: one of the file system or of the options, or else a bug. */
export function failureOf(error: unknown): string {
  if (typeof (error as NodeJS.ErrnoException | undefined)?.syscall === 'string') return reasonOf(error);
  if (isMistake(error)) return error.message;
  return `internal error: ${error instanceof Error ? error.message : String(error)}: please report this`;
}

/** True for options that do not agree: told by its name, because the class would load all that hardens. */
export function isMistake(error: unknown): error is Error {
  return error instanceof Error && error.name === 'OptionsError';
}

/** True when nothing exists at a path. */
export function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
