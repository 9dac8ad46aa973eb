import { itemsAt, member, path, type Json } from '../src/util/json.ts';
import { keepsAccess } from '../src/decisions/container/context.ts';
import { takesField, type Container, type Pod } from '../src/kubernetes/object.ts';
import { NO_OPTIONS } from '../src/transform/options.ts';
import { defineTransform, type Context } from '../src/transform/transform.ts';

const SYSCTL = 'net.ipv4.ip_unprivileged_port_start';

/** The sysctl that lets a non-root user listen on ports below 1024 (a safe sysctl since Kubernetes 1.22). */
export const unprivilegedPorts = defineTransform(
  {
    id: 'unprivileged-ports',
    title: 'Let users who are not root listen on low ports',
    description: `Sets the sysctl \`${SYSCTL}\` to 0 when a container that is not root listens below port 1024.`,
    rationale:
      'The kernel keeps ports below 1024 for root. A capability does not help a process that is not root; this sysctl does, and only inside the pod.',
    target: 'pod',
    fields: { sysctls: '1.22' },
    references: { pss: ['baseline/sysctls'] },
    safety: 'safe',
    profiles: ['restricted', 'strict'],
    neededBy: 'run-as-non-root',
    since: '0.1.0',
    options: NO_OPTIONS,
    messages: {
      allow: 'a user who is not root can listen on port {port}',
      'low-port':
        'port {port} needs root or the sysctl net.ipv4.ip_unprivileged_port_start, which cannot be set {why}: let the container listen on port 1024 or above',
    },
  },
  function* (pod, context) {
    if (pod.isWindows) return;
    const [first, ...others] = listeners(pod, context);
    if (!first) return;
    const { port } = first;
    const given = itemsAt(pod.spec, 'securityContext', 'sysctls').find((sysctl) => member(sysctl, 'name') === SYSCTL);
    const reason = whyImpossible(pod, given, port, context);
    const optedOut = context.applies(first.container) ? {} : { container: first.container };
    if (reason)
      yield {
        message: 'low-port',
        data: { port, why: reason.why },
        ...(reason.at === undefined ? {} : { at: reason.at }),
        ...optedOut,
      };
    else if (given === undefined) {
      // The sysctl is written once; the other ports only say which containers are opted out.
      for (const one of [first, ...others.filter(({ container }) => !context.applies(container))])
        yield {
          message: 'allow',
          data: { port: one.port },
          container: one.container,
          ops: [{ op: 'add', path: '/spec/securityContext/sysctls/-', value: { name: SYSCTL, value: '0' } }],
        };
    }
  },
);

interface Listener {
  readonly container: Container;
  readonly port: number;
}

/** The containers that listen on a low port without root, those that are not opted out first, the lowest port first. */
function listeners(pod: Pod, context: Context<unknown>): Listener[] {
  const found = pod.containers.flatMap((container): Listener[] => {
    const { isNonRoot, lowPort, knowledge } = context.decide(container);
    const isAllowed = knowledge?.fileCaps.includes('NET_BIND_SERVICE') && addsNetBindService(container);
    return isNonRoot && lowPort !== undefined && !isAllowed ? [{ container, port: lowPort }] : [];
  });
  const rank = ({ container }: Listener): number => (context.applies(container) ? 0 : 1);
  return found.sort((left, right) => rank(left) - rank(right) || left.port - right.port);
}

/** A binary that carries the capability has it when the author adds it to the bounding set (capabilities(7)). */
function addsNetBindService(container: Container): boolean {
  const added = itemsAt(container.value, 'securityContext', 'capabilities', 'add');
  return added.some((name) => name === 'NET_BIND_SERVICE' || name === 'CAP_NET_BIND_SERVICE');
}

/** Why the sysctl cannot be set, or would not help; undefined when it can, or when it is set well already. */
function whyImpossible(
  pod: Pod,
  given: Json | undefined,
  port: number,
  context: Context<unknown>,
): { why: string; at?: string } | undefined {
  if (given !== undefined) return Number(member(given, 'value')) > port ? { why: 'while it is set to a higher port' } : undefined;
  if (path(pod.spec, 'hostNetwork') === true && keepsAccess('hostNetwork', context))
    return { why: 'on the network of the node', at: '/spec/hostNetwork' };
  if (!takesField(pod, '/spec/securityContext/sysctls')) return { why: `in a ${pod.object.kind} of ${pod.object.group}` };
  return context.supports('sysctls') ? undefined : { why: 'before Kubernetes 1.22' };
}
