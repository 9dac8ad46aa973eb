/** Controls of what a pod shares with its node: namespaces, ports, probes that leave the pod, Windows HostProcess. */
import { itemsAt, member, path, stringAt } from '../../util/json.ts';
import type { Control, Unmet } from './control.ts';
import { fieldAt, ownerName, type ContainerFields } from './pod-fields.ts';

/** `policy/check_windowsHostProcess.go`. */
const windowsHostProcess: Control = {
  id: 'baseline/windowsHostProcess',
  title: 'HostProcess',
  remedy: 'remove hostProcess, or run the program outside of the cluster',
  check({ owners }, unmet) {
    for (const owner of owners) {
      if (member(fieldAt(owner.context, 'windowsOptions'), 'hostProcess') !== true) continue;
      const pointer = `${owner.pointer}/windowsOptions/hostProcess`;
      unmet.push({ ...ownerName(owner), pointer, message: 'runs as a process of its Windows node (hostProcess: true)' });
    }
  },
};

const HOST_NAMESPACES = [
  ['hostNetwork', 'network'],
  ['hostPID', 'process ID'],
  ['hostIPC', 'IPC'],
] as const;

/** `policy/check_hostNamespaces.go`. */
const hostNamespaces: Control = {
  id: 'baseline/hostNamespaces',
  title: 'Host Namespaces',
  remedy: 'remove the field',
  check({ spec }, unmet) {
    for (const [field, name] of HOST_NAMESPACES) {
      if (member(spec, field) === true)
        unmet.push({ pointer: `/spec/${field}`, message: `shares the ${name} namespace of its node (${field}: true)` });
    }
  },
};

/**
 * `policy/check_hostPorts.go`. The API server sets host ports in pods with `hostNetwork: true`; they go with that field, so
 * only those in the manifest count.
 */
const hostPorts: Control = {
  id: 'baseline/hostPorts',
  title: 'Host Ports',
  remedy: 'remove hostPort and use a Service',
  check({ containers }, unmet) {
    for (const { container, containerPointer, value } of containers) {
      for (const [index, port] of itemsAt(value, 'ports').entries()) {
        const hostPort = member(port, 'hostPort') ?? 0;
        if (hostPort !== 0)
          unmet.push({
            container,
            pointer: `${containerPointer}/ports/${index}/hostPort`,
            message: `takes the port ${String(hostPort)} of its node (hostPort)`,
          });
      }
    }
  },
};

/** `policy/check_hostProbesAndhostLifecycle.go`, a part of `baseline` since Kubernetes 1.34. */
const hostProbes: Control = {
  id: 'baseline/hostProbesAndHostLifecycle',
  title: 'Host Probes / Lifecycle Hooks',
  remedy: 'remove host, so that the kubelet calls the pod itself',
  check({ containers }, unmet) {
    for (const container of containers) checkHosts(container, unmet);
  },
};

const HANDLERS = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
] as const;

const ACTIONS = ['httpGet', 'tcpSocket'];

function checkHosts({ container, containerPointer, value }: ContainerFields, unmet: Unmet[]): void {
  for (const keys of HANDLERS) {
    if (value[keys[0]] === undefined) continue;
    const handler = path(value, ...keys);
    for (const action of ACTIONS) {
      const host = stringAt(handler, action, 'host') ?? '';
      if (host === '') continue;
      const pointer = `${containerPointer}/${keys.join('/')}/${action}/host`;
      unmet.push({ container, pointer, message: `makes the kubelet call the host ${host} (${keys.join('.')})` });
    }
  }
}

export const nodeAccessControls: readonly Control[] = [windowsHostProcess, hostNamespaces, hostPorts, hostProbes];
