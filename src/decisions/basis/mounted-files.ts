/** Files in a container that come from ConfigMaps and Secrets of the inputs. */
import { dataFilesOf } from '../../kubernetes/data-files.ts';
import type { Container } from '../../kubernetes/object.ts';
import { mountsOf, normalPath, type Mount } from '../../kubernetes/volumes.ts';
import { itemsAt, member, path, stringAt, type Json } from '../../util/json.ts';
import { memo } from '../../util/memo.ts';
import type { Facts } from '../../workspace/facts.ts';

export interface MountedFile {
  /** Absolute, in normal form. */
  readonly path: string;
  readonly text: string;
  /** The mode bits that the manifest gives it, or those that the API server sets: 0644 (API reference, ConfigMapVolumeSource). */
  readonly mode: number;
}

/** The file of a volume before it is mounted. */
interface VolumeFile extends Omit<MountedFile, 'path'> {
  /** Below the root of the volume. */
  readonly name: string;
}

const DEFAULT_MODE = 0o644;

/** The files that a container sees below its mounts, as far as their objects are in the inputs; looked up once. */
export const mountedFiles = memo((container: Container, facts: Facts): readonly MountedFile[] => {
  const { namespace } = container.pod.object;
  return mountsOf(container).flatMap((mount) => {
    if (mount.nature !== 'files') return [];
    return filesOf(mount, namespace, facts).flatMap((file) => placed(file, mount));
  });
});

/** A `subPath` mounts one file, or one folder of the volume. */
function placed({ name, text, mode }: VolumeFile, { path: at, subPath }: Mount): MountedFile[] {
  if (subPath === undefined) return [{ path: normalPath(`${at}/${name}`), text, mode }];
  const folder = normalPath(subPath).slice(1);
  if (name === folder) return [{ path: at, text, mode }];
  return name.startsWith(`${folder}/`) ? [{ path: normalPath(`${at}/${name.slice(folder.length)}`), text, mode }] : [];
}

function filesOf({ source = {} }: Mount, namespace: string | undefined, facts: Facts): VolumeFile[] {
  const defaultMode = ['configMap', 'secret', 'projected'].map((kind) => path(source, kind, 'defaultMode')).find(isMode);
  const sources = [source, ...itemsAt(source, 'projected', 'sources')];
  return sources.flatMap((one) => [
    ...keysOf('ConfigMap', path(one, 'configMap'), namespace, facts, defaultMode),
    ...keysOf('Secret', path(one, 'secret'), namespace, facts, defaultMode),
  ]);
}

function keysOf(
  kind: 'ConfigMap' | 'Secret',
  source: Json | undefined,
  namespace: string | undefined,
  facts: Facts,
  defaultMode: number | undefined,
): VolumeFile[] {
  const name = stringAt(source ?? null, 'name') ?? stringAt(source ?? null, 'secretName');
  const object = name === undefined ? undefined : facts.object(kind, namespace, name);
  if (!object) return [];
  const files = dataFilesOf(object.value);
  const mode = defaultMode ?? DEFAULT_MODE;
  const items = itemsAt(source ?? null, 'items');
  if (items.length === 0) return [...files].map(([key, text]) => ({ name: key, text, mode }));
  return items.flatMap((item) => {
    const text = files.get(stringAt(item, 'key') ?? '');
    const given = member(item, 'mode');
    const at = stringAt(item, 'path');
    return text === undefined || at === undefined ? [] : [{ name: at, text, mode: isMode(given) ? given : mode }];
  });
}

function isMode(value: Json | undefined): value is number {
  return typeof value === 'number';
}
