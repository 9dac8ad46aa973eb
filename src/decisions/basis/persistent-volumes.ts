/** The PersistentVolumes behind the claims of a pod. */
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Mount } from '../../kubernetes/volumes.ts';
import { path, stringAt, type Json } from '../../util/json.ts';
import type { Facts } from '../../workspace/facts.ts';

/**
 * The spec of the PersistentVolume that a mount leads to: the one that its claim names, or one that names the claim, or the only
 * one of the claim's class (API reference, PersistentVolumeClaimSpec). Undefined when it is not in the inputs.
 */
export function persistentVolumeOf({ source }: Mount, object: KubernetesObject, facts: Facts): Json | undefined {
  const name = stringAt(source, 'persistentVolumeClaim', 'claimName');
  if (name === undefined) return undefined;
  const claim = facts.object('PersistentVolumeClaim', object.namespace, name);
  const volumes = facts.objects('PersistentVolume', undefined);
  const wanted = stringAt(claim?.value, 'spec', 'volumeName');
  const storageClass = stringAt(claim?.value, 'spec', 'storageClassName');
  const ofClass =
    storageClass === undefined ? [] : volumes.filter((one) => stringAt(one.value, 'spec', 'storageClassName') === storageClass);
  const found =
    volumes.find((one) => wanted !== undefined && one.name === wanted) ??
    volumes.find((one) => stringAt(one.value, 'spec', 'claimRef', 'name') === name) ??
    (ofClass.length === 1 ? ofClass[0] : undefined);
  return found && path(found.value, 'spec');
}

/** Volumes whose files keep their owners: the kubelet does not apply `fsGroup` to them (Kubernetes documentation, "Volumes"). */
export function ignoresFsGroup(mount: Mount, object: KubernetesObject, facts: Facts): boolean {
  const behind = persistentVolumeOf(mount, object, facts);
  return [mount.source, behind].some((volume) => path(volume, 'nfs') !== undefined || path(volume, 'hostPath') !== undefined);
}
