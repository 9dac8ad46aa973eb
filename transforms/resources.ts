import { member, path, type Json } from '../src/util/json.ts';
import { compareQuantities, parseQuantity } from '../src/kubernetes/quantity.ts';
import { quantity } from '../src/kubernetes/quantity-schema.ts';
import { options } from '../src/transform/options.ts';
import { defineTransform, type Op } from '../src/transform/transform.ts';

type Amounts = Readonly<Record<string, string | null>>;

function amounts(description: string, cpu: string, memory: string) {
  return options(description, {
    cpu: quantity({ default: cpu, description: 'CPU, in cores.' }),
    memory: quantity({ default: memory, description: 'Memory, in bytes.' }),
    'ephemeral-storage': quantity({ default: null, description: 'Space on the disk of the node, in bytes.' }),
  });
}

const OPTIONS = options('The amounts to write where a container sets none; null writes none.', {
  requests: amounts('What the scheduler reserves.', '100m', '128Mi'),
  limits: amounts('What a container cannot exceed.', '2', '1Gi'),
});

/** `resources.requests` and `resources.limits` for CPU and memory. */
export const resources = defineTransform(
  {
    id: 'resources',
    title: 'Request and limit CPU and memory',
    description: 'Fills in the requests and limits for CPU and memory that a container does not set.',
    rationale: 'Without requests the scheduler cannot plan; without limits one container can starve its node.',
    breaks:
      'A container that needs more memory than the limit is killed, one that needs more CPU is throttled: measure, then set your own amounts.',
    target: 'container',
    fields: { requests: '1.0', limits: '1.0' },
    references: {
      nsa: ['resource-limits'],
      kubesec: ['RequestsCPU', 'RequestsMemory', 'LimitsCPU', 'LimitsMemory'],
      kubeScore: ['container-resources'],
      checkov: ['CKV_K8S_10', 'CKV_K8S_11', 'CKV_K8S_12', 'CKV_K8S_13'],
      trivy: ['KSV-0011', 'KSV-0015', 'KSV-0016', 'KSV-0018'],
      kubescape: ['C-0268', 'C-0269', 'C-0270', 'C-0271'],
    },
    safety: 'may-break',
    default: true,
    isDivisible: true,
    since: '0.1.0',
    options: OPTIONS,
    messages: {
      request: 'the scheduler reserves what a container requests',
      limit: 'a limit keeps one container from starving the others on its node',
      'pod-resources':
        'the pod sets resources for all of its containers together, so those of each container are left as they are',
    },
  },
  function* (container, context) {
    const ofPod = path(container.pod.spec, 'resources') ?? undefined;
    if (ofPod !== undefined) return yield { message: 'pod-resources', severity: 'info', at: '/spec/resources' };
    const own = context.decide(container).knowledge?.resources;
    const amountsOf = (field: 'requests' | 'limits'): Amounts => ({
      ...context.options[field],
      ...allowed(own?.[field], context.options[field]),
    });
    const given = (field: 'requests' | 'limits', name: string): Json | undefined =>
      path(container.value, 'resources', field, name) ?? undefined;

    const requests = missing('requests', amountsOf('requests'), (name, amount) => least(amount, given('limits', name)));
    const limits = missing('limits', amountsOf('limits'), (name, amount) =>
      greatest(amount, given('requests', name) ?? requestFor(name)),
    );
    const [request, ...moreRequests] = requests;
    const [limit, ...moreLimits] = limits;
    if (request) yield { message: 'request', safety: 'safe', ops: [request, ...moreRequests] };
    if (limit) yield { message: 'limit', ops: [limit, ...moreLimits] };

    function requestFor(name: string): Json | undefined {
      return requests.find(({ path: at }) => at.endsWith(`/${name}`))?.value;
    }

    function missing(field: 'requests' | 'limits', wanted: Amounts, fit: (name: string, amount: string) => Json | undefined) {
      return Object.entries(wanted).flatMap(([name, amount]): (Op & { op: 'add' })[] => {
        const value = amount === null || given(field, name) !== undefined ? undefined : fit(name, amount);
        return value === undefined ? [] : [{ op: 'add', path: `/resources/${field}/${name}`, value }];
      });
    }
  },
);

/** What the image's own amounts may replace: a null in the options stays a null. */
function allowed(own: Amounts | undefined, options: Amounts): Amounts {
  return Object.fromEntries(Object.entries(own ?? {}).filter(([name]) => member(options, name) !== null));
}

/** The smaller of a default request and the author's limit, in the author's spelling; undefined when that is no quantity. */
function least(amount: string, limit: Json | undefined): Json | undefined {
  return closest(amount, limit, (order) => order <= 0);
}

function greatest(amount: string, request: Json | undefined): Json | undefined {
  return closest(amount, request, (order) => order >= 0);
}

function closest(amount: string, bound: Json | undefined, isFine: (order: number) => boolean): Json | undefined {
  if (bound === undefined) return amount;
  const [wanted, given] = [parseQuantity(amount), parseQuantity(bound)];
  if (wanted === undefined || given === undefined) return undefined;
  return isFine(compareQuantities(wanted, given)) ? amount : bound;
}
