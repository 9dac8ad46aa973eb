import { decideAmounts, type Amount, type LeftOut } from '../src/decisions/amounts/amounts.ts';
import type { Default } from '../src/decisions/amounts/candidates.ts';
import { takesField } from '../src/kubernetes/object.ts';
import { quantity } from '../src/transform/quantity-schema.ts';
import { defaultsOf, options, type OptionsOf } from '../src/transform/options.ts';
import { defineTransform, type Op } from '../src/transform/transform.ts';
import { path } from '../src/util/json.ts';
import { memo } from '../src/util/memo.ts';

function amounts(description: string, cpu: string, memory: string) {
  return options(description, {
    cpu: quantity({ default: cpu, description: 'CPU, in cores.' }),
    memory: quantity({ default: memory, description: 'Memory, in bytes.' }),
    'ephemeral-storage': quantity({ default: null, description: 'Space on the disk of the node, in bytes.' }),
  });
}

const OPTIONS = options(
  'The amounts to write where a container sets none, and nothing known asks for more; null writes none. A limit is only written ' +
    'beside a request, which the API server would set to the limit.',
  {
    requests: amounts('What the scheduler reserves.', '100m', '128Mi'),
    limits: amounts('What a container cannot exceed.', '2', '1Gi'),
  },
);
const DEFAULTS = defaultsOf(OPTIONS);
const RESOURCES = ['cpu', 'memory', 'ephemeral-storage'] as const;

/** `resources.requests` and `resources.limits` for CPU and memory. */
export const resources = defineTransform(
  {
    id: 'resources',
    title: 'Request and limit CPU and memory',
    description:
      'Fills in the requests and limits for CPU and memory that a container does not set: what it used (`--usage`) or a ' +
      'VerticalPodAutoscaler recommends, else what the options of its program ask for (heap, buffer pool, memory limit; also in ' +
      'ConfigMaps), what is known of its image, else a default, within the LimitRanges and ResourceQuotas of its namespace. A missing request beside a limit is that limit, as the API server sets it.',
    rationale: 'Without requests the scheduler cannot plan; without limits one container can starve its node.',
    breaks:
      'A container that needs more memory than the limit is killed, one that needs more CPU is throttled, and a pod that requests more than a ' +
      'node has free waits: measure and give that with `--usage`, or set your own amounts.',
    target: 'container',
    fields: { requests: '1.0', limits: '1.0' },
    references: {
      nsa: ['resource-limits'],
      kubesec: ['RequestsCPU', 'RequestsMemory', 'LimitsCPU', 'LimitsMemory'],
      kubeScore: ['container-resources', 'container-ephemeral-storage-request-and-limit'],
      kubeLinter: ['unset-cpu-requirements', 'unset-memory-requirements'],
      checkov: ['CKV_K8S_10', 'CKV_K8S_11', 'CKV_K8S_12', 'CKV_K8S_13'],
      trivy: ['KSV-0011', 'KSV-0015', 'KSV-0016', 'KSV-0018'],
      kubescape: ['C-0268', 'C-0269', 'C-0270', 'C-0271'],
    },
    safety: 'may-break',
    profiles: ['restricted', 'strict'],
    isDivisible: true,
    since: '0.1.0',
    options: OPTIONS,
    messages: {
      request: 'the scheduler reserves what a container requests: {why}',
      limit: 'a limit keeps one container from starving the others on its node: {why}',
      'pod-resources':
        'the pod sets resources for all of its containers together, so those of each container are left as they are',
      'no-limit': 'no limit of {names} is written ({why}): set one when you have measured what it uses',
      'scaled-by-use':
        'nothing is written for {names}, because the {scaler} scales the workload by its use relative to the request: set the request that you measured',
      'ambiguous-usage':
        'usage is left out, because {why}: name the namespace in the manifests and in the usage (kubectl top pod -A --containers), or set ' +
        'the amounts yourself',
      'assumed-amounts':
        'nothing is known of what the container needs, so it gets default amounts: measure it (kubectl top pod --containers) and set its own, ' +
        'or choose defaults in the configuration',
    },
  },
  function* (container, context) {
    if (!takesField(container.pod, `${container.pointer}/resources`)) return;
    const ofPod = path(container.pod.spec, 'resources') ?? undefined;
    if (ofPod !== undefined) return yield { message: 'pod-resources', severity: 'info', at: '/spec/resources' };
    const { facts, decide, applies, usageOf } = context;
    const chosen = chosenAmounts(context.options);
    const byDefault = (field: Amount['field'], name: string): Default => chosen[field][name as Resource];
    const decided = decideAmounts(container, { resources: RESOURCES, facts, byDefault, decide, applies, usageOf });
    const { amounts, unlimited, scaled } = decided;
    for (const { field, ...change } of changesOf(amounts))
      yield { message: field === 'requests' ? 'request' : 'limit', ...change };
    const at = (field: Amount['field'], names: string): string =>
      `${container.pointer}/resources/${field}/${names.split(' ')[0]}`;
    for (const [why, names] of byReason(unlimited))
      yield { message: 'no-limit', data: { names, why }, severity: 'info', at: at('limits', names) };
    for (const [scaler, names] of byReason(scaled))
      yield { message: 'scaled-by-use', data: { names, scaler }, at: at('requests', names) };
    const { ambiguous } = context.usageOf(container);
    if (ambiguous !== undefined && amounts.length > 0) yield { message: 'ambiguous-usage', data: { why: ambiguous } };
    if (amounts.some(({ isAssumed }) => isAssumed) && !context.settings.safeOnly)
      yield { message: 'assumed-amounts', severity: 'info', isOncePerRun: true };
  },
);

type Resource = (typeof RESOURCES)[number];

const chosenAmounts = memo((given: OptionsOf<typeof OPTIONS>) => {
  const amountsFor = (field: Amount['field']): Readonly<Record<Resource, Default>> => {
    const chosen = (name: Resource): Default => {
      const value = given[field][name];
      return { value, isChosen: value !== DEFAULTS[field][name] };
    };
    return { cpu: chosen('cpu'), memory: chosen('memory'), 'ephemeral-storage': chosen('ephemeral-storage') };
  };
  return { requests: amountsFor('requests'), limits: amountsFor('limits') };
});

interface AmountChange {
  readonly field: Amount['field'];
  readonly data: { readonly why: string };
  readonly safety: 'safe' | 'may-break';
  readonly isGuess?: false;
  readonly ops: readonly [Op, ...Op[]];
}

/** One change for the requests or limits that have the same reason. */
function changesOf(amounts: readonly Amount[]): AmountChange[] {
  const changes = new Map<string, AmountChange>();
  for (const amount of amounts) {
    const { field, resource, value, why, measured } = amount;
    const safety = isSafe(amount) ? 'safe' : 'may-break';
    const key = `${field} ${safety} ${why}`;
    const op: Op = { op: 'add', path: `/resources/${field}/${resource}`, value };
    const before = changes.get(key);
    const ops: AmountChange['ops'] = before ? [...before.ops, op] : [op];
    changes.set(key, { field, data: { why }, safety, ops, ...(measured && { isGuess: false }) });
  }
  return [...changes.values()];
}

/** A request rests on what is known; a limit on more than what was used over a time. */
function isSafe({ field, isAssumed, measured }: Amount): boolean {
  return field === 'requests' ? !isAssumed : measured === 'period';
}

/** The resources with one reason, as people list them. */
function byReason(items: readonly LeftOut[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { why, resource } of items) found.set(why, found.has(why) ? `${found.get(why)} and ${resource}` : resource);
  return found;
}
