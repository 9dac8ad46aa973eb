/** Controls of how the kernel confines a pod: AppArmor, SELinux, seccomp, /proc masks, sysctls. */
import { formatPointer } from '../../patch/pointer.ts';
import { isObject, itemsAt, stringAt } from '../../util/json.ts';
import type { Control, Unmet } from './control.ts';
import { fieldAt, ownerName, type PodFields, type SecurityContextOwner } from './pod-fields.ts';

const PROFILE_TYPES = ['RuntimeDefault', 'Localhost'];
/** The annotations that AppArmor profiles were set by before Kubernetes 1.30; the standard still reads them. */
const APP_ARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

/** `policy/check_appArmorProfile.go`. */
const appArmorProfile: Control = {
  id: 'baseline/appArmorProfile',
  title: 'AppArmor',
  remedy: 'remove the profile, or set RuntimeDefault',
  check({ owners, annotations }, unmet) {
    for (const name of Object.keys(annotations)) {
      const value = annotations[name];
      if (!name.startsWith(APP_ARMOR_ANNOTATION) || typeof value !== 'string') continue;
      if (value === '' || value === 'runtime/default' || value.startsWith('localhost/')) continue;
      const pointer = `/metadata/annotations${formatPointer([name])}`;
      const message = `sets the AppArmor profile ${value} by an annotation`;
      unmet.push({ container: name.slice(APP_ARMOR_ANNOTATION.length), pointer, message });
    }
    for (const owner of owners) checkProfile(owner, 'appArmorProfile', unmet);
  },
};

/** The SELinux types that the baseline standard allows. */
export const SELINUX_TYPES: readonly string[] = ['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

/** `policy/check_seLinuxOptions.go`. The level is the author's choice. */
const seLinuxOptions: Control = {
  id: 'baseline/seLinuxOptions',
  title: 'SELinux',
  remedy: 'remove user and role, and set no type or one of container_t, container_init_t, container_kvm_t, container_engine_t',
  check({ owners }, unmet) {
    for (const owner of owners) {
      const options = fieldAt(owner.context, 'seLinuxOptions');
      if (options === undefined) continue;
      for (const field of SELINUX_FIELDS) {
        const value = stringAt(options, field) ?? '';
        if (value === '' || (field === 'type' && SELINUX_TYPES.includes(value))) continue;
        const pointer = `${owner.pointer}/seLinuxOptions/${field}`;
        unmet.push({ ...ownerName(owner), pointer, message: `sets the SELinux ${field} ${value}` });
      }
    }
  },
};

const SELINUX_FIELDS = ['user', 'role', 'type'] as const;

const PROC_MOUNT = {
  title: '/proc Mount Type',
  remedy: 'remove procMount',
} as const;

/** `policy/check_procMount_baseline.go`. */
const baselineProcMount: Control = {
  ...PROC_MOUNT,
  id: 'baseline/procMount',
  check(pod, unmet) {
    if (!pod.hasUserNamespace) checkProcMounts(pod, unmet);
  },
};

/** `policy/check_procMount_restricted.go`. */
const restrictedProcMount: Control = {
  ...PROC_MOUNT,
  id: 'restricted/procMount',
  replaces: 'baseline/procMount',
  check: checkProcMounts,
};

function checkProcMounts({ containers }: PodFields, unmet: Unmet[]): void {
  for (const { container, pointer, context } of containers) {
    const value = fieldAt(context, 'procMount') ?? 'Default';
    if (value !== 'Default')
      unmet.push({ container, pointer: `${pointer}/procMount`, message: `sets procMount: ${String(value)}` });
  }
}

const SECCOMP = {
  title: 'Seccomp',
  remedy: 'set seccompProfile.type: RuntimeDefault',
} as const;

/** `policy/check_seccompProfile_baseline.go`. */
const baselineSeccomp: Control = {
  ...SECCOMP,
  id: 'baseline/seccompProfile',
  check({ owners }, unmet) {
    for (const owner of owners) checkProfile(owner, 'seccompProfile', unmet);
  },
};

/** `policy/check_seccompProfile_restricted.go`. Containers without a profile take over the pod's, also when that is wrong. */
const restrictedSeccomp: Control = {
  ...SECCOMP,
  id: 'restricted/seccompProfile',
  replaces: 'baseline/seccompProfile',
  check(fields, unmet) {
    if (fields.isWindows) return;
    baselineSeccomp.check(fields, unmet);
    if (fieldAt(fields.pod.context, 'seccompProfile') !== undefined) return;
    for (const { container, pointer, context } of fields.containers) {
      if (fieldAt(context, 'seccompProfile') === undefined)
        unmet.push({ container, pointer: `${pointer}/seccompProfile`, message: 'has no seccomp profile' });
    }
  },
};

/** Finds a profile whose type is neither of the two that both AppArmor and seccomp may have. */
function checkProfile(owner: SecurityContextOwner, field: 'appArmorProfile' | 'seccompProfile', unmet: Unmet[]): void {
  const profile = fieldAt(owner.context, field);
  if (!isObject(profile)) return;
  const type = stringAt(profile, 'type') ?? '';
  if (PROFILE_TYPES.includes(type)) return;
  const name = field === 'appArmorProfile' ? 'AppArmor' : 'seccomp';
  const message = type === '' ? `sets the ${name} profile without a type` : `sets the ${name} profile ${type}`;
  unmet.push({ ...ownerName(owner), pointer: `${owner.pointer}/${field}/type`, message });
}

/** The list of Kubernetes 1.32 to 1.36: namespaced, and without an effect on other pods of the node. */
const SAFE_SYSCTLS = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);

/** `policy/check_sysctls.go`. */
const sysctls: Control = {
  id: 'baseline/sysctls',
  title: 'Sysctls',
  remedy: 'remove the sysctl, or set it on the node',
  check({ pod }, unmet) {
    for (const [index, sysctl] of itemsAt(pod.context, 'sysctls').entries()) {
      const name = stringAt(sysctl, 'name') ?? '';
      if (isObject(sysctl) && !SAFE_SYSCTLS.has(name))
        unmet.push({ pointer: `${pod.pointer}/sysctls/${index}`, message: `sets the sysctl ${name}` });
    }
  },
};

export const kernelConfinementControls: readonly Control[] = [
  appArmorProfile,
  seLinuxOptions,
  baselineProcMount,
  baselineSeccomp,
  sysctls,
  restrictedProcMount,
  restrictedSeccomp,
];
