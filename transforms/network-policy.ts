import * as Type from 'typebox/type';
import type { Settings } from '../src/decisions/basis/settings.ts';
import { apiReason } from '../src/decisions/pod/api.ts';
import { denialOf, freeName, isSameObject, isSubject, type NamespaceDenial } from '../src/decisions/network/default-deny.ts';
import { egressOf } from '../src/decisions/network/egress.ts';
import { decidedFor, DIRECTIONS, type Direction } from '../src/decisions/network/existing.ts';
import { EXPOSING_KINDS } from '../src/decisions/network/exposure.ts';
import { ingressOf } from '../src/decisions/network/ingress.ts';
import { selectorOf } from '../src/decisions/network/label-selector.ts';
import { networkOf } from '../src/decisions/network/network.ts';
import { usedIdentity } from '../src/evidence/api/identity.ts';
import type { KubernetesObject, Pod } from '../src/kubernetes/object.ts';
import { metadataBeside } from '../src/transform/new-object.ts';
import { options, type OptionsOf } from '../src/transform/options.ts';
import { defineTransform, type Change, type Context, type Skip } from '../src/transform/transform.ts';
import { stringAt, type JsonObject } from '../src/util/json.ts';
import type { Facts } from '../src/workspace/facts.ts';

const OPTIONS = options('What workloads may connect to.', {
  egress: Type.Union([Type.Literal('derived'), Type.Literal('any')], {
    default: 'derived',
    description:
      'Whether a workload may connect to what its settings name alone, or to anything: `any` is for workloads whose program names hosts that no file of the inputs shows.',
  }),
});

/** NetworkPolicies: nothing is allowed in a namespace but what its workloads show that they need. */
export const networkPolicy = defineTransform(
  {
    id: 'network-policy',
    title: 'Allow only the connections that workloads need',
    description:
      'Creates a NetworkPolicy for each namespace that refuses everything but name resolution, and one for each workload: what may connect to it, and what it connects to, by the Services and hosts that the settings of the workloads name.',
    rationale: 'Without policies every pod can reach every other one, so that who breaks into one is a neighbour of all of them.',
    breaks:
      'A connection that no file of the inputs shows is refused: hosts that a program names by itself, clients in other namespaces or outside of the files. Pods of the namespace that are not among the files get no policy of their own and lose all connections but name resolution. The network plugin must enforce policies.',
    target: 'pod',
    facts: ['NetworkPolicy', ...EXPOSING_KINDS],
    fields: { NetworkPolicy: '1.8' },
    references: {
      cis: ['5.3.2'],
      nsa: ['network-policies'],
      kubeScore: ['pod-networkpolicy'],
      kubeLinter: ['non-isolated-pod'],
      checkov: ['CKV2_K8S_6'],
      kubescape: ['C-0260'],
    },
    safety: 'may-break',
    profiles: ['strict'],
    since: '0.1.0',
    options: OPTIONS,
    messages: {
      isolate: 'only what it needs is allowed: connections from {from}, and to {to}',
      deny: 'what no policy allows is refused in the whole namespace, name resolution aside',
      'open-egress': '{why}, so it may connect to anything: write down what it needs in a NetworkPolicy of your own',
      'unknown-egress':
        'nothing shows what it connects to, so it can reach its namespace and nothing outside: set transforms.network-policy.egress to any for it where it needs more',
      'no-default-deny':
        '{workload} gets no NetworkPolicy, so its namespace does not refuse what no policy allows: give it one, or leave out its opt-out',
      'no-room-for-policy':
        'a file with a single JSON object has no place for a NetworkPolicy: create one in another file, or use a file with several documents',
      'no-labels': 'its pods have no labels by which a NetworkPolicy could find them: give the pod template a label',
      'system-namespace': 'the cluster itself runs in {namespace}, so it gets no NetworkPolicy',
    },
  },
  function* (pod, context) {
    const { object } = pod;
    if (!context.supports('NetworkPolicy') || !isSubject(pod, context)) return;
    if (/^kube-/.test(object.namespace ?? ''))
      return yield { message: 'system-namespace', severity: 'info', data: { namespace: object.namespace ?? '' } };
    const decided = decidedFor(pod, context.facts);
    const open = DIRECTIONS.filter((one) => !decided.includes(one));
    const selector = selectorOf(pod);
    if (open.length > 0 && !selector) return yield { message: 'no-labels' };
    if (object.placement.kind === 'none') {
      if (open.length > 0) yield { message: 'no-room-for-policy' };
      return;
    }
    const denial = denialOf(object, context);
    const isDenied = denial.cutOff === undefined || denial.there.includes('Egress');
    if (pod === object.pods[0] && isSameObject(denial.first, object)) yield* deny(object, denial, context);
    if (selector && open.length > 0) yield* isolate(pod, { podSelector: selector, policyTypes: open }, isDenied, context);
  },
);

type Result = Change<'isolate' | 'deny'> | Skip<'open-egress' | 'unknown-egress' | 'no-default-deny'>;
type PolicyContext = Context<OptionsOf<typeof OPTIONS>>;

/** Asking for names, wherever the cluster answers: OpenShift does on a port of its own. */
function dnsRule({ platform }: Settings): JsonObject {
  const ports = platform === 'openshift' ? [53, 5353] : [53];
  return { ports: ports.flatMap((port) => [{ port, protocol: 'UDP' }, { port }]) };
}

/** The policy of one workload, for the directions that no policy decides yet. */
function* isolate(
  pod: Pod,
  spec: { readonly podSelector: JsonObject; readonly policyTypes: readonly Direction[] },
  isDenied: boolean,
  context: PolicyContext,
): Generator<Result> {
  const { facts, connectionsOf, settings } = context;
  const { object } = pod;
  const name = nameFor(pod, facts);
  if (name === undefined) return;
  const network = networkOf(facts, connectionsOf);
  const isKnown = pod.containers.every(
    (container) => connectionsOf(container) !== undefined || context.decide(container).source === 'command',
  );
  const ingress = ingressOf(pod, network, facts);
  const egress = egressOf(pod, network, facts, isKnown);
  const isAny = context.options.egress === 'any';
  const why = isAny ? 'the configuration asks for it' : openReason(pod, network.nodeOf(pod).hidden, context);
  const from = spec.policyTypes.includes('Ingress') ? ingress.rules.print('from') : [];
  const allowed = why === undefined ? [...egress.rules.print('to'), ...(isDenied ? [] : [dnsRule(settings)])] : [{}];
  const to = spec.policyTypes.includes('Egress') ? allowed : [];
  yield {
    message: 'isolate',
    data: { from: listed(ingress.who), to: why === undefined ? listed(egress.who) : 'anything' },
    ops: [],
    newObjects: [
      policy(metadataBeside(object, name), {
        ...(spec as unknown as JsonObject),
        ...(from.length > 0 ? { ingress: from } : {}),
        ...(to.length > 0 ? { egress: to } : {}),
      }),
    ],
  };
  if (!spec.policyTypes.includes('Egress') || isAny) return;
  if (why !== undefined) yield { message: 'open-egress', data: { why }, severity: 'info' };
  else if (egress.isGuess) yield { message: 'unknown-egress' };
}

/** The policy of the namespace, beside its first workload. */
function* deny(object: KubernetesObject, { missing, cutOff }: NamespaceDenial, context: PolicyContext): Generator<Result> {
  if (missing.length === 0) return;
  if (cutOff) return yield { message: 'no-default-deny', data: { workload: `${cutOff.kind} ${cutOff.name}` } };
  // Two releases of Helm in one namespace cannot own one object.
  const release = stringAt(object.value, 'metadata', 'labels', 'app.kubernetes.io/instance');
  const own = release === undefined ? 'default-deny' : `${release}-default-deny`;
  const name = freeName(
    [own, ...missing.map((direction) => `${own}-${direction.toLowerCase()}`)],
    object.namespace,
    context.facts,
  );
  if (name === undefined) return;
  const { labels, ...metadata } = metadataBeside(object, name);
  const egress = missing.includes('Egress') ? { egress: [dnsRule(context.settings)] } : {};
  yield { message: 'deny', ops: [], newObjects: [policy(metadata, { podSelector: {}, policyTypes: missing, ...egress })] };
}

function policy(metadata: JsonObject, spec: JsonObject): JsonObject {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec };
}

/** The name of the workload, with its kind where a policy has that name already. */
function nameFor(pod: Pod, facts: Facts): string | undefined {
  const { name, kind, namespace, pods } = pod.object;
  const number = pods.length > 1 ? `-${pods.indexOf(pod) + 1}` : '';
  const candidates = [name, `${name}-${kind.toLowerCase()}`, `${name}-network-policy`].map((one) => one + number);
  return name === '' ? undefined : freeName(candidates, namespace, facts);
}

/** Why nobody can say what a pod connects to, so that all must stay open. */
function openReason(pod: Pod, hidden: string | undefined, { facts, decide }: PolicyContext): string | undefined {
  const api = apiReason(pod, facts, decide);
  if (api) return `${api.why} and may find there what it connects to`;
  const identity = usedIdentity(pod);
  if (identity) return `${identity.mark} gives it an identity in a cloud, whose services it may use`;
  return hidden && `${hidden} may hold the addresses that it connects to and is not among the files`;
}

function listed(who: readonly string[]): string {
  return who.length === 0 ? 'nobody' : who.join(', ');
}
