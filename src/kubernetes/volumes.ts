/** Volumes of a pod and what a container's mounts make of them. */
import { isObject, itemsAt, member, path, stringAt, type Json, type JsonObject } from '../util/json.ts';
import { memo } from '../util/memo.ts';
import type { Container, Pod } from './object.ts';

/** How a volume's content can be used: `persistent` outlives the pod, `scratch` is empty at start, `files` is read-only data. */
export type VolumeNature = 'persistent' | 'scratch' | 'files' | 'host';

export interface Mount {
  readonly path: string;
  readonly volume: string;
  readonly isReadOnly: boolean;
  /** The file or folder of the volume that is mounted, as it is written; undefined for the whole volume. */
  readonly subPath: string | undefined;
  readonly nature: VolumeNature | undefined;
  /** The volume's own source, undefined for a volume claim template. */
  readonly source: JsonObject | undefined;
}

const SCRATCH = ['emptyDir', 'gitRepo'];
const FILES = ['configMap', 'secret', 'projected', 'downwardAPI', 'image'];

const NO_MOUNTS: readonly Mount[] = [];

/** The mounts of a container, with paths in normal form. */
export const mountsOf = memo((container: Container): readonly Mount[] => {
  const mounts = itemsAt(container.value, 'volumeMounts');
  if (mounts.length === 0) return NO_MOUNTS;
  const { volumes, claims } = volumesOf(container.pod);
  return mounts.flatMap((mount) => {
    const volume = stringAt(mount, 'name');
    const mountPath = stringAt(mount, 'mountPath');
    if (volume === undefined || mountPath === undefined) return [];
    const source = volumes.get(volume);
    const nature = source ? natureOf(source) : claims.has(volume) ? 'persistent' : undefined;
    const isReadOnly = member(mount, 'readOnly') === true || nature === 'files' || isReadOnlySource(source);
    return [{ path: normalPath(mountPath), volume, isReadOnly, subPath: stringAt(mount, 'subPath'), nature, source }];
  });
});

/** Where a container's volumes are mounted, in normal form. */
export const mountPaths = memo((container: Container): readonly string[] => mountsOf(container).map(({ path: at }) => at));

interface Volumes {
  readonly volumes: ReadonlyMap<string, JsonObject>;
  /** The names of volume claim templates. */
  readonly claims: ReadonlySet<string>;
}

/** The volumes of a pod by their names; of two with one name the first. */
const volumesOf = memo((pod: Pod): Volumes => {
  const volumes = new Map<string, JsonObject>();
  for (const volume of itemsAt(pod.spec, 'volumes')) {
    const name = stringAt(volume, 'name');
    if (isObject(volume) && name !== undefined && !volumes.has(name)) volumes.set(name, volume);
  }
  const claims = itemsAt(pod.object.value, 'spec', 'volumeClaimTemplates').flatMap(
    (claim) => stringAt(claim, 'metadata', 'name') ?? [],
  );
  return { volumes, claims: new Set(claims) };
});

/** Every name that a new volume must not take. */
export function volumeNames(pod: Pod): Set<string> {
  const { volumes, claims } = volumesOf(pod);
  return new Set([...volumes.keys(), ...claims]);
}

/** A volume that names no source is an emptyDir. Whatever is not local to the pod or the node is a disk or a share. */
function natureOf(volume: JsonObject): VolumeNature {
  const source = Object.keys(volume).find((key) => key !== 'name');
  if (source === undefined || SCRATCH.includes(source)) return 'scratch';
  if (FILES.includes(source)) return 'files';
  return source === 'hostPath' ? 'host' : 'persistent';
}

function isReadOnlySource(volume: JsonObject | undefined): boolean {
  return volume !== undefined && Object.values(volume).some((source) => member(source, 'readOnly') === true);
}

const NORMAL = /^\/(?!\/|\.\/|\.?$)(?:[^/]|\/(?!\/|\.\/|\.?$))*$/;

/** A path without trailing and doubled slashes: `/tmp/` and `/tmp` are one place for a container. */
export function normalPath(text: string): string {
  if (NORMAL.test(text)) return text;
  const parts = text.split('/').filter((part) => part !== '' && part !== '.');
  return `/${parts.join('/')}`;
}

/** True when `inner` is `outer` or lies below it; both in normal form. */
export function isWithin(inner: string, outer: string): boolean {
  return inner === outer || outer === '/' || inner.startsWith(`${outer}/`);
}

/**
 * The file mode of a Secret, ConfigMap or projected volume that shuts out others than its owner root, if one does:
 * `defaultMode` or the mode of an item without the read bit for others.
 */
export function closedMode(volume: JsonObject | undefined): number | undefined {
  if (!volume) return undefined;
  return modesOf(volume).find((mode) => (mode & 0o004) === 0);
}

function modesOf(value: Json): number[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => modesOf(item));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    (key === 'defaultMode' || key === 'mode') && typeof inner === 'number' ? [inner] : modesOf(inner),
  );
}

/** True when a container mounts a service account token that the pod projects itself. */
export function mountsProjectedToken(container: Container): boolean {
  return mountsOf(container).some((mount) =>
    itemsAt(mount.source, 'projected', 'sources').some((source) => path(source, 'serviceAccountToken') !== undefined),
  );
}
