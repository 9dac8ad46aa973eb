/** Which connections the policies that kharden writes allow between the workloads of manifests, as a table to read. */
import { harden, type HardenOptions } from '../../src/index.ts';
import type { Pod as TemplatePod } from '../../src/kubernetes/object.ts';
import { itemsAt, member, objectAt, path, stringAt, type Json, type JsonObject } from '../../src/util/json.ts';
import { isParsed, parseYaml, splitStream } from '../../src/yaml/index.ts';
import { readObjects } from '../objects.ts';
import { isAllowed, type Connection, type Endpoint, type Pod, type Protocol } from './evaluator.ts';

const OUTSIDE = '203.0.113.7';
/** Ports that applications use outside of the cluster, and the one of name resolution. */
const OUTSIDE_PORTS = [443, 5432, 53];
const DEFAULT = 'default';

/** What policies are for, and what they must keep away. */
interface World {
  readonly pods: readonly Pod[];
  readonly policies: readonly Json[];
  /** The ports of each pod that a Service sends to, or that it declares. */
  readonly ports: ReadonlyMap<Pod, readonly Port[]>;
}

interface Port {
  readonly port: number;
  readonly protocol: Protocol;
}

/** Hardens manifests by `network-policy` alone and tells who can connect to what: one line for each port. */
export function reachability(files: Readonly<Record<string, string>>, options: HardenOptions = {}): string {
  const inputs = Object.entries(files).map(([name, content]) => ({ path: name, content }));
  const { files: results } = harden(inputs, { only: ['network-policy'], ...options });
  const world = worldOf(results.flatMap(({ output }) => objectsIn(output)));
  const lines = world.pods.flatMap((pod) =>
    (world.ports.get(pod) ?? []).map((port) => lineFor(pod, port, `${pod.name}:${port.port}${suffix(port)}`, world)),
  );
  const outside = OUTSIDE_PORTS.map((port) => lineFor(OUTSIDE, { port, protocol: 'TCP' }, `outside:${port}`, world));
  return [...lines, ...outside].map((line) => `${line}\n`).join('');
}

/** `redis:6379 <- frontend`; `its like` is another pod of the same workload, `others` a further one of the namespace, `cluster` one of another. */
function lineFor(to: Endpoint, { port, protocol }: Port, label: string, { pods, policies }: World): string {
  const namespace = typeof to === 'string' ? DEFAULT : to.namespace;
  const strangers: readonly (readonly [string, Endpoint])[] = [
    ['others', { namespace, name: 'stranger', labels: { stranger: 'yes' } }],
    ['cluster', { namespace: 'elsewhere', name: 'stranger', labels: { stranger: 'yes' } }],
    ['outside', OUTSIDE],
  ];
  const twin: readonly (readonly [string, Endpoint])[] =
    typeof to === 'string' ? [] : [['its like', { ...to, name: `${to.name}-2` }]];
  const sources = [...pods.map((pod) => [pod.name, pod] as const), ...twin, ...(typeof to === 'string' ? [] : strangers)];
  const isOpen = (from: Endpoint): boolean => isAllowed({ from, to, port, protocol } satisfies Connection, { policies });
  // A stranger has the default policy of its namespace, which may refuse what it sends: only the receiving side is asked.
  const isIn = (from: Endpoint): boolean =>
    isAllowed({ from, to, port, protocol }, { policies: policies.map((policy) => ingressAlone(policy)) });
  const allowed = sources.filter(
    ([name, from]) => from !== to && (['others', 'cluster'].includes(name) ? isIn(from) : isOpen(from)),
  );
  return `${label} <- ${allowed.length === 0 ? 'nobody' : allowed.map(([name]) => name).join(', ')}`;
}

function ingressAlone(policy: Json): Json {
  const spec = objectAt(policy, 'spec');
  const types = itemsAt(spec, 'policyTypes');
  return {
    ...(policy as JsonObject),
    spec: { ...spec, policyTypes: types.length === 0 ? ['Ingress'] : types.filter((type) => type === 'Ingress') },
  };
}

function suffix({ protocol }: Port): string {
  return protocol === 'TCP' ? '' : `/${protocol}`;
}

function objectsIn(text: string): Json[] {
  return splitStream(text).flatMap(({ start, end }) => {
    const parsed = parseYaml(text.slice(start, end));
    return isParsed(parsed) && parsed.value !== null ? [parsed.value] : [];
  });
}

function worldOf(documents: readonly Json[]): World {
  const objects = documents.flatMap((document) => readObjects(document));
  const services = objects.filter(({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1');
  const templates = objects.flatMap(({ pods }) => pods);
  const ports = new Map(
    templates.map((template) => {
      const pod = podOf(template);
      const sent = services
        .filter(({ namespace, value }) => namespace === template.object.namespace && isSelected(value, template))
        .flatMap(({ value }) => itemsAt(value, 'spec', 'ports').flatMap((port) => targetOf(port, pod)));
      const declared = (pod.ports ?? []).map(({ number, protocol = 'TCP' }) => ({ port: number, protocol }));
      return [pod, unique([...sent, ...declared])];
    }),
  );
  return {
    pods: [...ports.keys()],
    policies: objects.filter(({ kind }) => kind === 'NetworkPolicy').map(({ value }) => value),
    ports,
  };
}

function podOf({ object, labels, spec, containers }: TemplatePod): Pod {
  const named = containers.flatMap(({ value }) =>
    itemsAt(value, 'ports').flatMap((port) => {
      const number = member(port, 'containerPort');
      const name = stringAt(port, 'name');
      const protocol = (stringAt(port, 'protocol') ?? 'TCP') as Protocol;
      return typeof number === 'number' ? [{ number, protocol, ...(name === undefined ? {} : { name }) }] : [];
    }),
  );
  const ofJob = object.kind === 'Job' ? { 'job-name': object.name } : {};
  return {
    namespace: object.namespace ?? DEFAULT,
    name: object.name,
    labels: { ...(labels as Record<string, string>), ...ofJob },
    ports: named,
    hostNetwork: path(spec, 'hostNetwork') === true,
  };
}

function isSelected(service: Json, { labels }: TemplatePod): boolean {
  const selector = Object.entries(objectAt(service, 'spec', 'selector'));
  return selector.length > 0 && selector.every(([key, value]) => labels[key] === value);
}

function targetOf(port: Json, { ports = [] }: Pod): Port[] {
  const target = member(port, 'targetPort') ?? member(port, 'port');
  const protocol = (stringAt(port, 'protocol') ?? 'TCP') as Protocol;
  const number = typeof target === 'string' ? (ports.find(({ name }) => name === target)?.number ?? Number(target)) : target;
  return typeof number === 'number' && number > 0 ? [{ port: number, protocol }] : [];
}

function unique(ports: readonly Port[]): Port[] {
  return [...new Map(ports.map((one) => [`${one.port}/${one.protocol}`, one])).values()];
}
