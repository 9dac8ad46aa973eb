/** Controls of the types of volumes. */
import { isObject, itemsAt, stringAt } from '../../util/json.ts';
import type { Control } from './control.ts';
import { fieldAt } from './pod-fields.ts';

/** `policy/check_hostPathVolumes.go`. */
const hostPathVolumes: Control = {
  id: 'baseline/hostPathVolumes',
  title: 'HostPath Volumes',
  remedy: 'use a PersistentVolumeClaim, a ConfigMap or an emptyDir',
  check({ spec }, unmet) {
    for (const [index, volume] of itemsAt(spec, 'volumes').entries()) {
      if (!isObject(volume) || fieldAt(volume, 'hostPath') === undefined) continue;
      const message = `uses files of its node at ${stringAt(volume, 'hostPath', 'path') ?? 'a hostPath'}`;
      unmet.push({ pointer: `/spec/volumes/${index}`, message });
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
  check({ spec }, unmet) {
    for (const [index, volume] of itemsAt(spec, 'volumes').entries()) {
      if (!isObject(volume)) continue;
      const has = (source: string): boolean => fieldAt(volume, source) !== undefined;
      const source = ALLOWED.some(has) ? undefined : FORBIDDEN.find(has);
      if (source === undefined) continue;
      const message = `has the volume ${stringAt(volume, 'name') ?? ''} of the type ${source}`;
      unmet.push({ pointer: `/spec/volumes/${index}`, message });
    }
  },
};

export const volumeControls: readonly Control[] = [hostPathVolumes, volumeTypes];
