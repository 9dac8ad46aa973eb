/** What a pod may connect to: the Services and hosts that it names, else its namespace. */
import type { NamedHost } from '../../evidence/hosts.ts';
import type { Pod } from '../../kubernetes/object.ts';
import type { Facts } from '../../workspace/facts.ts';
import type { Sides } from './ingress.ts';
import { isPeered } from './ingress.ts';
import type { Call, Network } from './network.ts';
import { ALL_PORTS, EVERYONE, inNamespace, NAMESPACE, peerOf, Rules } from './rules.ts';
import { sendsTo, type PolicyPort } from './services.ts';

const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  amqp: 5672,
  amqps: 5671,
  http: 80,
  https: 443,
  kafka: 9092,
  ldap: 389,
  ldaps: 636,
  mongodb: 27017,
  mysql: 3306,
  nats: 4222,
  postgres: 5432,
  postgresql: 5432,
  redis: 6379,
  rediss: 6379,
  s3: 443,
  ws: 80,
  wss: 443,
};
/** The ports of API servers: that of the Service `kubernetes`, and the usual one behind it. */
const API_PORTS: readonly PolicyPort[] = [{ port: 443 }, { port: 6443 }];
const API_HOST = /^kubernetes(?:\.default(?:\.svc(?:\..+)?)?)?$/;
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
/** This host, any host, and what no connection goes to. */
const NO_PEER = /^(?:localhost|(?:0|127|22[4-9]|23\d|255)\.[\d.]+|.*\.localhost)$/;
/** The last label of a domain is no number and no ending of a file. */
const DOMAIN =
  /^(?=.*[A-Za-z])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?!(?:conf|yaml|yml|json|xml|ini|toml|properties|js|py|sh|html?|txt|log|jar|so|pem|crt|key|sock|local)$)[A-Za-z]{2,}$/;
const FIRST_LIKELY_PORT = 80;

/** What a pod may connect to. Nothing is known about one that names nothing, unless the image knowledge says more. */
export function egressOf(pod: Pod, network: Network, facts: Facts, isKnown: boolean): Sides & { readonly isGuess: boolean } {
  const rules = new Rules();
  const who = new Set<string>();
  const { calls, others } = network.nodeOf(pod);
  for (const call of calls) {
    addCall(call, pod, network, facts, rules);
    who.add(`Service ${call.service.object.name}`);
  }
  for (const named of others) {
    if (addHost(named, pod, rules)) who.add(named.host);
  }
  const isGuess = rules.isEmpty && !isKnown;
  if (isGuess) {
    rules.add(ALL_PORTS, NAMESPACE);
    who.add('its namespace');
  }
  if (isPeered(pod)) {
    rules.add(ALL_PORTS, peerOf(pod, pod.object.namespace, facts));
    who.add('itself');
  }
  return { rules, who: [...who], isGuess };
}

function addCall({ service, port }: Call, pod: Pod, network: Network, facts: Facts, rules: Rules): void {
  const { object, selector, ports, isHeadless } = service;
  const named = ports.filter((one) => port === undefined || one.port === port || (isHeadless && one.target.port === port));
  const targets = named.length > 0 ? named.map(({ target }) => target) : port === undefined ? [] : [{ port }];
  const isOnNode = network.onNodes().some((node) => sendsTo(service, node, facts));
  const isElsewhere = Object.keys(selector).length === 0 || isOnNode;
  const peer = isElsewhere ? EVERYONE : inNamespace({ matchLabels: selector }, object.namespace, pod.object.namespace, facts);
  for (const target of targets.length > 0 ? targets : [ALL_PORTS]) rules.add(target, peer);
}

/** Adds a host that is no Service of the inputs; false for a text that is no host of another machine. */
function addHost({ host, port, scheme }: NamedHost, { object }: Pod, rules: Rules): boolean {
  const number = port ?? DEFAULT_PORTS[scheme?.toLowerCase() ?? ''];
  const ports = number === undefined ? [ALL_PORTS] : [{ port: number }];
  if (NO_PEER.test(host)) return false;
  if (API_HOST.test(host)) for (const one of API_PORTS) rules.add(one, EVERYONE);
  else if (ADDRESS.test(host)) for (const one of ports) rules.add(one, { ipBlock: { cidr: `${host}/32` } });
  else if (/^[^.]+\.[^.]+\.svc(?:\.|$)/.test(host))
    rules.add(ALL_PORTS, otherNamespace(host.split('.')[1] ?? '', object.namespace));
  else if (DOMAIN.test(host)) for (const one of ports) rules.add(one, EVERYONE);
  else if (/^[a-z][a-z0-9-]*$/.test(host) && (scheme !== undefined || (port ?? 0) >= FIRST_LIKELY_PORT))
    rules.add(ALL_PORTS, NAMESPACE);
  else return false;
  return true;
}

/** The pods of a Service of which only the name is known. */
function otherNamespace(namespace: string, own: string | undefined) {
  return namespace === own ? NAMESPACE : { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
}
