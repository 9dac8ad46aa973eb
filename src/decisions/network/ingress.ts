/** Who may connect to a pod: those who name its Services, those who are sent to it, else its namespace. */
import type { Pod } from '../../kubernetes/object.ts';
import { itemsAt, path, stringAt } from '../../util/json.ts';
import type { Facts } from '../../workspace/facts.ts';
import { declaredPort, exposuresOf, ownExposuresOf, type Exposure } from './exposure.ts';
import type { Caller, Network } from './network.ts';
import { ALL_PORTS, CLUSTER, EVERYONE, NAMESPACE, peerOf, Rules, type Peer } from './rules.ts';
import { sendsTo, type PolicyPort, type Service } from './services.ts';

/** The rules for what comes in, and who that is, in words. */
export interface Sides {
  readonly rules: Rules;
  readonly who: readonly string[];
}

/** Who may connect to a pod, and to which ports. */
export function ingressOf(pod: Pod, network: Network, facts: Facts): Sides {
  const rules = new Rules();
  const who = new Set<string>();
  const add = (port: PolicyPort | undefined, peer: Peer, label: string): void => {
    rules.add(port, peer);
    who.add(label);
  };
  const services = network.services.filter((service) => sendsTo(service, pod, facts));
  for (const service of services) addService(service, pod, network, facts, add);
  for (const exposure of ownExposuresOf(pod, facts)) addExposure(exposure, exposure.ports, add);
  if (services.length === 0 && !isJob(pod)) {
    const declared = pod.containers.flatMap(({ value }) => itemsAt(value, 'ports')).flatMap(declaredPort);
    for (const port of declared) add(port, NAMESPACE, 'its namespace');
  }
  if (isPeered(pod)) add(ALL_PORTS, peerOf(pod, pod.object.namespace, facts), 'itself');
  return { rules, who: [...who] };
}

type Add = (port: PolicyPort | undefined, peer: Peer, label: string) => void;

function addService(service: Service, pod: Pod, network: Network, facts: Facts, add: Add): void {
  const { namespace } = pod.object;
  const callers = network.callersOf(service);
  const unsure = callers.length === 0 ? [] : hiddenCallers(pod, network, facts);
  const exposures = exposuresOf(service, facts);
  for (const { port, target } of service.ports) {
    const open = exposures.filter(({ ports }) => ports.some((one) => isSamePort(one, target)));
    for (const exposure of open) addExposure(exposure, [target], add);
    if (open.some(({ to }) => to === 'everyone')) continue;
    const asking = callers.filter((one) => one.port === undefined || one.port === port || isDirect(service, one, target));
    for (const { pod: caller } of [...asking, ...unsure]) addCaller(target, caller, namespace, facts, add);
    if (callers.length === 0 && open.length === 0) add(target, NAMESPACE, 'its namespace');
  }
  if (!service.isHeadless) return;
  for (const { pod: caller, port } of callers) {
    const isNamed = service.ports.some((one) => one.port === port || one.target.port === port);
    if (service.ports.length === 0 || (port !== undefined && !isNamed))
      addCaller(port === undefined ? ALL_PORTS : { port }, caller, namespace, facts, add);
  }
}

function addExposure({ to, by }: Exposure, ports: readonly PolicyPort[], add: Add): void {
  const [peer, label] =
    to === 'everyone' ? ([EVERYONE, `everyone (${by})`] as const) : ([CLUSTER, `the cluster (${by})`] as const);
  for (const port of ports) add(port, peer, label);
}

/** What comes from the network of a node is not from a pod for a policy, so that only everyone covers it. */
function addCaller(port: PolicyPort | undefined, caller: Pod, namespace: string | undefined, facts: Facts, add: Add): void {
  const isOnNode = path(caller.spec, 'hostNetwork') === true;
  add(port, isOnNode ? EVERYONE : peerOf(caller, namespace, facts), `${caller.object.kind} ${caller.object.name}`);
}

/** Clients of a headless Service connect to the pods, so they name the port of these. */
function isDirect({ isHeadless }: Service, { port }: Caller, target: PolicyPort): boolean {
  return isHeadless && port === target.port;
}

function isSamePort(left: PolicyPort, right: PolicyPort): boolean {
  return left.port === right.port && (left.protocol ?? 'TCP') === (right.protocol ?? 'TCP');
}

/** Workloads of the namespace whose addresses nobody can read: each may connect to anything there. */
function hiddenCallers(pod: Pod, network: Network, facts: Facts): { readonly pod: Pod }[] {
  return network
    .hidden()
    .filter((node) => facts.mayShareNamespace(node.pod.object.namespace, pod.object.namespace))
    .filter((node) => node.pod.object !== pod.object);
}

/** The members of a StatefulSet with a Service for their names talk to each other, often on ports that nothing declares. */
export function isPeered({ object }: Pod): boolean {
  return object.kind === 'StatefulSet' && Boolean(stringAt(object.value, 'spec', 'serviceName'));
}

function isJob({ object }: Pod): boolean {
  return object.kind === 'Job' || object.kind === 'CronJob';
}
