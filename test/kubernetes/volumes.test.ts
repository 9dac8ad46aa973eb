import {
  closedMode,
  isWithin,
  mountPaths,
  mountsOf,
  mountsProjectedToken,
  normalPath,
  volumeNames,
} from '../../src/kubernetes/volumes.ts';
import type { Container } from '../../src/kubernetes/object.ts';
import type { Json, JsonObject } from '../../src/util/json.ts';
import { assert, suite } from '../harness.ts';
import { readWorkloads } from '../objects.ts';

/** What the API reference says of the sources of a volume: what is in it at start, and whether it outlives the pod. */
const SOURCES: Readonly<Record<string, string>> = {
  scratch: 'emptyDir gitRepo',
  files: 'configMap secret projected downwardAPI image',
  host: 'hostPath',
  persistent: `persistentVolumeClaim ephemeral csi nfs iscsi awsElasticBlockStore azureDisk azureFile cephfs cinder fc flexVolume flocker
    gcePersistentDisk glusterfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume`,
};

function containerWith(volumeMounts: Json, volumes: Json, claims: Json = []): Container {
  const spec = { containers: [{ name: 'a', image: 'a', volumeMounts }], volumes };
  const object = { apiVersion: 'apps/v1', kind: 'StatefulSet', spec: { template: { spec }, volumeClaimTemplates: claims } };
  const container = readWorkloads(object)[0]?.pods[0]?.containers[0];
  if (!container) throw new Error('no container');
  return container;
}

const mountsWith = (volumeMounts: Json, volumes: Json, claims?: Json) => mountsOf(containerWith(volumeMounts, volumes, claims));

suite('kubernetes/volumes', (test) => {
  for (const [nature, sources] of Object.entries(SOURCES)) {
    test(`${nature}: ${sources.split(/\s+/).join(', ')}`, () => {
      for (const source of sources.split(/\s+/)) {
        const [mount] = mountsWith([{ name: 'v', mountPath: '/a/' }], [{ [source]: {}, name: 'v' }]);
        assert.equal(mount, {
          path: '/a',
          volume: 'v',
          isReadOnly: nature === 'files',
          nature,
          subPath: undefined,
          source: { [source]: {}, name: 'v' },
        });
      }
    });
  }

  test('a volume without a source is an emptyDir; a claim template is persistent; one that is missing is unknown', () => {
    const mounts = mountsWith(
      [
        { name: 'v', mountPath: '/v' },
        { name: 'data', mountPath: '/data' },
        { name: 'w', mountPath: '/w' },
      ],
      [{ name: 'v' }],
      [{ metadata: { name: 'data' } }],
    );
    assert.equal(
      mounts.map(({ nature, source }) => [nature, source]),
      [
        ['scratch', { name: 'v' }],
        ['persistent', undefined],
        [undefined, undefined],
      ],
    );
  });

  test('a mount or a source can be read-only', () => {
    const volumes = [
      { name: 'v', emptyDir: {} },
      { name: 'n', nfs: { readOnly: true } },
      { name: 'm', nfs: { readOnly: false } },
    ];
    const names = ['v', 'n', 'm'];
    assert.equal(
      mountsWith(
        names.map((name) => ({ name, mountPath: '/a' })),
        volumes,
      ).map(({ isReadOnly }) => isReadOnly),
      [false, true, false],
    );
    assert.is(mountsWith([{ name: 'v', mountPath: '/a', readOnly: true }], volumes)[0]?.isReadOnly, true);
  });

  test('of two volumes with one name the first counts; a mount without a name or a path does not', () => {
    const volumes = [{ name: 'v', hostPath: { path: '/' } }, { name: 'v', emptyDir: {} }, 'v', { emptyDir: {} }];
    const mounts = [{ name: 'v', mountPath: '/a' }, { name: 'v' }, { mountPath: '/b' }, 'v'];
    assert.equal(
      mountsWith(mounts, volumes).map(({ nature }) => nature),
      ['host'],
    );
    const container = containerWith(mounts, volumes, [{ metadata: { name: 'data' } }, {}]);
    assert.equal(volumeNames(container.pod), new Set(['v', 'data']));
    assert.equal(mountPaths(container), ['/a']);
  });

  test('paths in normal form', () => {
    assert.equal(['/', '//', 'a', '/a/', '/a//b', '/a/./b/', './a', '/a.b'].map(normalPath), [
      ...['/', '/', '/a', '/a', '/a/b', '/a/b', '/a', '/a.b'],
    ]);
  });

  test('a path lies within itself, the root, and the folders above', () => {
    const within: readonly (readonly [string, string, boolean])[] = [
      ['/a', '/a', true],
      ['/a/b', '/a', true],
      ['/a', '/', true],
      ['/', '/', true],
      ['/ab', '/a', false],
      ['/a', '/a/b', false],
      ['/', '/a', false],
    ];
    for (const [inner, outer, expected] of within) assert.is(isWithin(inner, outer), expected, `${inner} in ${outer}`);
  });

  test('a mode is closed when others may not read', () => {
    const modes: readonly (readonly [JsonObject, number | undefined])[] = [
      [{ secret: { defaultMode: 0o400 } }, 0o400],
      [{ secret: { defaultMode: 0o440 } }, 0o440],
      [{ secret: { defaultMode: 0o644 } }, undefined],
      [{ secret: { defaultMode: 0o754 } }, undefined],
      [{ secret: { defaultMode: 0o751 } }, 0o751],
      [{ secret: { secretName: 'a' } }, undefined],
      [{ secret: { defaultMode: 0o444, items: [{ key: 'a', mode: 0o600 }] } }, 0o600],
      [{ projected: { sources: [{ secret: { items: [{ mode: 0o444 }, { mode: 0o500 }] } }] } }, 0o500],
      [{ configMap: { defaultMode: '0400' } }, undefined],
      [{ configMap: { other: 0o400 } }, undefined],
    ];
    for (const [volume, expected] of modes) assert.is(closedMode(volume), expected, JSON.stringify(volume));
    assert.is(closedMode(undefined), undefined);
  });

  test('a projected token is seen only where it is mounted', () => {
    const volumes = [
      { name: 'token', projected: { sources: [{ configMap: {} }, { serviceAccountToken: { path: 'token' } }] } },
      { name: 'files', projected: { sources: [{ configMap: {} }] } },
    ];
    const mounts = (name: string): Json => [{ name, mountPath: '/a' }];
    assert.is(mountsProjectedToken(containerWith(mounts('token'), volumes)), true);
    assert.is(mountsProjectedToken(containerWith(mounts('files'), volumes)), false);
    assert.is(mountsProjectedToken(containerWith([], volumes)), false);
  });
});
