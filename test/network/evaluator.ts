/**
 * Which connections NetworkPolicies (networking.k8s.io/v1) allow, by the words of the API reference. It shares nothing with the
 * transforms but the helpers for JSON, so that the tests can judge policies that are written by them.
 *
 * A node is not modelled: that a pod is always reached from its own node is left to the caller. A policy that the API server
 * would refuse is a thrown error, for a wrong answer would be worse.
 */
import { BlockList, isIP } from 'node:net';
import { isObject, itemsAt, member, path, stringAt, type Json } from '../../src/util/json.ts';
import { selects, type Labels } from './labels.ts';

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** A port of a container. Only ports with a name matter: all the others can be reached without being listed. */
export interface ContainerPort {
  readonly name?: string;
  readonly number: number;
  /** `TCP` if missing, as in a pod. */
  readonly protocol?: Protocol;
}

export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly ports?: readonly ContainerPort[];
  /** An `ipBlock` never matches a pod without one. For a pod with `hostNetwork` it is the address of the node. */
  readonly ip?: string;
  readonly hostNetwork?: boolean;
}

/** A pod, or the IP address of something outside of the cluster. */
export type Endpoint = Pod | string;

/** A new connection; the packets of its answers are allowed with it. */
export interface Connection {
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** The port of the destination itself, so the target port where a Service stands between. */
  readonly port: number;
  /** `TCP` if missing. */
  readonly protocol?: Protocol;
}

export interface Cluster {
  /** NetworkPolicies of any namespaces; one without a namespace is in `default`. */
  readonly policies: readonly Json[];
  /** The labels of namespaces by name. The label `kubernetes.io/metadata.name` need not be there, nor a namespace without others. */
  readonly namespaces?: Readonly<Record<string, Labels>>;
}

type Direction = 'Ingress' | 'Egress';

/** The keys of a spec that hold the rules of a direction, and the keys of a rule that hold its peers. */
const RULES = { Ingress: 'ingress', Egress: 'egress' } as const;
const PEERS = { Ingress: 'from', Egress: 'to' } as const;

/** True if the policies of a cluster allow a connection on both of its sides. */
export function isAllowed(connection: Connection, cluster: Cluster): boolean {
  const { from, to } = connection;
  if (isSamePod(from, to)) return true;
  return isSideAllowed('Egress', from, to, connection, cluster) && isSideAllowed('Ingress', to, from, connection, cluster);
}

/** True if policies of this direction select a pod: it is isolated, and only what a rule of them names is allowed. */
export function isIsolated(pod: Pod, direction: Direction, { policies }: Cluster): boolean {
  return policies.some((policy) => governs(policy, pod, direction));
}

function isSamePod(one: Endpoint, other: Endpoint): boolean {
  if (typeof one === 'string' || typeof other === 'string') return false;
  return one.namespace === other.namespace && one.name === other.name;
}

/** What the policies of `subject` say: everything is allowed unless one governs it, and then what any rule of any of them allows. */
function isSideAllowed(
  direction: Direction,
  subject: Endpoint,
  peer: Endpoint,
  connection: Connection,
  cluster: Cluster,
): boolean {
  if (typeof subject === 'string') return true;
  const governing = cluster.policies.filter((policy) => governs(policy, subject, direction));
  if (governing.length === 0) return true;
  return governing.some((policy) =>
    itemsAt(policy, 'spec', RULES[direction]).some((rule) => {
      const peers = itemsAt(rule, PEERS[direction]);
      return (
        (peers.length === 0 || peers.some((one) => isPeer(one, peer, namespaceOf(policy), cluster))) &&
        allowsPort(itemsAt(rule, 'ports'), connection)
      );
    }),
  );
}

/** True if a policy isolates a pod in a direction. A pod in the network of its node is out of reach of policies. */
function governs(policy: Json, pod: Pod, direction: Direction): boolean {
  return (
    pod.hostNetwork !== true &&
    namespaceOf(policy) === pod.namespace &&
    directionsOf(policy).includes(direction) &&
    selects(path(policy, 'spec', 'podSelector') ?? {}, pod.labels)
  );
}

function namespaceOf(policy: Json): string {
  return stringAt(policy, 'metadata', 'namespace') ?? 'default';
}

/** The `policyTypes`. Where there are none: always `Ingress`, and `Egress` only if there are rules for it. */
function directionsOf(policy: Json): readonly Json[] {
  const types = itemsAt(policy, 'spec', 'policyTypes');
  if (types.length > 0) return types;
  return itemsAt(policy, 'spec', 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/** True if an item of `from` or `to` in a policy of `namespace` names an endpoint. */
function isPeer(peer: Json, endpoint: Endpoint, namespace: string, { namespaces = {} }: Cluster): boolean {
  const pods = member(peer, 'podSelector') ?? undefined;
  const spaces = member(peer, 'namespaceSelector') ?? undefined;
  const block = member(peer, 'ipBlock') ?? undefined;
  if (block === undefined ? !isObject(pods) && !isObject(spaces) : pods !== undefined || spaces !== undefined) {
    throw new Error(`no peer of a NetworkPolicy: ${JSON.stringify(peer)}`);
  }
  if (block !== undefined) return isInBlock(block, typeof endpoint === 'string' ? endpoint : endpoint.ip);
  // What comes from a pod with hostNetwork has the address of the node: no selector matches it.
  if (typeof endpoint === 'string' || endpoint.hostNetwork === true) return false;
  const labels = { ...namespaces[endpoint.namespace], 'kubernetes.io/metadata.name': endpoint.namespace };
  return (
    (spaces === undefined ? endpoint.namespace === namespace : selects(spaces, labels)) &&
    (pods === undefined || selects(pods, endpoint.labels))
  );
}

/** True if an address is in the CIDR of an `ipBlock` and in none of its exceptions. */
function isInBlock(block: Json, ip: string | undefined): boolean {
  if (ip === undefined) return false;
  return isInRange(ip, member(block, 'cidr')) && !itemsAt(block, 'except').some((range) => isInRange(ip, range));
}

function isInRange(ip: string, cidr: Json | undefined): boolean {
  const [address = '', length = ''] = typeof cidr === 'string' ? cidr.split('/') : [];
  const [family, bits] = [isIP(address), Number(length)];
  if (isIP(ip) === 0) throw new Error(`no IP address: ${ip}`);
  if (family === 0 || !/^\d+$/.test(length) || bits > (family === 4 ? 32 : 128))
    throw new Error(`no CIDR: ${JSON.stringify(cidr)}`);
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(address, bits, type);
  return range.check(ip, type);
}

/** True if one of the `ports` of a rule is that of a connection; a rule without any is for all ports of all protocols. */
function allowsPort(ports: readonly Json[], connection: Connection): boolean {
  return ports.length === 0 || ports.some((port) => isPort(port, connection));
}

function isPort(item: Json, { to, port, protocol = 'TCP' }: Connection): boolean {
  if ((stringAt(item, 'protocol') ?? 'TCP') !== protocol) return false;
  const first = member(item, 'port') ?? undefined;
  const last = member(item, 'endPort') ?? undefined;
  if (last !== undefined && (typeof first !== 'number' || typeof last !== 'number' || last < first)) {
    throw new Error(`no range of ports: ${JSON.stringify(item)}`);
  }
  if (first === undefined) return true;
  if (typeof first === 'number') return first <= port && port <= (typeof last === 'number' ? last : first);
  return portsOf(to).some((one) => one.name === first && one.number === port && (one.protocol ?? 'TCP') === protocol);
}

/** The ports that names are looked up in: always those of the destination, which has none if it is no pod of the pod network. */
function portsOf(to: Endpoint): readonly ContainerPort[] {
  return typeof to === 'string' || to.hostNetwork === true ? [] : (to.ports ?? []);
}
