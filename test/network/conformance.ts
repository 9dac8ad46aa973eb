/**
 * The conformance cases of Kubernetes for NetworkPolicies (test/e2e/network/netpol/network_policy.go at 008b365), as data: which
 * policies, and which pods do not reach which ones then. Read from `conformance/*.yaml`, one document for each case:
 *
 * - `pods` are the pods that there are, as NAMESPACE/NAME. Each has the label `pod: NAME` and listens on ports 80 and 81 of each
 *   protocol, by names such as `serve-80-tcp`. The pod b of namespace x has the IP address 10.1.0.2, and so on.
 * - `steps` come one after another. Each tells all `policies` that are there, as a spec under the name of its namespace, and the
 *   `labels` that a pod or a namespace has got since.
 * - `probes` tell what every pod reaches at a port of every pod. All is allowed but what `refused` names, save what `allowed` names.
 *   In `FROM > TO` either is a pod, all pods of a namespace, or `any`.
 *
 * What a pod sends to itself is not looked at upstream; here it is allowed, whatever the probes say.
 */
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import type { JsonObject } from '../../src/util/json.ts';
import type { Cluster, Connection, ContainerPort, Pod, Protocol } from './evaluator.ts';
import type { Labels } from './labels.ts';

interface Step {
  readonly policies: readonly Readonly<Record<string, JsonObject>>[];
  readonly labels?: Readonly<Record<string, Labels>>;
  readonly probes: readonly {
    readonly port: string;
    readonly refused?: readonly string[];
    readonly allowed?: readonly string[];
  }[];
}

/** A document of the files. */
interface Document {
  readonly name: string;
  readonly pods: string;
  readonly steps: readonly Step[];
}

/** A connection of a case, and whether it is allowed. */
export interface Expectation {
  readonly connection: Connection & { readonly from: Pod; readonly to: Pod };
  readonly isAllowed: boolean;
}

/** What is expected while a cluster is as it is after a step. */
export interface Situation {
  readonly cluster: Cluster;
  readonly expectations: readonly Expectation[];
}

export interface ConformanceCase {
  readonly name: string;
  readonly situations: readonly Situation[];
}

const NAMESPACES = ['x', 'y', 'z'];
const PODS = ['a', 'b', 'c'];
const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];
const PORTS: readonly ContainerPort[] = PROTOCOLS.flatMap((protocol) =>
  [80, 81].map((number) => ({ name: `serve-${number}-${protocol.toLowerCase()}`, number, protocol })),
);

/** Every case, in the order of the files. */
export function conformanceCases(): ConformanceCase[] {
  return ['ingress', 'egress', 'ports'].flatMap((file) =>
    parseAllDocuments(readFileSync(new URL(`conformance/${file}.yaml`, import.meta.url), 'utf8'))
      .map((document) => document.toJS() as Document)
      .map(({ name, pods, steps }) => ({ name, situations: steps.map((step) => situationOf(pods.split(' '), step)) })),
  );
}

function situationOf(podNames: readonly string[], { policies, labels = {}, probes }: Step): Situation {
  const pods = podNames.map((podName) => podOf(podName, labels[podName]));
  const namespaces = Object.fromEntries(NAMESPACES.map((namespace) => [namespace, labels[namespace] ?? {}]));
  return {
    cluster: { policies: policies.flatMap(policiesOf), namespaces },
    expectations: probes.flatMap(({ port, refused = [], allowed = [] }) =>
      pods.flatMap((from) =>
        pods.map((to) => ({
          connection: { from, to, ...portOf(port) },
          isAllowed: from === to || !isNamed(refused, from, to) || isNamed(allowed, from, to),
        })),
      ),
    ),
  };
}

function podOf(podName: string, labels: Labels = {}): Pod {
  const [namespace = '', name = ''] = podName.split('/');
  const ip = `10.${NAMESPACES.indexOf(namespace) + 1}.0.${PODS.indexOf(name) + 1}`;
  return { namespace, name, labels: { pod: name, ...labels }, ports: PORTS, ip };
}

function policiesOf(specs: Readonly<Record<string, JsonObject>>, index: number): JsonObject[] {
  return Object.entries(specs).map(([namespace, spec]) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `policy-${index}`, namespace },
    spec,
  }));
}

function portOf(text: string): { port: number; protocol: Protocol } {
  const [protocol, port] = text.split(' ');
  return { port: Number(port), protocol: protocol as Protocol };
}

/** True if one of some texts `FROM > TO` is of the two pods. */
function isNamed(pairs: readonly string[], from: Pod, to: Pod): boolean {
  const isOf = (name: string | undefined, pod: Pod): boolean =>
    name === 'any' || name === pod.namespace || name === `${pod.namespace}/${pod.name}`;
  return pairs.some((pair) => {
    const [left, right] = pair.split(' > ');
    return isOf(left, from) && isOf(right, to);
  });
}
