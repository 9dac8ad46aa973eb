/** Volumes of a pod and what a container's mounts make of them. */
import { isObject, itemsAt, member, path, stringAt, type Json, type JsonObject } from '../json.ts';
import type { Container, Pod } from './workload.ts';

/** How a volume's content can be used: `persistent` outlives the pod, `scratch` is empty at start, `files` is read-only data. */
export type VolumeNature = 'persistent' | 'scratch' | 'files' | 'host';

export interface Mount {
  readonly path: string;
  readonly volume: string;
  readonly isReadOnly: boolean;
  readonly nature: VolumeNature | undefined;
  /** The volume's own source, undefined for a volume claim template. */
  readonly source: JsonObject | undefined;
}

const SCRATCH = ['emptyDir', 'gitRepo'];
const FILES = ['configMap', 'secret', 'projected', 'downwardAPI', 'image'];

/** The mounts of a container, with paths in normal form. */
export function mountsOf(container: Container): Mount[] {
  return itemsAt(container.value, 'volumeMounts').flatMap((mount) => {
    const volume = stringAt(mount, 'name');
    const mountPath = stringAt(mount, 'mountPath');
    if (volume === undefined || mountPath === undefined) return [];
    const source = volumeSource(container.pod, volume);
    const nature = source ? natureOf(source) : isClaimTemplate(container.pod, volume) ? 'persistent' : undefined;
    const isReadOnly = member(mount, 'readOnly') === true || nature === 'files' || isReadOnlySource(source);
    return [{ path: normalPath(mountPath), volume, isReadOnly, nature, source }];
  });
}

/** Every name that a new volume must not take. */
export function volumeNames(pod: Pod): Set<string> {
  const declared = itemsAt(pod.spec, 'volumes').map((volume) => stringAt(volume, 'name'));
  const templates = itemsAt(pod.workload.value, 'spec', 'volumeClaimTemplates').map((claim) =>
    stringAt(claim, 'metadata', 'name'),
  );
  return new Set([...declared, ...templates].filter((name) => name !== undefined));
}

function volumeSource(pod: Pod, name: string): JsonObject | undefined {
  return itemsAt(pod.spec, 'volumes').find((volume): volume is JsonObject => isObject(volume) && member(volume, 'name') === name);
}

function isClaimTemplate(pod: Pod, name: string): boolean {
  return itemsAt(pod.workload.value, 'spec', 'volumeClaimTemplates').some(
    (claim) => stringAt(claim, 'metadata', 'name') === name,
  );
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

/** A path without trailing and doubled slashes: `/tmp/` and `/tmp` are one place for a container. */
export function normalPath(text: string): string {
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
