/**
 * The controls as https://kubernetes.io/docs/concepts/security/pod-security-standards/ states them: the restricted fields in its
 * notation, the values that it allows besides a missing field, and values that it does not.
 */
import type { Json } from '../../../src/util/json.ts';

export interface Statement {
  readonly control: string;
  readonly title: string;
  readonly fields: readonly string[];
  readonly allowed: readonly Json[];
  /** Some of those that are not. */
  readonly refused: readonly Json[];
}

const POD = 'spec.securityContext';
const CONTAINERS = ['spec.containers[*]', 'spec.initContainers[*]', 'spec.ephemeralContainers[*]'];
const CONTEXTS = CONTAINERS.map((container) => `${container}.securityContext`);

const of = (places: readonly string[], ...fields: readonly string[]): string[] =>
  fields.flatMap((field) => places.map((place) => `${place}.${field}`));

const DEFAULT_CAPABILITIES =
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(' ');
const SYSCTLS = `kernel.shm_rmid_forced net.ipv4.ip_local_port_range net.ipv4.ip_unprivileged_port_start net.ipv4.tcp_syncookies
  net.ipv4.ping_group_range net.ipv4.ip_local_reserved_ports net.ipv4.tcp_keepalive_time net.ipv4.tcp_fin_timeout
  net.ipv4.tcp_keepalive_intvl net.ipv4.tcp_keepalive_probes net.ipv4.tcp_rmem net.ipv4.tcp_wmem`.split(/\s+/);
const HANDLERS = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle.postStart', 'lifecycle.preStop'];
/** The volumes that the standard does not list, of all in the API reference of `Volume`. */
const OTHER_VOLUMES =
  `awsElasticBlockStore azureDisk azureFile cephfs cinder fc flexVolume flocker gcePersistentDisk gitRepo glusterfs
  hostPath iscsi nfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume`.split(/\s+/);
const VOLUMES = 'configMap csi downwardAPI emptyDir ephemeral image persistentVolumeClaim projected secret'.split(' ');

const BASELINE: readonly Statement[] = [
  {
    control: 'baseline/windowsHostProcess',
    title: 'HostProcess',
    fields: of([POD, ...CONTEXTS], 'windowsOptions.hostProcess'),
    allowed: [null, false],
    refused: [true],
  },
  {
    control: 'baseline/hostNamespaces',
    title: 'Host Namespaces',
    fields: ['spec.hostNetwork', 'spec.hostPID', 'spec.hostIPC'],
    allowed: [null, false],
    refused: [true],
  },
  {
    control: 'baseline/privileged',
    title: 'Privileged Containers',
    fields: of(CONTEXTS, 'privileged'),
    allowed: [null, false],
    refused: [true],
  },
  {
    control: 'baseline/capabilities',
    title: 'Capabilities',
    fields: of(CONTEXTS, 'capabilities.add'),
    allowed: [null, [], ...DEFAULT_CAPABILITIES.map((name) => [name]), DEFAULT_CAPABILITIES],
    refused: [['SYS_ADMIN'], ['ALL'], ['CAP_CHOWN'], ['chown'], ['CHOWN', 'NET_RAW'], ['']],
  },
  {
    control: 'baseline/hostPathVolumes',
    title: 'HostPath Volumes',
    fields: ['spec.volumes[*].hostPath'],
    allowed: [null],
    refused: [{ path: '/' }, {}],
  },
  {
    control: 'baseline/hostPorts',
    title: 'Host Ports',
    fields: of(CONTAINERS, 'ports[*].hostPort'),
    allowed: [null, 0],
    refused: [1, 8080],
  },
  {
    control: 'baseline/hostProbesAndHostLifecycle',
    title: 'Host Probes / Lifecycle Hooks',
    fields: of(CONTAINERS, ...HANDLERS.flatMap((handler) => [`${handler}.httpGet.host`, `${handler}.tcpSocket.host`])),
    allowed: [null, ''],
    refused: ['127.0.0.1', 'example.com'],
  },
  {
    control: 'baseline/appArmorProfile',
    title: 'AppArmor',
    fields: of([POD, ...CONTEXTS], 'appArmorProfile.type'),
    allowed: ['RuntimeDefault', 'Localhost'],
    refused: ['Unconfined', 'runtimedefault', ''],
  },
  {
    control: 'baseline/appArmorProfile',
    title: 'AppArmor',
    fields: ['metadata.annotations["container.apparmor.security.beta.kubernetes.io/*"]'],
    allowed: ['', 'runtime/default', 'localhost/', 'localhost/some'],
    refused: ['unconfined', 'localhost', 'runtime/default/', 'x'],
  },
  {
    control: 'baseline/seLinuxOptions',
    title: 'SELinux',
    fields: of([POD, ...CONTEXTS], 'seLinuxOptions.type'),
    allowed: [null, '', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'],
    refused: ['spc_t', 'container'],
  },
  {
    control: 'baseline/seLinuxOptions',
    title: 'SELinux',
    fields: of([POD, ...CONTEXTS], 'seLinuxOptions.user', 'seLinuxOptions.role'),
    allowed: [null, ''],
    refused: ['system_u', 'container_t'],
  },
  {
    control: 'baseline/procMount',
    title: '/proc Mount Type',
    fields: of(CONTEXTS, 'procMount'),
    allowed: [null, 'Default'],
    refused: ['Unmasked', ''],
  },
  {
    control: 'baseline/seccompProfile',
    title: 'Seccomp',
    fields: of([POD, ...CONTEXTS], 'seccompProfile.type'),
    allowed: ['RuntimeDefault', 'Localhost'],
    refused: ['Unconfined', 'runtime/default', ''],
  },
  {
    control: 'baseline/sysctls',
    title: 'Sysctls',
    fields: [`${POD}.sysctls[*].name`],
    allowed: SYSCTLS,
    refused: ['kernel.msgmax', 'net.core.somaxconn', 'net.ipv4', ''],
  },
];

const RESTRICTED: readonly Statement[] = [
  {
    control: 'restricted/volumeTypes',
    title: 'Volume Types',
    fields: of(['spec.volumes[*]'], ...VOLUMES),
    allowed: [{}],
    refused: [],
  },
  {
    control: 'restricted/volumeTypes',
    title: 'Volume Types',
    fields: of(['spec.volumes[*]'], ...OTHER_VOLUMES),
    allowed: [null],
    refused: [{}],
  },
  {
    control: 'restricted/allowPrivilegeEscalation',
    title: 'Privilege Escalation',
    fields: of(CONTEXTS, 'allowPrivilegeEscalation'),
    allowed: [false],
    refused: [true, null],
  },
  {
    control: 'restricted/runAsNonRoot',
    title: 'Running as Non-root',
    fields: of([POD, ...CONTEXTS], 'runAsNonRoot'),
    allowed: [true],
    refused: [false],
  },
  {
    control: 'restricted/runAsUser',
    title: 'Running as Non-root user',
    fields: of([POD, ...CONTEXTS], 'runAsUser'),
    allowed: [null, 1, 1000],
    refused: [0],
  },
  {
    control: 'restricted/seccompProfile',
    title: 'Seccomp',
    fields: of([POD, ...CONTEXTS], 'seccompProfile.type'),
    allowed: ['RuntimeDefault', 'Localhost'],
    refused: ['Unconfined', 'runtime/default', ''],
  },
  {
    control: 'restricted/capabilities',
    title: 'Capabilities',
    fields: of(CONTEXTS, 'capabilities.drop'),
    allowed: [['ALL'], ['NET_RAW', 'ALL']],
    refused: [null, [], ['all'], ['NET_RAW'], ['CAP_ALL']],
  },
  {
    control: 'restricted/capabilities',
    title: 'Capabilities',
    fields: of(CONTEXTS, 'capabilities.add'),
    allowed: [null, [], ['NET_BIND_SERVICE']],
    refused: [['CHOWN'], ['CAP_NET_BIND_SERVICE'], ['NET_BIND_SERVICE', 'KILL']],
  },
  {
    control: 'restricted/procMount',
    title: '/proc Mount Type',
    fields: of(CONTEXTS, 'procMount'),
    allowed: [null, 'Default'],
    refused: ['Unmasked'],
  },
];

export const STANDARD: readonly Statement[] = [...BASELINE, ...RESTRICTED];
