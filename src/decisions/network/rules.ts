/** Rules of a policy, put together port by port. */
import type { Pod } from '../../kubernetes/object.ts';
import type { Json, JsonObject } from '../../util/json.ts';
import type { Facts } from '../../workspace/facts.ts';
import { selectorOf } from './label-selector.ts';
import type { PolicyPort } from './services.ts';

/** One side of a connection as a policy names it; undefined for everything, inside and outside of the cluster. */
export type Peer = JsonObject | undefined;

export const EVERYONE: Peer = undefined;
/** All pods of the cluster. */
export const CLUSTER: Peer = { namespaceSelector: {} };
/** All pods of the namespace of the policy. */
export const NAMESPACE: Peer = { podSelector: {} };
/** Any port. */
export const ALL_PORTS = undefined;

/** The pods of a workload, or all pods of its namespace where nothing tells them from others; seen from a namespace. */
export function peerOf(pod: Pod, namespace: string | undefined, facts: Facts): Peer {
  return inNamespace(selectorOf(pod) ?? {}, pod.object.namespace, namespace, facts);
}

/** Pods by their labels, with their namespace where that is another one (`kubernetes.io/metadata.name`, Kubernetes 1.21). */
export function inNamespace(podSelector: JsonObject, of: string | undefined, from: string | undefined, facts: Facts): JsonObject {
  if (of === undefined || facts.mayShareNamespace(of, from)) return { podSelector };
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': of } }, podSelector };
}

/** What a side may be, by port; rules with the same peers become one. */
export class Rules {
  readonly #byPort = new Map<string, { readonly port: PolicyPort | undefined; readonly peers: Map<string, Peer> }>();

  add(port: PolicyPort | undefined, peer: Peer): void {
    const key = JSON.stringify(port ?? null);
    const entry = this.#byPort.get(key) ?? { port, peers: new Map<string, Peer>() };
    entry.peers.set(JSON.stringify(peer ?? null), peer);
    this.#byPort.set(key, entry);
  }

  get isEmpty(): boolean {
    return this.#byPort.size === 0;
  }

  /** The rules of the policy: `from` for ingress, `to` for egress. */
  print(side: 'from' | 'to'): JsonObject[] {
    const all = this.#byPort.get('null');
    const groups = new Map<string, { readonly peers: readonly Peer[]; readonly ports: PolicyPort[] }>();
    for (const { port, peers } of this.#byPort.values()) {
      const needed = widest([...peers.values()]).filter((peer) => port === undefined || !isCovered(peer, all?.peers));
      if (needed.length === 0) continue;
      const key = JSON.stringify([port === undefined, needed.map((peer) => peer ?? null)]);
      const group = groups.get(key) ?? { peers: needed, ports: [] };
      if (port) group.ports.push(port);
      groups.set(key, group);
    }
    return [...groups.values()].map(({ peers, ports }) => ({
      ...(peers.includes(EVERYONE) ? {} : { [side]: peers as Json }),
      ...(ports.length > 0 ? { ports: ports as unknown as Json } : {}),
    }));
  }
}

/** True for a peer to which all ports are open already. */
function isCovered(peer: Peer, open: ReadonlyMap<string, Peer> | undefined): boolean {
  return open?.has(JSON.stringify(peer ?? null)) === true || open?.has('null') === true;
}

/** Without what a wider peer holds already. */
function widest(peers: readonly Peer[]): readonly Peer[] {
  if (peers.includes(EVERYONE)) return [EVERYONE];
  const isThere = (wide: Peer): boolean => peers.some((peer) => JSON.stringify(peer) === JSON.stringify(wide));
  if (isThere(CLUSTER)) return [CLUSTER];
  if (!isThere(NAMESPACE)) return peers;
  return [NAMESPACE, ...peers.filter((peer) => peer?.['namespaceSelector'] !== undefined)];
}
