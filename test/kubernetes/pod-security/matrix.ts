/** Pods with every value of every field that the Pod Security Standards look at, one by one and mixed at random. */
import fc from 'fast-check';
import { merge, type Json, type JsonObject } from '../../../src/util/json.ts';

/** A part of a pod: laid over a base, map by map. */
interface Layer {
  readonly name: string;
  readonly pod?: JsonObject;
  /** Fields of one container; which one is decided where the layer is used. */
  readonly container?: JsonObject;
}

const context = (name: string, ...values: readonly Json[]): Layer[] =>
  values.flatMap((value) => {
    const fields = { securityContext: { [name]: value } };
    const text = `${name}: ${JSON.stringify(value)}`;
    return [
      { name: `container ${text}`, container: fields },
      { name: `pod ${text}`, pod: { spec: fields } },
    ];
  });

const profiles: readonly Json[] = [
  null,
  {},
  { type: 'RuntimeDefault' },
  { type: 'Localhost', localhostProfile: 'a' },
  { type: 'Unconfined' },
  { type: 'Other' },
];
const CAPABILITIES = [
  'ALL',
  'AUDIT_WRITE',
  'CAP_CHOWN',
  'CAP_NET_BIND_SERVICE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
].concat([
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_ADMIN',
  'SYS_CHROOT',
  'chown',
]);
const seLinux: readonly Json[] = [
  null,
  {},
  { level: 's0:c1' },
  ...['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t', 'spc_t'].map((type) => ({ type })),
  ...['', 'system_u'].map((user) => ({ user })),
  ...['', 'system_r'].map((role) => ({ role })),
];

const CONTEXTS: readonly Layer[] = [
  { name: 'container securityContext: null', container: { securityContext: null } },
  { name: 'pod securityContext: null', pod: { spec: { securityContext: null } } },
  ...context('privileged', null, false, true),
  ...context('allowPrivilegeEscalation', null, false, true),
  ...context('runAsNonRoot', null, false, true),
  ...context('runAsUser', null, 0, 1, 1000),
  ...context('procMount', null, 'Default', 'Unmasked', ''),
  ...context('seccompProfile', ...profiles),
  ...context('appArmorProfile', ...profiles),
  ...context('seLinuxOptions', ...seLinux),
  ...context('windowsOptions', null, {}, { hostProcess: false }, { hostProcess: true }),
  ...context(
    'capabilities',
    null,
    {},
    { drop: null, add: null },
    { drop: ['all'] },
    { drop: ['NET_RAW'] },
    { drop: ['ALL'], add: [] },
  ),
  ...context('capabilities', ...CAPABILITIES.map((name) => ({ drop: ['NET_RAW', 'ALL'], add: [name] }))),
];

const HANDLERS = ['livenessProbe', 'readinessProbe', 'startupProbe', 'postStart', 'preStop'];
const CONTAINERS: readonly Layer[] = [
  ...[null, [], [{ containerPort: 80 }], [{ containerPort: 80, hostPort: 0 }], [{ containerPort: 80 }, { hostPort: 8080 }]].map(
    (ports) => ({ name: `ports: ${JSON.stringify(ports)}`, container: { ports } }),
  ),
  ...HANDLERS.flatMap((handler) =>
    ['httpGet', 'tcpSocket'].flatMap((action) =>
      [null, '', '127.0.0.1', 'example.com'].map((host) => {
        const fields = { [handler]: { [action]: { port: 80, host } } };
        const container = handler.startsWith('p') ? { lifecycle: fields } : fields;
        return { name: `${handler} ${action} ${host}`, container };
      }),
    ),
  ),
];

const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]
  .concat(['hostPath', 'gcePersistentDisk', 'awsElasticBlockStore', 'gitRepo', 'nfs', 'iscsi', 'glusterfs', 'rbd', 'flexVolume'])
  .concat(['cinder', 'cephfs', 'flocker', 'fc', 'azureFile', 'vsphereVolume', 'quobyte', 'azureDisk', 'photonPersistentDisk'])
  .concat(['portworxVolume', 'scaleIO', 'storageos', 'unheardOf']);
const SYSCTLS = ['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range']
  .concat(['net.ipv4.ip_unprivileged_port_start', 'net.ipv4.ip_local_reserved_ports', 'net.ipv4.tcp_keepalive_time'])
  .concat(['net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_rmem'])
  .concat(['net.ipv4.tcp_wmem', 'net.ipv4.tcp_slow_start_after_idle', 'net.core.somaxconn', 'kernel.msgmax', '']);
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/main';
const SECCOMP = 'seccomp.security.alpha.kubernetes.io/pod';

const spec = (name: string, ...values: readonly Json[]): Layer[] =>
  values.map((value) => ({ name: `${name}: ${JSON.stringify(value)}`, pod: { spec: { [name]: value } } }));

const PODS: readonly Layer[] = [
  ...['hostNetwork', 'hostPID', 'hostIPC', 'hostUsers'].flatMap((field) => spec(field, null, false, true)),
  ...spec('os', null, {}, { name: 'linux' }, { name: 'windows' }),
  ...spec('nodeSelector', { 'kubernetes.io/os': 'windows' }),
  ...spec('volumes', null, [], [{ name: 'a' }], [{ name: 'a', emptyDir: null }], [{ name: 'a', hostPath: null, nfs: {} }]),
  ...spec(
    'volumes',
    [
      { name: 'a', secret: {} },
      { name: 'b', nfs: {} },
    ],
    [{ name: 'a', emptyDir: {}, hostPath: { path: '/' } }],
  ),
  ...spec('volumes', ...VOLUMES.flatMap((type) => [[{ name: 'a', [type]: {} }], [{ name: 'a', nfs: {}, [type]: {} }]])),
  ...SYSCTLS.map((name) => ({ name: `sysctl ${name}`, pod: { spec: { securityContext: { sysctls: [{ name, value: '1' }] } } } })),
  ...['runtime/default', 'localhost/a', 'unconfined', '', 'other'].map((value) => ({
    name: `AppArmor annotation ${value}`,
    pod: { metadata: { annotations: { [APP_ARMOR]: value } } },
  })),
  ...['runtime/default', 'unconfined'].map((value) => ({
    name: `seccomp annotation ${value}`,
    pod: { metadata: { annotations: { [SECCOMP]: value } } },
  })),
];

const CONFINED = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const RESTRICTED = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const BASES: readonly (readonly [name: string, spec: JsonObject, context: JsonObject])[] = [
  ['bare', {}, {}],
  ['restricted', { securityContext: RESTRICTED }, CONFINED],
  ['restricted by its containers', {}, { ...RESTRICTED, ...CONFINED }],
  ['restricted in a user namespace', { hostUsers: false, securityContext: RESTRICTED }, CONFINED],
  ['Windows', { os: { name: 'windows' }, securityContext: { runAsNonRoot: true } }, {}],
];
const PLACES = ['containers', 'initContainers', 'sidecar', 'ephemeralContainers'] as const;

export interface NamedPod {
  readonly name: string;
  /** A Pod object. */
  readonly pod: JsonObject;
}

/** A pod of a base with one container at each place that is asked for; the layers for containers go to the first place. */
function build(
  [base, fields, confined]: (typeof BASES)[number],
  places: readonly (typeof PLACES)[number][],
  layers: readonly Layer[],
): NamedPod {
  const container = layers.reduce((before, layer) => merge(before, layer.container), {
    name: 'main',
    image: 'a',
    securityContext: confined,
  } as JsonObject);
  const other = { name: 'other', image: 'a', securityContext: confined };
  const lists = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((field): [string, Json][] => {
    const here = places.filter((place) => (place === 'sidecar' ? 'initContainers' : place) === field);
    const list = here.map((place) => ({
      ...(place === places[0] ? container : other),
      ...(place === 'sidecar' ? { restartPolicy: 'Always' } : {}),
    }));
    return list.length > 0 ? [[field, list]] : [];
  });
  const start = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { ...fields, ...Object.fromEntries(lists) } };
  const pod = layers.reduce((before, layer) => merge(before, layer.pod), start as JsonObject);
  return { name: [base, places.join('+'), ...layers.map(({ name }) => name)].join(', '), pod };
}

/** Every value alone, on every base and in every kind of container; pod and container values that inherit, in pairs. */
export function everyValue(): NamedPod[] {
  const inherited = CONTEXTS.filter(({ name }) => /runAsNonRoot|runAsUser|seccompProfile|securityContext/.test(name));
  const pairs = inherited
    .flatMap((first) => inherited.map((second) => [first, second]))
    .filter(([a, b]) => a?.pod && b?.container);
  return BASES.flatMap((base) => [
    ...[...PODS, ...CONTEXTS, ...CONTAINERS].flatMap((layer) =>
      (layer.container ? PLACES : PLACES.slice(0, 1)).map((place) =>
        build(base, place === 'containers' ? [place] : [place, 'containers'], [layer]),
      ),
    ),
    ...pairs.map((layers) => build(base, ['containers', 'initContainers'], layers)),
  ]);
}

/** `count` pods with a few values each, the same ones in every run with the same seed. */
export function mixedValues(count: number, seed: number): NamedPod[] {
  const layers = fc.array(fc.constantFrom(...PODS, ...CONTEXTS, ...CONTAINERS), { minLength: 2, maxLength: 6 });
  const places = fc.subarray([...PLACES]).map((some) => [...new Set([...some, 'containers' as const])]);
  const mixed = fc.tuple(fc.constantFrom(...BASES), places, layers).map(([base, where, what]) => build(base, where, what));
  return fc.sample(mixed, { numRuns: count, seed });
}
