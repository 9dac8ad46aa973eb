import { keepsAccess } from '../src/decisions/container/context.ts';
import { NO_OPTIONS } from '../src/transform/options.ts';
import { defineTransform, type Op } from '../src/transform/transform.ts';
import { itemsAt, member, path } from '../src/util/json.ts';

/** Removes `hostPort`, with the `hostIP` that only says where it is open. */
export const noHostPorts = defineTransform(
  {
    id: 'no-host-ports',
    title: 'Take the ports of the node away',
    description: 'Removes `hostPort` and `hostIP` from the ports of containers; what listens there is reached by a Service.',
    rationale: 'A port of the node is open to everyone who reaches the node, and binds the pod to nodes where it is free.',
    breaks:
      'Whoever calls the port of the node no longer reaches the pod: a Service, an Ingress or a NodePort has to lead to it.',
    target: 'container',
    fields: { hostPort: '1.0', hostIP: '1.0' },
    references: {
      pss: ['baseline/hostPorts'],
      cis: ['5.2.13'],
      checkov: ['CKV_K8S_26'],
      trivy: ['KSV-0024'],
      kubescape: ['C-0044'],
    },
    safety: 'may-break',
    profiles: ['baseline'],
    since: '0.1.0',
    options: NO_OPTIONS,
    messages: { close: 'port {port} of the node is no longer open' },
  },
  function* (container, context) {
    // On the network of the node every port is one of the node: the API server sets hostPort again.
    if (path(container.pod.spec, 'hostNetwork') === true && keepsAccess('hostNetwork', context)) return;
    for (const [index, port] of itemsAt(container.value, 'ports').entries()) {
      const hostPort = member(port, 'hostPort');
      if (typeof hostPort !== 'number' || hostPort === 0) continue;
      const [first, ...rest] = (['hostPort', 'hostIP'] as const).flatMap((field): Op[] => {
        const was = member(port, field);
        return was === undefined ? [] : [{ op: 'remove', path: `/ports/${index}/${field}`, was }];
      });
      if (first) yield { message: 'close', data: { port: hostPort }, ops: [first, ...rest] };
    }
  },
);
