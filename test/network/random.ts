/** NetworkPolicies and connections at random, the same for the same seed. All of them are such as the API server takes. */
import type { Json, JsonObject } from '../../src/util/json.ts';
import type { Random } from '../fuzz/random.ts';
import type { Cluster, Connection, ContainerPort, Endpoint, Pod, Protocol } from './evaluator.ts';
import type { Labels } from './labels.ts';

/** The values of a label; `''` stands for an empty value, undefined for no such label. */
type Values = readonly (string | undefined)[];

const NAMESPACES = ['default', 'front', 'back'];
const NAMESPACE_LABELS: Readonly<Record<string, Values>> = { team: ['red', 'blue'], env: ['prod', 'test', undefined] };
const POD_LABELS: Readonly<Record<string, Values>> = { app: ['web', 'db', 'cache'], tier: ['one', 'two', undefined] };
const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];
const PORTS: readonly ContainerPort[] = [
  { name: 'http', number: 80 },
  { name: 'admin', number: 81 },
  { name: 'dns', number: 53, protocol: 'UDP' },
  { name: 'dns-tcp', number: 53, protocol: 'TCP' },
  { name: 'signal', number: 82, protocol: 'SCTP' },
];
const OUTSIDE = ['203.0.113.5', '198.51.100.7', '10.9.9.9', '2001:db8::5'];
const BLOCKS: readonly JsonObject[] = [
  { cidr: '0.0.0.0/0' },
  { cidr: '::/0' },
  { cidr: '10.0.0.0/8' },
  { cidr: '10.0.1.0/24' },
  { cidr: '10.0.0.1/32' },
  { cidr: '203.0.113.0/24', except: ['203.0.113.4/30'] },
  { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '203.0.113.0/24'] },
  { cidr: '10.0.0.0/8', except: ['10.0.0.0/24', '10.9.0.0/16'] },
  { cidr: '2001:db8::/32', except: ['2001:db8:1::/48'] },
];

/** A cluster, and connections in it. */
export interface Scene {
  readonly cluster: Cluster & { readonly namespaces: Readonly<Record<string, Labels>> };
  readonly connections: readonly Connection[];
}

/** A cluster with a few policies, and some connections of its pods, with each other and with what is outside. */
export function randomScene(random: Random, connections: number): Scene {
  const namespaces = Object.fromEntries(NAMESPACES.map((name) => [name, randomLabels(random, NAMESPACE_LABELS)]));
  const pods = NAMESPACES.flatMap((namespace, space) =>
    [0, 1, 2].map((index) => randomPod(random, namespace, `10.0.${space}.${index}`)),
  );
  const endpoint = (): Endpoint => (random.below(8) === 0 ? random.pick(OUTSIDE) : random.pick(pods));
  return {
    cluster: { policies: several(random, 1, 4, randomPolicy), namespaces },
    connections: Array.from({ length: connections }, () => ({
      from: endpoint(),
      to: endpoint(),
      port: random.pick([53, 80, 81, 82, 90]),
      protocol: random.pick(PROTOCOLS),
    })),
  };
}

function randomPod(random: Random, namespace: string, ip: string): Pod {
  return {
    namespace,
    name: `pod-${ip.replaceAll('.', '-')}`,
    labels: randomLabels(random, POD_LABELS),
    ip,
    ports: PORTS.filter(() => random.below(3) > 0),
    ...(random.below(6) === 0 && { hostNetwork: true }),
  };
}

/** Labels with a value of each key, or without the key. */
export function randomLabels(random: Random, keys: Readonly<Record<string, Values>>): Labels {
  const pairs = Object.entries(keys).map(([key, values]) => [key, random.pick(values)] as const);
  return Object.fromEntries(pairs.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

function randomPolicy(random: Random): JsonObject {
  const rules = (peers: string): Json => several(random, 0, 2, () => randomRule(random, peers));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'policy', ...(random.below(4) > 0 && { namespace: random.pick(NAMESPACES) }) },
    spec: {
      podSelector: randomSelector(random, POD_LABELS),
      ...random.pick<JsonObject>([
        {},
        { policyTypes: ['Ingress'] },
        { policyTypes: ['Egress'] },
        { policyTypes: ['Ingress', 'Egress'] },
      ]),
      ...(random.below(4) > 0 && { ingress: rules('from') }),
      ...(random.below(2) > 0 && { egress: rules('to') }),
    },
  };
}

function randomRule(random: Random, peers: string): JsonObject {
  return {
    ...(random.below(4) > 0 && { [peers]: several(random, 0, 2, randomPeer) }),
    ...(random.below(2) > 0 && { ports: several(random, 0, 2, randomPort) }),
  };
}

function randomPeer(random: Random): JsonObject {
  const podSelector = randomSelector(random, POD_LABELS);
  const namespaceSelector = randomSelector(random, { ...NAMESPACE_LABELS, 'kubernetes.io/metadata.name': NAMESPACES });
  return random.pick<JsonObject>([
    { podSelector },
    { namespaceSelector },
    { podSelector, namespaceSelector },
    { ipBlock: random.pick(BLOCKS) },
  ]);
}

function randomPort(random: Random): JsonObject {
  // A name matters only with the protocol of its port, which is seldom met by chance.
  const { name = '', protocol: own } = random.pick(PORTS);
  const protocol = random.below(3) > 0 ? { protocol: random.pick(PROTOCOLS) } : {};
  return random.pick<JsonObject>([
    protocol,
    { port: random.pick([53, 80, 81, 82]), ...protocol },
    { port: name, ...protocol },
    { port: name, ...(own && { protocol: own }) },
    { port: random.pick([1, 80, 81]), endPort: random.pick([81, 82, 65535]), ...protocol },
  ]);
}

/** A label selector on some keys. `NotIn` is asked of keys that all have alone, unless `isFree`: not every program knows what it is of the others. */
export function randomSelector(random: Random, keys: Readonly<Record<string, Values>>, isFree = false): JsonObject {
  const matchLabels = random.below(3) === 0 ? randomLabels(random, keys) : undefined;
  const matchExpressions =
    random.below(3) === 0 ? several(random, 1, 2, () => randomExpression(random, keys, isFree)) : undefined;
  return { ...(matchLabels && { matchLabels }), ...(matchExpressions && { matchExpressions }) };
}

function randomExpression(random: Random, keys: Readonly<Record<string, Values>>, isFree: boolean): JsonObject {
  const [key, values] = random.pick(Object.entries(keys));
  const operators =
    isFree || !values.includes(undefined) ? ['In', 'NotIn', 'Exists', 'DoesNotExist'] : ['In', 'Exists', 'DoesNotExist'];
  const operator = random.pick(operators);
  const known = values.filter((value) => value !== undefined);
  return { key, operator, ...(operator.endsWith('In') && { values: several(random, 1, 2, () => random.pick(known)) }) };
}

function several<T>(random: Random, least: number, most: number, one: (random: Random) => T): T[] {
  return Array.from({ length: least + random.below(most - least + 1) }, () => one(random));
}
