import { lowestPort } from '../src/decisions/ports.ts';
import { itemsAt, member, path } from '../src/util/json.ts';
import { isAtLeast } from '../src/decisions/settings.ts';
import { defineTransform } from '../src/transform/transform.ts';

const SYSCTL = 'net.ipv4.ip_unprivileged_port_start';

/** The sysctl that lets a user who is not root listen on ports below 1024 (a safe sysctl since Kubernetes 1.22). */
export const unprivilegedPorts = defineTransform(
  {
    id: 'unprivileged-ports',
    title: 'Let ordinary users listen on low ports',
    description: `Sets the sysctl \`${SYSCTL}\` to 0 when a container that is not root listens below port 1024.`,
    rationale:
      'The kernel keeps ports below 1024 for root. A capability does not help a process that is not root; this sysctl does, and only inside the pod.',
    target: 'pod',
    references: { pss: ['baseline/sysctls'] },
    safety: 'safe',
    default: true,
    since: { kharden: '0.1.0', kubernetes: '1.22' },
    options: {},
    messages: {
      allow: 'port {port} is open to a user who is not root',
      'low-port': 'port {port} needs root or a sysctl, and neither is to be had {why}: let it listen on a port from 1024 on',
    },
  },
  function* (pod, context) {
    if (pod.isWindows) return;
    const ports = pod.containers.flatMap((container) => {
      const { isNonRoot, knowledge } = context.decide(container);
      return (context.applies(container) && isNonRoot && lowestPort(container, knowledge)) || [];
    });
    const [lowest] = ports.sort((left, right) => left - right);
    if (lowest === undefined) return;
    const sysctls = itemsAt(pod.spec, 'securityContext', 'sysctls');
    const given = sysctls.find((sysctl) => member(sysctl, 'name') === SYSCTL);
    if (given !== undefined) {
      if (Number(member(given, 'value')) > lowest)
        yield { message: 'low-port', data: { port: lowest, why: `while the sysctl ${SYSCTL} is set higher` } };
    } else if (path(pod.spec, 'hostNetwork') === true) {
      yield { message: 'low-port', data: { port: lowest, why: 'on the network of the node' }, at: '/spec/hostNetwork' };
    } else if (!isAtLeast(context.settings.kubeVersion, '1.22')) {
      yield { message: 'low-port', data: { port: lowest, why: 'before Kubernetes 1.22' } };
    } else {
      yield {
        message: 'allow',
        data: { port: lowest },
        ops: [{ op: 'add', path: '/spec/securityContext/sysctls/-', value: { name: SYSCTL, value: '0' } }],
      };
    }
  },
);
