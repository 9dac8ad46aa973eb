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
  *check({ owners, annotations }) {
    for (const [name, value] of Object.entries(annotations)) {
      if (!name.startsWith(APP_ARMOR_ANNOTATION) || typeof value !== 'string') continue;
      if (value === '' || value === 'runtime/default' || value.startsWith('localhost/')) continue;
      const pointer = `/metadata/annotations${formatPointer([name])}`;
      const message = `sets the AppArmor profile ${value} by an annotation`;
      yield { container: name.slice(APP_ARMOR_ANNOTATION.length), pointer, message };
    }
    for (const owner of owners) {
      const unmet = profileUnmet(owner, 'appArmorProfile');
      if (unmet) yield unmet;
    }
  },
};

/** The SELinux types that the baseline standard allows. */
export const SELINUX_TYPES: readonly string[] = ['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

/** `policy/check_seLinuxOptions.go`. The level is the author's choice. */
const seLinuxOptions: Control = {
  id: 'baseline/seLinuxOptions',
  title: 'SELinux',
  remedy: 'remove user and role, and set no type or one of container_t, container_init_t, container_kvm_t, container_engine_t',
  *check({ owners }) {
    for (const owner of owners) {
      for (const field of ['user', 'role', 'type'] as const) {
        const value = stringAt(owner.context, 'seLinuxOptions', field) ?? '';
        if (value === '' || (field === 'type' && SELINUX_TYPES.includes(value))) continue;
        const pointer = `${owner.pointer}/seLinuxOptions/${field}`;
        yield { ...ownerName(owner), pointer, message: `sets the SELinux ${field} ${value}` };
      }
    }
  },
};

const PROC_MOUNT = {
  title: '/proc Mount Type',
  remedy: 'remove procMount',
} as const;

/** `policy/check_procMount_baseline.go`. */
const baselineProcMount: Control = {
  ...PROC_MOUNT,
  id: 'baseline/procMount',
  *check(pod) {
    if (!pod.hasUserNamespace) yield* procMounts(pod);
  },
};

/** `policy/check_procMount_restricted.go`. */
const restrictedProcMount: Control = {
  ...PROC_MOUNT,
  id: 'restricted/procMount',
  replaces: 'baseline/procMount',
  check: procMounts,
};

function* procMounts({ containers }: PodFields): Generator<Unmet> {
  for (const { container, pointer, context } of containers) {
    const value = fieldAt(context, 'procMount') ?? 'Default';
    if (value !== 'Default') yield { container, pointer: `${pointer}/procMount`, message: `sets procMount: ${String(value)}` };
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
  check: ({ owners }) => owners.flatMap((owner) => profileUnmet(owner, 'seccompProfile') ?? []),
};

/** `policy/check_seccompProfile_restricted.go`. Containers without a profile take over the pod's, also when that is wrong. */
const restrictedSeccomp: Control = {
  ...SECCOMP,
  id: 'restricted/seccompProfile',
  replaces: 'baseline/seccompProfile',
  *check(fields) {
    if (fields.isWindows) return;
    yield* baselineSeccomp.check(fields);
    if (fieldAt(fields.pod.context, 'seccompProfile') !== undefined) return;
    for (const { container, pointer, context } of fields.containers) {
      if (fieldAt(context, 'seccompProfile') === undefined)
        yield { container, pointer: `${pointer}/seccompProfile`, message: 'has no seccomp profile' };
    }
  },
};

/** A profile whose type is neither of the two that both AppArmor and seccomp may have. */
function profileUnmet(owner: SecurityContextOwner, field: 'appArmorProfile' | 'seccompProfile'): Unmet | undefined {
  const profile = fieldAt(owner.context, field);
  const type = stringAt(profile, 'type') ?? '';
  if (!isObject(profile) || PROFILE_TYPES.includes(type)) return undefined;
  const name = field === 'appArmorProfile' ? 'AppArmor' : 'seccomp';
  const message = type === '' ? `sets the ${name} profile without a type` : `sets the ${name} profile ${type}`;
  return { ...ownerName(owner), pointer: `${owner.pointer}/${field}/type`, message };
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
  *check({ pod }) {
    for (const [index, sysctl] of itemsAt(pod.context, 'sysctls').entries()) {
      const name = stringAt(sysctl, 'name') ?? '';
      if (isObject(sysctl) && !SAFE_SYSCTLS.has(name))
        yield { pointer: `${pod.pointer}/sysctls/${index}`, message: `sets the sysctl ${name}` };
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
