/** Who, besides the workloads of the inputs, connects to a port: users through a route, the API server, a monitoring system. */
import type { FactKind } from '../../kubernetes/kinds.ts';
import type { KubernetesObject, Pod } from '../../kubernetes/object.ts';
import { isObject, itemsAt, member, objectAt, path, stringAt, type Json } from '../../util/json.ts';
import type { Facts } from '../../workspace/facts.ts';
import { selects } from './label-selector.ts';
import { policyPort, portsNamed, type PolicyPort, type Service } from './services.ts';

/** Ports that are open to more than the workloads that name them. */
export interface Exposure {
  readonly ports: readonly PolicyPort[];
  /** `everyone`: from outside of the cluster too; `cluster`: from any of its namespaces. */
  readonly to: 'everyone' | 'cluster';
  /** As `Ingress web`. */
  readonly by: string;
}

/** A Service that an object sends requests to. */
interface Backend {
  readonly name: string;
  readonly namespace: string | undefined;
  /** By number or name; undefined for any. */
  readonly port: Json | undefined;
  /** True when the port is that of the pods. */
  readonly isTarget?: boolean;
}

/** The kinds that send requests to Services. */
const ROUTES: readonly FactKind[] = [
  'Ingress',
  'HTTPRoute',
  'GRPCRoute',
  'TCPRoute',
  'TLSRoute',
  'UDPRoute',
  'Route',
  'VirtualService',
  'IngressRoute',
  'IngressRouteTCP',
  'HTTPProxy',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'APIService',
];

/** The kinds that this file asks the facts for. */
export const EXPOSING_KINDS: readonly FactKind[] = [...ROUTES, 'ServiceMonitor', 'PodMonitor'];

/** The ports of a Service that are open to more than the workloads that name it. */
export function exposuresOf(service: Service, facts: Facts): Exposure[] {
  const open: Exposure[] = service.isOpen
    ? [{ ports: service.ports.map(({ target }) => target), to: 'everyone', by: labelOf(service.object) }]
    : [];
  const routes = ROUTES.flatMap((kind) => facts.objects(kind, undefined));
  const routed = routes.flatMap((route) =>
    backendsOf(route)
      .filter((backend) => isOf(backend, route, service, facts))
      .map((backend): Exposure => ({ ports: targetsOf(backend, service), to: 'everyone', by: labelOf(route) })),
  );
  const monitors = facts.objects('ServiceMonitor', undefined).flatMap((monitor) => monitored(monitor, service));
  return [...open, ...routed, ...monitors, ...scraped(service.object.annotations, service)].filter(
    ({ ports }) => ports.length > 0,
  );
}

/** The ports of a pod that are open without a Service: on its node, or for a monitoring system. */
export function ownExposuresOf(pod: Pod, facts: Facts): Exposure[] {
  const declared = pod.containers.flatMap(({ value }) => itemsAt(value, 'ports'));
  const onNode = declared.flatMap((port) => (member(port, 'hostPort') === undefined ? [] : declaredPort(port)));
  const monitors = facts
    .objects('PodMonitor', undefined)
    .filter(({ value }) => selects(path(value, 'spec', 'selector'), pod.labels));
  const watched = monitors.map((monitor): Exposure => {
    const names = itemsAt(monitor.value, 'spec', 'podMetricsEndpoints').flatMap((one) => portOfMonitor(one));
    return { ports: names, to: 'cluster', by: labelOf(monitor) };
  });
  const node: Exposure = { ports: onNode, to: 'everyone', by: 'a port of its node' };
  const isScraped = String(pod.annotations['prometheus.io/scrape']) === 'true';
  const number = Number(pod.annotations['prometheus.io/port']);
  const ports = number > 0 ? [{ port: number }] : declared.flatMap(declaredPort);
  const scrape: Exposure[] = isScraped ? [{ ports, to: 'cluster', by: 'its annotation prometheus.io/scrape' }] : [];
  return [node, ...watched, ...scrape].filter((one) => one.ports.length > 0);
}

/** The port that a container declares. */
export function declaredPort(port: Json): PolicyPort[] {
  const number = member(port, 'containerPort');
  return typeof number === 'number' ? [policyPort(number, stringAt(port, 'protocol'))] : [];
}

function labelOf({ kind, name }: KubernetesObject): string {
  return `${kind} ${name}`;
}

function isOf({ name, namespace }: Backend, route: KubernetesObject, { object }: Service, facts: Facts): boolean {
  return object.name === name && facts.mayShareNamespace(namespace ?? route.namespace, object.namespace);
}

function targetsOf({ port, isTarget }: Backend, service: Service): readonly PolicyPort[] {
  return isTarget && port !== undefined
    ? service.ports
        .filter(({ name, port: number, target }) => [name, number, target.port].includes(port as string))
        .map((one) => one.target)
    : portsNamed(service, port).map(({ target }) => target);
}

/**
 * The Services that an object names: `backend`, `backendRefs`, `services`, `service` or `to`, wherever the kind has them, and the
 * host names of Istio.
 */
function backendsOf({ kind, value }: KubernetesObject): Backend[] {
  if (kind === 'Route') return routeBackends(value);
  if (kind === 'VirtualService') return destinations(objectAt(value, 'spec'));
  return references(kind.endsWith('WebhookConfiguration') ? itemsAt(value, 'webhooks') : objectAt(value, 'spec'));
}

/** Route of OpenShift (route.openshift.io/v1): its port is that of the pods. */
function routeBackends(route: Json): Backend[] {
  const port = path(route, 'spec', 'port', 'targetPort');
  const named = [path(route, 'spec', 'to'), ...itemsAt(route, 'spec', 'alternateBackends')];
  return named.flatMap((one) => {
    const name = stringAt(one, 'name');
    return name === undefined ? [] : [{ name, namespace: undefined, port, isTarget: true }];
  });
}

const LISTS = new Set(['backendRefs', 'services']);
const SINGLE = new Set(['service', 'backend']);

function references(value: Json): Backend[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => references(item));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(LISTS.has(key) && Array.isArray(inner) ? inner.flatMap((item: Json) => reference(item)) : []),
    ...(SINGLE.has(key) ? reference(inner) : []),
    ...references(inner),
  ]);
}

function reference(value: Json): Backend[] {
  const name = stringAt(value, 'name') ?? stringAt(value, 'serviceName');
  const port = member(value, 'port') ?? member(value, 'servicePort');
  const plain = isObject(port) ? (port['number'] ?? port['name']) : port;
  const kind = stringAt(value, 'kind') ?? 'Service';
  return name === undefined || kind !== 'Service' ? [] : [{ name, namespace: stringAt(value, 'namespace'), port: plain }];
}

/** The destinations of a VirtualService (networking.istio.io): `reviews` or `reviews.prod.svc.cluster.local`. */
function destinations(value: Json): Backend[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => destinations(item));
  if (!isObject(value)) return [];
  const [name, namespace] = (stringAt(value, 'destination', 'host') ?? '').split('.');
  const own = name ? [{ name, namespace, port: path(value, 'destination', 'port', 'number') }] : [];
  return [...own, ...Object.values(value).flatMap(destinations)];
}

function monitored(monitor: KubernetesObject, service: Service): Exposure[] {
  const labels = objectAt(service.object.value, 'metadata', 'labels');
  if (!selects(path(monitor.value, 'spec', 'selector'), labels)) return [];
  const ports = itemsAt(monitor.value, 'spec', 'endpoints').flatMap((endpoint) => {
    const name = stringAt(endpoint, 'port');
    return name === undefined ? portOfMonitor(endpoint) : portsNamed(service, name).map(({ target }) => target);
  });
  return [{ ports, to: 'cluster', by: labelOf(monitor) }];
}

/** The port of the pods that a monitor names. */
function portOfMonitor(endpoint: Json): PolicyPort[] {
  const port = member(endpoint, 'port') ?? member(endpoint, 'portNumber') ?? member(endpoint, 'targetPort');
  return typeof port === 'string' || typeof port === 'number' ? [{ port }] : [];
}

/** The annotations by which Prometheus finds what to scrape, as its chart and many others read them. */
function scraped(annotations: Readonly<Record<string, Json>>, service: Service): Exposure[] {
  if (String(annotations['prometheus.io/scrape']) !== 'true') return [];
  const number = Number(annotations['prometheus.io/port']);
  const ports = number > 0 ? [{ port: number }] : service.ports.map(({ target }) => target);
  return [{ ports, to: 'cluster', by: 'its annotation prometheus.io/scrape' }];
}
