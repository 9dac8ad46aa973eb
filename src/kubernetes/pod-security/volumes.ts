/** Controls of the types of volumes. */
import { isObject, itemsAt, stringAt, type JsonObject } from '../../util/json.ts';
import type { Control } from './control.ts';
import { fieldAt, type PodFields } from './pod-fields.ts';

/** `policy/check_hostPathVolumes.go`. */
const hostPathVolumes: Control = {
  id: 'baseline/hostPathVolumes',
  title: 'HostPath Volumes',
  remedy: 'use a PersistentVolumeClaim, a ConfigMap or an emptyDir',
  *check(pod) {
    for (const { volume, pointer } of volumesOf(pod)) {
      if (fieldAt(volume, 'hostPath') !== undefined)
        yield { pointer, message: `uses files of its node at ${stringAt(volume, 'hostPath', 'path') ?? 'a hostPath'}` };
    }
  },
};

const ALLOWED = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** Every other source of a volume in the API reference (`VolumeSource` of core/v1). */
const FORBIDDEN = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'gitRepo',
  'nfs',
  'iscsi',
  'glusterfs',
  'rbd',
  'flexVolume',
  'cinder',
  'cephfs',
  'flocker',
  'fc',
  'azureFile',
  'vsphereVolume',
  'quobyte',
  'azureDisk',
  'photonPersistentDisk',
  'portworxVolume',
  'scaleIO',
  'storageos',
];

/**
 * `policy/check_restrictedVolumes.go`. A volume without a source is an emptyDir when it comes to the check
 * (`SetDefaults_Volume` in the API server).
 */
const volumeTypes: Control = {
  id: 'restricted/volumeTypes',
  title: 'Volume Types',
  remedy: 'use a PersistentVolumeClaim, whose PersistentVolume can be of any type',
  replaces: 'baseline/hostPathVolumes',
  *check(pod) {
    for (const { volume, pointer } of volumesOf(pod)) {
      const has = (source: string): boolean => fieldAt(volume, source) !== undefined;
      const source = ALLOWED.some(has) ? undefined : FORBIDDEN.find(has);
      if (source !== undefined)
        yield { pointer, message: `has the volume ${stringAt(volume, 'name') ?? ''} of the type ${source}` };
    }
  },
};

function volumesOf({ spec }: PodFields): { volume: JsonObject; pointer: string }[] {
  return itemsAt(spec, 'volumes').flatMap((volume, index) =>
    isObject(volume) ? { volume, pointer: `/spec/volumes/${index}` } : [],
  );
}

export const volumeControls: readonly Control[] = [hostPathVolumes, volumeTypes];
