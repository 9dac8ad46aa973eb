/** For an entry of the image knowledge, pods that run its image in the ways that people do. */
import type { ImageEntry } from '../../src/images/index.ts';
import type { Json, JsonObject } from '../../src/util/json.ts';

export interface Scenario {
  readonly name: string;
  readonly pod: JsonObject;
}

/** A reference that the entry is known for: its first repository, with a tag that fits. */
export function referenceOf({ match, tags }: ImageEntry): string {
  const [repository = ''] = match;
  const tag = tags?.[0] === undefined ? '' : `:${tags[0].replaceAll('*', 'x').replaceAll('?', '1')}`;
  return `${repository.replaceAll('*', 'x').replaceAll('?', 'x')}${tag}`;
}

/** Where the image keeps its data. */
export function dataPath({ writable = [] }: ImageEntry): string {
  return writable.find(({ kind, prepopulated }) => kind === 'data' && !prepopulated)?.path ?? '/data';
}

const CLAIM = { name: 'data', persistentVolumeClaim: { claimName: 'data' } };
const SECRET = { name: 'tls', secret: { secretName: 'tls', defaultMode: 0o400 } };

/** What shows whether the facts of an entry are used well: the pods for every entry. */
export function ordinaryPods(entry: ImageEntry): Scenario[] {
  const plain = { name: 'main', image: referenceOf(entry) };
  const volumeMounts = [{ name: 'data', mountPath: dataPath(entry) }];
  const withData = { ...plain, volumeMounts };
  const low = { ...plain, ports: [{ containerPort: 443 }] };
  const other = { name: 'main', image: 'busybox' };
  return scenarios({
    'its defaults': { containers: [plain] },
    'a claim at its data path': { containers: [withData], volumes: [CLAIM] },
    'an emptyDir at its data path': { containers: [withData], volumes: [{ name: 'data', emptyDir: {} }] },
    'an init container': { initContainers: [{ ...withData, name: 'prepare' }], containers: [other], volumes: [CLAIM] },
    'the network of the node and a claim': { hostNetwork: true, containers: [{ ...low, volumeMounts }], volumes: [CLAIM] },
    'a low port': { containers: [low] },
  });
}

/** What shows how the image's facts meet what the author says: more pods, for some entries. */
export function specialPods(entry: ImageEntry): Scenario[] {
  const plain = { name: 'main', image: referenceOf(entry) };
  const at = dataPath(entry);
  const mounted = (mount: JsonObject): JsonObject => ({ ...plain, volumeMounts: [{ name: 'data', mountPath: at, ...mount }] });
  const withData = mounted({});
  const command = ['sh', '-c', `chown -R 999 ${at} && exec run`];
  const taken = [CLAIM, { name: 'tmp', emptyDir: {} }, { name: 'main-tmp', emptyDir: {} }];
  return scenarios({
    'a claim that it reads': { containers: [mounted({ readOnly: true })], volumes: [CLAIM] },
    'a claim and a subPath': { containers: [mounted({ mountPath: `${at}/`, subPath: 'x' })], volumes: [CLAIM] },
    'a folder of the node': { containers: [withData], volumes: [{ name: 'data', hostPath: { path: '/srv' } }] },
    'a native sidecar': { initContainers: [{ ...plain, name: 'side', restartPolicy: 'Always' }], containers: [plain] },
    'the network of the node': { hostNetwork: true, containers: [plain] },
    'a declared port that it does not use': { containers: [{ ...plain, ports: [{ containerPort: 8443 }] }] },
    'a closed Secret': { containers: [mounted({ name: 'tls', mountPath: '/tls' })], volumes: [SECRET] },
    'two containers and taken names': { containers: [withData, { ...withData, name: 'other' }], volumes: taken },
    'a mount at /tmp/': { containers: [mounted({ name: 'tmp', mountPath: '/tmp/' })], volumes: taken },
    'a command of root': { containers: [{ ...withData, command }], volumes: [CLAIM] },
    'a long name': { containers: [{ ...plain, name: `a${'b'.repeat(61)}c` }, plain] },
    'root by the author': { containers: [{ ...plain, securityContext: { runAsUser: 0 } }] },
    'a user by the author': { securityContext: { runAsUser: 1234 }, containers: [withData], volumes: [CLAIM] },
    'a privileged container': {
      containers: [
        { ...plain, securityContext: { privileged: true } },
        { ...plain, name: 'other' },
      ],
    },
    CAP_SYS_ADMIN: { containers: [{ ...plain, securityContext: { capabilities: { add: ['CAP_SYS_ADMIN'] } } }] },
    'limits by the author': { containers: [{ ...plain, resources: { limits: { cpu: '50m', memory: '32Mi' } } }] },
    'requests by the author': { containers: [{ ...plain, resources: { requests: { cpu: '2', memory: '64Gi' } } }] },
    Windows: { os: { name: 'windows' }, containers: [plain] },
  });
}

function scenarios(pods: Readonly<Record<string, JsonObject>>): Scenario[] {
  return Object.entries(pods).map(([name, pod]) => ({ name, pod }));
}

/** The documents of a file with these scenarios, each a Pod with a name of its own. */
export function documentsOf(scenarios: readonly Scenario[]): Json[] {
  const metadata = (index: number): Json => ({ name: `pod-${index}`, namespace: 'shop' });
  return scenarios.map(({ pod }, index) => ({ apiVersion: 'v1', kind: 'Pod', metadata: metadata(index), spec: pod }));
}
