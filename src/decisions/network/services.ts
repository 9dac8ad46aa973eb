/** The Services of the inputs: which pods they send to, on which ports, and whether anybody from outside may ask. */
import type { KubernetesObject, Pod } from '../../kubernetes/object.ts';
import { isObject, itemsAt, member, objectAt, stringAt, type Json, type JsonObject } from '../../util/json.ts';
import type { Facts } from '../../workspace/facts.ts';

/** A port of pods as a policy names it. */
export interface PolicyPort {
  readonly port: number | string;
  /** Left out for TCP, the default (API reference, NetworkPolicyPort). */
  readonly protocol?: string;
}

export interface ServicePort {
  /** What clients connect to. */
  readonly port: number;
  readonly name: string | undefined;
  /** What the pods listen on. */
  readonly target: PolicyPort;
}

export interface Service {
  readonly object: KubernetesObject;
  /** The labels of its pods; empty for one without a selector. */
  readonly selector: JsonObject;
  readonly ports: readonly ServicePort[];
  /** True for one without an address of its own: clients may connect to any port of its pods. */
  readonly isHeadless: boolean;
  /** The host outside of the cluster that it stands for. */
  readonly externalName: string | undefined;
  /** True when the cluster lets everybody in: a load balancer, a port of the nodes, an external address. */
  readonly isOpen: boolean;
}

/** The Services that are likely to be applied together with a workload. */
export function servicesOf(facts: Facts): Service[] {
  return facts.objects('Service', undefined).flatMap((object) => (object.apiVersion === 'v1' ? [read(object)] : []));
}

function read(object: KubernetesObject): Service {
  const spec = objectAt(object.value, 'spec');
  const type = stringAt(spec, 'type') ?? 'ClusterIP';
  return {
    object,
    selector: objectAt(spec, 'selector'),
    ports: itemsAt(spec, 'ports').flatMap(portOf),
    isHeadless: stringAt(spec, 'clusterIP') === 'None',
    externalName: type === 'ExternalName' ? stringAt(spec, 'externalName') : undefined,
    isOpen: type === 'LoadBalancer' || type === 'NodePort' || itemsAt(spec, 'externalIPs').length > 0,
  };
}

function portOf(port: Json): ServicePort[] {
  const number = member(port, 'port');
  if (!isObject(port) || typeof number !== 'number') return [];
  const target = member(port, 'targetPort') ?? number;
  const isPort = typeof target === 'number' || typeof target === 'string';
  const plain = typeof target === 'string' && /^\d+$/.test(target) ? Number(target) : target;
  return isPort
    ? [{ port: number, name: stringAt(port, 'name'), target: policyPort(plain as number | string, stringAt(port, 'protocol')) }]
    : [];
}

/** A port of a policy, short where it is TCP. */
export function policyPort(port: number | string, protocol: string | undefined): PolicyPort {
  return protocol === undefined || protocol === 'TCP' ? { port } : { port, protocol };
}

/** True when a Service sends to a pod. */
export function sendsTo({ selector, object }: Service, pod: Pod, facts: Facts): boolean {
  const wanted = Object.entries(selector);
  return (
    wanted.length > 0 &&
    facts.mayShareNamespace(object.namespace, pod.object.namespace) &&
    wanted.every(([key, value]) => pod.labels[key] === value)
  );
}

/** The port of a Service by its number or its name; all of them where neither is given. */
export function portsNamed({ ports }: Service, port: Json | undefined): readonly ServicePort[] {
  return port === undefined || port === null ? ports : ports.filter((one) => one.port === port || one.name === port);
}
