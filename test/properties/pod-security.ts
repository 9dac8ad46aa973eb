/**
 * The Pod Security Standard `restricted` (kubernetes.io/docs/concepts/security/pod-security-standards), with all that it takes
 * over from `baseline`: written from its text, so that hardening is not its own judge.
 */
import { isObject, itemsAt, member, path, stringAt, type Json, type JsonObject } from '../../src/util/json.ts';
import { containersIn } from '../images/api-server.ts';

/** What a pod spec does that the standard forbids; `container` is undefined for the pod as a whole. */
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

/** Every way in which a pod falls short of `restricted`. */
export function violations(spec: Json): Violation[] {
  return [...ofPod(spec), ...containersIn(spec).flatMap((container) => [...ofContainer(spec, container)])];
}

function* ofPod(spec: Json): Generator<Violation> {
  const pod = (control: string): Violation => ({ control, container: undefined });
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) if (path(spec, field) === true) yield pod('Host Namespaces');
  for (const volume of itemsAt(spec, 'volumes').filter(isObject)) {
    if (Object.keys(volume).some((key) => key !== 'name' && !VOLUME_TYPES.includes(key))) yield pod('Volume Types');
  }
  for (const sysctl of itemsAt(spec, 'securityContext', 'sysctls')) {
    if (!SYSCTLS.includes(stringAt(sysctl, 'name') ?? '')) yield pod('Sysctls');
  }
  if (path(spec, 'securityContext', 'runAsUser') === 0) yield pod('Running as Non-root user');
}

function* ofContainer(spec: Json, container: JsonObject): Generator<Violation> {
  const context = member(container, 'securityContext') ?? null;
  const name = stringAt(container, 'name');
  const violation = (control: string): Violation => ({ control, container: name });
  const ofEither = (field: string): Json | undefined => path(context, field) ?? path(spec, 'securityContext', field);
  if (path(context, 'privileged') === true) yield violation('Privileged Containers');
  if (path(context, 'allowPrivilegeEscalation') !== false) yield violation('Privilege Escalation');
  if (ofEither('runAsNonRoot') !== true) yield violation('Running as Non-root');
  if (path(context, 'runAsUser') === 0) yield violation('Running as Non-root user');
  const profile = stringAt(ofEither('seccompProfile'), 'type');
  if (profile !== 'RuntimeDefault' && profile !== 'Localhost') yield violation('Seccomp');
  if (!itemsAt(context, 'capabilities', 'drop').includes('ALL')) yield violation('Capabilities');
  if (itemsAt(context, 'capabilities', 'add').some((one) => one !== 'NET_BIND_SERVICE')) yield violation('Capabilities');
  if ((path(context, 'procMount') ?? 'Default') !== 'Default') yield violation('/proc Mount Type');
  for (const one of itemsAt(container, 'ports')) if (Number(member(one, 'hostPort') ?? 0) > 0) yield violation('Host Ports');
}
