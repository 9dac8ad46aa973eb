/** Whose a place in the file system of a container is. */
import { isWithin } from '../kubernetes/volumes.ts';

/**
 * `kernel`: interfaces of the kernel and devices; `system`: folders that belong to root in every image; `image`: any
 * other place of the root file system; `writable`: a mounted volume, `/tmp`, or what is writable for everybody.
 */
export type Place = 'kernel' | 'system' | 'image' | 'writable';

const KERNEL = /^\/(?:proc\/sys|proc\/sysrq-trigger|sys)(?:\/|$)/;
const DEVICES = /^\/dev\/(?!(?:null|zero|full|u?random|tty|ptmx|std\w+|log|termination-log|fd|pts|shm|mqueue|tcp|udp)(?:\/|$))/;
const FOR_EVERYBODY = /^\/(?:dev|proc|tmp)(?:\/|$)/;
/** Filesystem Hierarchy Standard 3.0, chapters 3 and 4. */
const SYSTEM = /^\/(?:$|(?:etc|usr|bin|sbin|lib|lib32|lib64|boot|root)(?:\/|$))/;

/**
 * @param path in normal form; a relative one is in the working directory of the image
 * @param creates true when the path is made where it was not: directly below the root, only root can
 * @param mounts where volumes are mounted, in normal form
 */
export function placeOf(path: string, creates: boolean, mounts: readonly string[]): Place {
  if (!path.startsWith('/')) return 'image';
  if (KERNEL.test(path) || DEVICES.test(path)) return 'kernel';
  if (FOR_EVERYBODY.test(path) || mounts.some((mount) => isWithin(path, mount))) return 'writable';
  const isTopLevel = path.lastIndexOf('/') === 0;
  return SYSTEM.test(path) || (creates && isTopLevel) ? 'system' : 'image';
}
