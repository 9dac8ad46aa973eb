import type { HostField } from '../src/decisions/container/context.ts';
import { NO_OPTIONS } from '../src/transform/options.ts';
import { defineTransform } from '../src/transform/transform.ts';
import { path } from '../src/util/json.ts';

const NAMESPACES = { hostNetwork: 'network', hostPID: 'processes', hostIPC: 'shared memory' } as const satisfies Partial<
  Record<HostField, string>
>;

/** `hostNetwork`, `hostPID` and `hostIPC`: `false` where they are `true`. */
export const noHostNamespaces = defineTransform(
  {
    id: 'no-host-namespaces',
    title: 'Take the namespaces of the node away',
    description: 'Sets `hostNetwork`, `hostPID` and `hostIPC` to `false` where they are `true`.',
    rationale:
      'In the namespaces of the node a pod sees its processes and their memory, and reaches whatever listens on it; network policies do not hold there.',
    breaks: 'An agent that works on its node (a network plugin, a monitor of processes) no longer sees what it works on.',
    target: 'pod',
    fields: { hostNetwork: '1.0', hostPID: '1.1', hostIPC: '1.2' },
    references: {
      pss: ['baseline/hostNamespaces'],
      cis: ['5.2.3', '5.2.4', '5.2.5'],
      nsa: ['host-namespaces'],
      kubesec: ['HostNetwork', 'HostPID', 'HostIPC'],
      kubeLinter: ['host-network', 'host-pid', 'host-ipc'],
      checkov: ['CKV_K8S_17', 'CKV_K8S_18', 'CKV_K8S_19'],
      trivy: ['KSV-0008', 'KSV-0009', 'KSV-0010'],
      kubescape: ['C-0038', 'C-0041'],
    },
    safety: 'may-break',
    profiles: ['baseline'],
    isDivisible: true,
    since: '0.1.0',
    options: NO_OPTIONS,
    messages: { separate: 'the pod no longer shares the {namespace} of its node' },
  },
  function* (pod) {
    // A HostProcess container is only valid on the network of its node.
    if (pod.isWindows) return;
    for (const [field, namespace] of Object.entries(NAMESPACES)) {
      if (path(pod.spec, field) !== true) continue;
      const ops = [{ op: 'replace', path: `/spec/${field}`, was: true, value: false }] as const;
      yield { message: 'separate', data: { namespace }, ops };
    }
  },
);
