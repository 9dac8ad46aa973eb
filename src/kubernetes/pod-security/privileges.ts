/** Controls of what the processes of a container may do: privileged mode, privilege escalation, capabilities, users. */
import { itemsAt, type Json } from '../../util/json.ts';
import type { Control, Unmet } from './control.ts';
import { fieldAt, ownerName, type ContainerFields } from './pod-fields.ts';

/** `policy/check_privileged.go`. */
const privileged: Control = {
  id: 'baseline/privileged',
  title: 'Privileged Containers',
  remedy: 'remove privileged and add only the capabilities that the program needs',
  check({ containers }, unmet) {
    for (const { container, pointer, context } of containers) {
      if (context['privileged'] === true)
        unmet.push({ container, pointer: `${pointer}/privileged`, message: 'is privileged (privileged: true)' });
    }
  },
};

/** `policy/check_allowPrivilegeEscalation.go`. */
const allowPrivilegeEscalation: Control = {
  id: 'restricted/allowPrivilegeEscalation',
  title: 'Privilege Escalation',
  remedy: 'set allowPrivilegeEscalation: false in the security context of the container',
  check({ containers, isWindows }, unmet) {
    if (isWindows) return;
    for (const { container, pointer, context } of containers) {
      const value = fieldAt(context, 'allowPrivilegeEscalation');
      if (value === false) continue;
      const message = `${value === undefined ? 'does not set' : 'sets'} allowPrivilegeEscalation: ${value !== undefined}`;
      unmet.push({ container, pointer: `${pointer}/allowPrivilegeEscalation`, message });
    }
  },
};

const BASELINE_CAPABILITIES = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

/** `policy/check_capabilities_baseline.go`. */
const baselineCapabilities: Control = {
  id: 'baseline/capabilities',
  title: 'Capabilities',
  remedy: 'remove the capabilities that the program does not need',
  check({ containers }, unmet) {
    for (const one of containers) checkAdded(one, (name) => BASELINE_CAPABILITIES.has(String(name)), unmet);
  },
};

function checkAdded({ container, pointer, context }: ContainerFields, isAllowed: (name: Json) => boolean, unmet: Unmet[]): void {
  const added = itemsAt(fieldAt(context, 'capabilities'), 'add').filter((name) => !isAllowed(name));
  if (added.length > 0) unmet.push({ container, pointer: `${pointer}/capabilities/add`, message: `adds ${added.join(', ')}` });
}

/** `policy/check_capabilities_restricted.go`. Names count as they are written: neither `all` nor `CAP_NET_BIND_SERVICE` fits. */
const restrictedCapabilities: Control = {
  id: 'restricted/capabilities',
  title: 'Capabilities',
  remedy: 'set capabilities.drop: [ALL] and add no capability but NET_BIND_SERVICE',
  replaces: 'baseline/capabilities',
  check({ containers, isWindows }, unmet) {
    if (isWindows) return;
    for (const one of containers) {
      const { container, pointer, context } = one;
      if (!itemsAt(fieldAt(context, 'capabilities'), 'drop').includes('ALL'))
        unmet.push({ container, pointer: `${pointer}/capabilities/drop`, message: 'does not drop all capabilities' });
      checkAdded(one, (name) => name === 'NET_BIND_SERVICE', unmet);
    }
  },
};

/** `policy/check_runAsNonRoot.go`. A pod that says `false` fails even when all of its containers say `true`. */
const runAsNonRoot: Control = {
  id: 'restricted/runAsNonRoot',
  title: 'Running as Non-root',
  remedy: 'set runAsNonRoot: true and a runAsUser above 0',
  check({ owners, pod, hasUserNamespace }, unmet) {
    if (hasUserNamespace) return;
    const ofPod = fieldAt(pod.context, 'runAsNonRoot');
    for (const owner of owners) {
      const value = fieldAt(owner.context, 'runAsNonRoot');
      const isMissing = value === undefined && owner !== pod && ofPod === undefined;
      if (value !== false && !isMissing) continue;
      const message = isMissing ? 'does not set runAsNonRoot: true' : 'sets runAsNonRoot: false';
      unmet.push({ ...ownerName(owner), pointer: `${owner.pointer}/runAsNonRoot`, message });
    }
  },
};

/** `policy/check_runAsUser.go`. */
const runAsUser: Control = {
  id: 'restricted/runAsUser',
  title: 'Running as Non-root user',
  remedy: 'set a runAsUser above 0, or remove it where the image has a user other than root',
  check({ owners, hasUserNamespace }, unmet) {
    if (hasUserNamespace) return;
    for (const owner of owners) {
      if (owner.context['runAsUser'] === 0)
        unmet.push({ ...ownerName(owner), pointer: `${owner.pointer}/runAsUser`, message: 'sets runAsUser: 0' });
    }
  },
};

export const privilegeControls: readonly Control[] = [
  privileged,
  baselineCapabilities,
  allowPrivilegeEscalation,
  runAsNonRoot,
  runAsUser,
  restrictedCapabilities,
];
