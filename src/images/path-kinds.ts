/** What a folder is for, by its path (Filesystem Hierarchy Standard 3.0, and customs). */
import type { WritablePath } from './knowledge.ts';

/** What a mount can name: no spaces, no colons, and not the root. */
const MOUNTABLE = /^(?:\/[^/\s*:]+)+$/;
const KINDS: readonly (readonly [RegExp, NonNullable<WritablePath['kind']>])[] = [
  [/^\/(?:var\/)?run(?:\/|$)/, 'run'],
  [/(?:^|[/_.-])logs?(?:$|\/)/, 'logs'],
  [/(?:^|[/_.-])cache(?:$|\/)|^\/home\//, 'cache'],
  [/(?:^|[/_.-])te?mp(?:$|\/)/, 'tmp'],
  [/^\/etc\/|(?:^|\/)conf(?:ig|\.d)?(?:$|\/)/, 'config'],
];

/** True for a path that a volume can be mounted at. */
export function isMountable(path: string): boolean {
  return MOUNTABLE.test(path);
}

/** The kind of what is written to a folder; undefined when its path does not tell. */
export function kindOfPath(path: string): WritablePath['kind'] {
  return KINDS.find(([pattern]) => pattern.test(path))?.[1];
}
