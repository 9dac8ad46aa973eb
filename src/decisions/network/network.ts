/** Which workloads name which Services: looked up once for all files for which the same counts. */
import type { NamedHost } from '../../evidence/hosts.ts';
import type { Container, Pod } from '../../kubernetes/object.ts';
import { path } from '../../util/json.ts';
import { memo } from '../../util/memo.ts';
import type { Facts } from '../../workspace/facts.ts';
import { sendsTo, servicesOf, type Service } from './services.ts';
import { namedHosts } from './settings.ts';

/** The hosts that the image of any container is known to connect to beside those of its settings. */
export type ConnectionsOf = (container: Container) => readonly string[] | undefined;

/** A pod with all that it is known to connect to. */
export interface Node {
  readonly pod: Pod;
  readonly calls: readonly Call[];
  /** The hosts that no Service of the inputs answers to. */
  readonly others: readonly NamedHost[];
  /** What may hold further addresses and is not among the files. */
  readonly hidden: string | undefined;
}

/** A Service that a pod names. */
export interface Call {
  readonly service: Service;
  /** A port of the Service; undefined where none is named. */
  readonly port: number | undefined;
}

export interface Network {
  readonly services: readonly Service[];
  /** The pods of which it is hidden what they connect to. */
  hidden(): readonly Node[];
  /** The pods on the networks of their nodes, which no policy is about. */
  onNodes(): readonly Pod[];
  nodeOf(pod: Pod): Node;
  /** The pods that name a Service. */
  callersOf(service: Service): readonly Caller[];
}

export interface Caller {
  readonly pod: Pod;
  readonly port: number | undefined;
}

/** The network of the workloads for which the facts count; `connectionsOf` is the same in a whole run. */
export const networkOf = memo((facts: Facts, connectionsOf: ConnectionsOf): Network => {
  const services = servicesOf(facts);
  const byName = new Map<string, Service[]>();
  for (const service of services) byName.set(service.object.name, [...(byName.get(service.object.name) ?? []), service]);
  const nodeOf = memo((pod: Pod) => readNode(pod, byName, facts, connectionsOf));
  let nodes: readonly Node[] | undefined;
  let hidden: readonly Node[] | undefined;
  let onNodes: readonly Pod[] | undefined;
  let callers: ReadonlyMap<Service, readonly Caller[]> | undefined;
  const allNodes = (): readonly Node[] => (nodes ??= facts.workloads().flatMap(({ pods }) => pods.map((pod) => nodeOf(pod))));
  return {
    services,
    hidden: () => (hidden ??= allNodes().filter((node) => node.hidden !== undefined)),
    onNodes: () => (onNodes ??= allNodes().flatMap(({ pod }) => (path(pod.spec, 'hostNetwork') === true ? [pod] : []))),
    nodeOf,
    callersOf(service) {
      callers ??= callersByService(allNodes());
      return callers.get(service) ?? [];
    },
  };
});

function callersByService(nodes: readonly Node[]): ReadonlyMap<Service, readonly Caller[]> {
  const found = new Map<Service, Caller[]>();
  for (const { pod, calls } of nodes) {
    for (const { service, port } of calls) {
      const known = found.get(service);
      if (known) known.push({ pod, port });
      else found.set(service, [{ pod, port }]);
    }
  }
  return found;
}

function readNode(pod: Pod, services: ReadonlyMap<string, readonly Service[]>, facts: Facts, connectionsOf: ConnectionsOf): Node {
  const { hosts, hidden } = namedHosts(pod, facts);
  const known = pod.containers
    .flatMap((container) => connectionsOf(container) ?? [])
    .map((host) => ({ host, port: undefined, scheme: undefined, isCertain: true }));
  const calls: Call[] = [];
  const others: NamedHost[] = [];
  for (const named of [...hosts, ...known]) {
    const service = serviceAt(named.host, pod.object.namespace, services, facts);
    if (service?.externalName !== undefined) others.push({ ...named, host: service.externalName, isCertain: true });
    // A mere word may be the name of the workload as well as that of its own Service.
    else if (service && (named.isCertain || !sendsTo(service, pod, facts))) calls.push({ service, port: named.port });
    else if (!service && named.isCertain) others.push(named);
  }
  return { pod, calls, others, hidden };
}

/**
 * The Service that a host name stands for: `redis`, `redis.shop`, `redis.shop.svc` with whatever follows, or a pod of a
 * StatefulSet before each of these (Kubernetes, "DNS for Services and Pods").
 */
function serviceAt(
  host: string,
  namespace: string | undefined,
  services: ReadonlyMap<string, readonly Service[]>,
  facts: Facts,
): Service | undefined {
  const [first = '', second, third] = host.split('.');
  const isPodName = /-\d+$/.test(first) && second !== undefined && services.has(second) && !services.has(first);
  if (isPodName) return serviceAt(host.slice(first.length + 1), namespace, services, facts);
  const found = services.get(first) ?? [];
  if (second === undefined) return found.find(({ object }) => facts.mayShareNamespace(object.namespace, namespace));
  if (third !== undefined && third !== 'svc') return undefined;
  return found.find(({ object }) => facts.mayShareNamespace(object.namespace, second));
}
