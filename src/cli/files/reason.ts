/** What errors of the file system mean for the user. */
import { printable } from '../../report/text.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder: check the path',
  ENOTDIR: 'no such file or folder: check the path',
  EACCES: 'permission denied: check who may read and write it',
  EPERM: 'permission denied: check who may read and write it',
  EISDIR: 'is a folder, not a file',
  ELOOP: 'the links go round in a circle: mend them',
  ENAMETOOLONG: 'the name is too long for this file system',
  EMFILE: 'too many open files: raise the limit (ulimit -n)',
  ENFILE: 'too many open files: raise the limit (ulimit -n)',
  ENOSPC: 'no space left on the device: make room and run again',
  EDQUOT: 'the disk quota is used up: make room and run again',
  EFBIG: 'larger than files may be here: raise the limit (ulimit -f)',
  EROFS: 'the file system is read-only',
  EBUSY: 'in use, or mounted by itself: mount its folder instead',
  EIO: 'the device failed to read or write: check it',
};

/** One line for the user out of an error of the file system. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? printable(message ?? String(error));
}

/** True when a path leads nowhere. */
export function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
