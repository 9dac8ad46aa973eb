/**
 * The Pod Security Standard `restricted` (kubernetes.io/docs/concepts/security/pod-security-standards), with all that it takes
 * over from `baseline`: written once more from its text, so that kharden is not its own judge. The integration tests compare
 * kharden with the library of Kubernetes; this one needs no other program, and knows the pods of `pods.ts`.
 */
import type { Finding } from '../../src/index.ts';
import { isObject, itemsAt, member, path, stringAt, type Json, type JsonObject } from '../../src/util/json.ts';
import { containersIn } from '../images/api-server.ts';

/** A control that a pod spec does not meet; `container` is undefined for the pod as a whole. */
export interface Violation {
  readonly control: string;
  readonly container: string | undefined;
}

const VOLUME_TYPES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];
const SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
];
const SELINUX_TYPES = ['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];
const ONLY_LINUX = ['allowPrivilegeEscalation', 'capabilities', 'seccompProfile'].map((name) => `restricted/${name}`);

/** Every way in which a pod falls short of `restricted`. */
export function violations(spec: Json): Violation[] {
  const all = [...ofPod(spec), ...containersIn(spec).flatMap((container) => [...ofContainer(spec, container)])];
  return path(spec, 'os', 'name') === 'windows' ? all.filter(({ control }) => !ONLY_LINUX.includes(control)) : all;
}

/** True when a finding of the container, or of the pod, names the control. */
export function isNamed({ control, container }: Violation, findings: readonly Finding[]): boolean {
  return findings.some(
    (finding) =>
      (finding.controls ?? []).some((one) => one === control) &&
      (finding.container === undefined || container === undefined || finding.container === container),
  );
}

function* ofPod(spec: Json): Generator<Violation> {
  const pod = (control: string): Violation => ({ control, container: undefined });
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) if (path(spec, field) === true) yield pod('baseline/hostNamespaces');
  for (const volume of itemsAt(spec, 'volumes').filter(isObject)) {
    if (Object.keys(volume).some((key) => key !== 'name' && !VOLUME_TYPES.includes(key))) yield pod('restricted/volumeTypes');
  }
  for (const sysctl of itemsAt(spec, 'securityContext', 'sysctls')) {
    if (!SYSCTLS.includes(stringAt(sysctl, 'name') ?? '')) yield pod('baseline/sysctls');
  }
  if (path(spec, 'securityContext', 'runAsUser') === 0) yield pod('restricted/runAsUser');
  if (path(spec, 'securityContext', 'runAsNonRoot') === false) yield pod('restricted/runAsNonRoot');
  if (!isConfined(path(spec, 'securityContext', 'seccompProfile') ?? { type: 'RuntimeDefault' }))
    yield pod('restricted/seccompProfile');
  for (const control of ofEither(path(spec, 'securityContext') ?? null)) yield pod(control);
}

/** What a pod and a container can get wrong alike. */
function* ofEither(context: Json): Generator<string> {
  if (!isConfined(path(context, 'appArmorProfile') ?? { type: 'RuntimeDefault' })) yield 'baseline/appArmorProfile';
  const { user, role, type } = { user: '', role: '', type: '', ...(path(context, 'seLinuxOptions') as JsonObject | undefined) };
  const isTypeAllowed = type === '' || SELINUX_TYPES.includes(String(type));
  if (user !== '' || role !== '' || !isTypeAllowed) yield 'baseline/seLinuxOptions';
}

function isConfined(profile: Json | undefined): boolean {
  return ['RuntimeDefault', 'Localhost'].includes(stringAt(profile, 'type') ?? '');
}

function* ofContainer(spec: Json, container: JsonObject): Generator<Violation> {
  const context = member(container, 'securityContext') ?? null;
  const name = stringAt(container, 'name');
  const violation = (control: string): Violation => ({ control, container: name });
  const inherited = (field: string): Json | undefined => path(context, field) ?? path(spec, 'securityContext', field);
  if (path(context, 'privileged') === true) yield violation('baseline/privileged');
  if (path(context, 'allowPrivilegeEscalation') !== false) yield violation('restricted/allowPrivilegeEscalation');
  if (inherited('runAsNonRoot') !== true) yield violation('restricted/runAsNonRoot');
  if (path(context, 'runAsUser') === 0) yield violation('restricted/runAsUser');
  if (!isConfined(inherited('seccompProfile'))) yield violation('restricted/seccompProfile');
  if (!itemsAt(context, 'capabilities', 'drop').includes('ALL')) yield violation('restricted/capabilities');
  if (itemsAt(context, 'capabilities', 'add').some((one) => one !== 'NET_BIND_SERVICE'))
    yield violation('restricted/capabilities');
  if ((path(context, 'procMount') ?? 'Default') !== 'Default') yield violation('restricted/procMount');
  for (const one of itemsAt(container, 'ports'))
    if (Number(member(one, 'hostPort') ?? 0) > 0) yield violation('baseline/hostPorts');
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    if (path(container, probe, 'httpGet', 'host')) yield violation('baseline/hostProbesAndHostLifecycle');
  }
  for (const control of ofEither(context)) yield violation(control);
}
