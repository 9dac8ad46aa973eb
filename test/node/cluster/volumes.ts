/** Gives every claim a volume: a folder of the node, as a fresh one belongs to root. A `local` volume heeds `fsGroup`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { create, list } from './api.ts';
import { NODE_NAME } from './settings.ts';

export async function provideVolumes(run: string): Promise<never> {
  const served = new Set<string>();
  for (;;) {
    const claims = await list('/api/v1/persistentvolumeclaims').catch(() => []);
    for (const { metadata, spec, status } of claims) {
      if (status?.phase !== 'Pending' || served.has(metadata.uid)) continue;
      served.add(metadata.uid);
      const path = join(run, 'volumes', metadata.uid);
      mkdirSync(path, { recursive: true, mode: 0o755 });
      await create('/api/v1/persistentvolumes', {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: `volume-${metadata.uid}` },
        spec: {
          accessModes: spec.accessModes,
          capacity: { storage: spec.resources?.requests?.storage ?? '1Gi' },
          local: { path },
          persistentVolumeReclaimPolicy: 'Retain',
          ...(spec.storageClassName ? { storageClassName: spec.storageClassName } : {}),
          claimRef: { kind: 'PersistentVolumeClaim', apiVersion: 'v1', namespace: metadata.namespace, name: metadata.name },
          nodeAffinity: {
            required: {
              nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [NODE_NAME] }] }],
            },
          },
        },
      });
    }
    await sleep(300);
  }
}
