/** Which paths a container must be able to write to when its root file system becomes read-only. */
import type { ImageKnowledge, WritablePath } from '../../images/index.ts';
import { madeFolders } from '../../evidence/file-writes.ts';
import type { Command } from '../../shell/command.ts';
import type { DataFolder } from '../../evidence/named-paths.ts';
import { rootFsWrites } from '../../evidence/root.ts';
import type { Basis } from '../basis/basis.ts';
import { isWithin, mountPaths, mountsOf, normalPath, type Mount } from '../../kubernetes/volumes.ts';
import type { Container } from '../../kubernetes/object.ts';
import type { Reason } from '../basis/reason.ts';

/**
 * Why the root file system must stay writable: the command writes to it, the image does, a folder that is written to may hold
 * files of the image, or nobody knows.
 */
export function writableRootNeed(container: Container, basis: Basis, folders: readonly DataFolder[]): Reason | undefined {
  const { knowledge, commands, source } = basis;
  const [write] = rootFsWrites(commands, writablePlaces(container, commands));
  const atImage = `${container.pointer}/image`;
  if (write)
    return { why: `runs ${write.word}, which writes to the root file system`, at: `${container.pointer}${write.pointer}` };
  if (knowledge?.readOnlyRootFilesystem === 'breaks') return { why: 'has an image that changes its own files', at: atImage };
  if (knowledge?.needs.includes('config') && !holdsConfiguration(container, knowledge))
    return { why: 'has an image that writes its configuration at start', at: atImage };
  if (knowledge?.needs.includes('sticky-tmp')) return { why: 'has an image that does not accept a volume at /tmp', at: atImage };
  const folder = folders.find(({ canBeVolume }) => !canBeVolume);
  if (!folder || source === 'image' || source === 'command') return undefined;
  const why = `may write to ${folder.path} (${folder.name}), where its image may have files of its own`;
  return { why, at: `${container.pointer}${folder.pointer}` };
}

/** Where commands can write: the volumes, and folders that they make themselves at the root, which become volumes. */
export function writablePlaces(container: Container, commands: readonly Command[]): readonly string[] {
  const mounts = mountPaths(container);
  const made = madeFolders(commands, mounts);
  return made.length === 0 ? mounts : [...mounts, ...made];
}

/** True when the author mounts writable volumes wherever the image writes its configuration, as charts made for it do. */
function holdsConfiguration(container: Container, { writable }: ImageKnowledge): boolean {
  const folders = writable.filter(({ prepopulated, optional }) => prepopulated && !optional);
  const mounts = mountsOf(container).filter(({ isReadOnly }) => !isReadOnly);
  return folders.length > 0 && folders.every(({ path }) => mounts.some((mount) => isWithin(normalPath(path), mount.path)));
}

/**
 * The paths that need an emptyDir of their own, in normal form and order: `/tmp` unless nothing writes there, those that the image is known to write to,
 * those that the manifest tells it to write to, and those that the user names. Left out: what a writable mount covers already,
 * what another mount occupies, what would hide files of the image, and `/run` in addition to `/var/run`, which are one folder in
 * most images.
 */
export function writablePaths(
  container: Container,
  knowledge: ImageKnowledge | undefined,
  folders: readonly DataFolder[],
  named: readonly string[],
): string[] {
  const mounts = mountsOf(container);
  const ofImage = (knowledge?.writable ?? []).filter((known) => isNeeded(known, mounts)).map(({ path }) => path);
  const forbidden = forbiddenPaths(knowledge, mounts);
  const told = folders.flatMap(({ path, canBeVolume }) => (canBeVolume ? [path] : []));
  const wanted = new Set(named.map(normalPath));
  const paths: string[] = [];
  for (const path of [...(knowledge?.writesTmp === false ? [] : ['/tmp']), ...ofImage, ...told, ...named].map(normalPath)) {
    const isForbidden = !wanted.has(path) && forbidden.some((kept) => isWithin(kept, path));
    const isCovered = mounts.some((mount) => mount.path === path || (!mount.isReadOnly && isWithin(path, mount.path)));
    const isTwin = paths.some((other) => isWithin(path, other) || unlinked(other) === unlinked(path));
    if (!isForbidden && !isCovered && !isTwin && path !== '/') paths.push(path);
  }
  const highest = paths.filter((path) => !paths.some((other) => other !== path && isWithin(path, other)));
  return highest.flatMap((path) => [path, ...middleFolders(path, mounts)]);
}

/** What would hide files of the image that it needs: what is named so, and where the image has files in a folder that it writes to. */
function forbiddenPaths(knowledge: ImageKnowledge | undefined, mounts: readonly Mount[]): string[] {
  const full = (knowledge?.writable ?? []).filter((known) => known.prepopulated && !isNeeded(known, mounts));
  return [...(knowledge?.doNotMount ?? []), ...full].map(({ path }) => normalPath(path));
}

/**
 * The folders between a new volume and a writable mount of the author further down in it: the runtime makes them as root's, so
 * each becomes a volume too.
 */
function middleFolders(path: string, mounts: readonly Mount[]): string[] {
  if (mounts.length === 0) return [];
  const found = mounts
    .filter((mount) => !mount.isReadOnly && mount.path !== path && isWithin(mount.path, path))
    .flatMap((mount) => {
      const steps = mount.path
        .slice(path.length + 1)
        .split('/')
        .slice(0, -1);
      return steps.map((_, index) => `${path}/${steps.slice(0, index + 1).join('/')}`);
    });
  return [...new Set(found)].filter((folder) => !mounts.some((mount) => mount.path === folder));
}

function isNeeded({ prepopulated, optional, besides }: WritablePath, mounts: readonly Mount[]): boolean {
  if (besides !== undefined) return mounts.some(({ path }) => isWithin(path, besides));
  return !prepopulated && !optional;
}

/** `/var/run` is a link to `/run` in Debian, Ubuntu, Alpine and UBI images. */
function unlinked(path: string): string {
  return path === '/var/run' || path.startsWith('/var/run/') ? path.slice('/var'.length) : path;
}
