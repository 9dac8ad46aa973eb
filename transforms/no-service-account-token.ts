import { bindingWords, mountOfAccount, namedAccount } from '../src/decisions/pod/account.ts';
import { apiReason } from '../src/decisions/pod/api.ts';
import { takesField } from '../src/kubernetes/object.ts';
import { shared } from '../src/transform/messages.ts';
import { path } from '../src/util/json.ts';
import { NO_OPTIONS } from '../src/transform/options.ts';
import { defineTransform } from '../src/transform/transform.ts';

/** `automountServiceAccountToken: false`, unless something shows that the token is used. */
export const noServiceAccountToken = defineTransform(
  {
    id: 'no-service-account-token',
    title: 'Mount no service account token',
    description: 'Sets `automountServiceAccountToken: false` on the pod, unless the workload talks to the Kubernetes API.',
    rationale: 'Whoever breaks into a container finds the token and can call the API server with its rights.',
    target: 'pod',
    fields: { automountServiceAccountToken: '1.6' },
    references: {
      cis: ['5.1.6'],
      nsa: ['service-account-token'],
      kubesec: ['AutomountServiceAccountToken'],
      checkov: ['CKV_K8S_38'],
      trivy: ['KSV-0036'],
      kubescape: ['C-0034', 'C-0190', 'C-0261'],
    },
    safety: 'safe',
    profiles: ['restricted', 'strict'],
    since: '0.1.0',
    options: NO_OPTIONS,
    messages: {
      unmount: 'nothing shows that the workload talks to the Kubernetes API',
      'account-has-rights': '{binding}, so the token is kept: remove the binding if the workload does not need it',
      'account-elsewhere':
        'ServiceAccount {account} is not among the files, so its rights are unknown and the token is kept: set automountServiceAccountToken: false if the workload does not call the API server',
      'uses-api': '{why}, so the token is kept',
      ...shared('explicit-value'),
    },
  },
  function* (pod, context) {
    const at = '/spec/automountServiceAccountToken';
    const current = path(pod.spec, 'automountServiceAccountToken') ?? undefined;
    if (current === false || !takesField(pod, at)) return;
    const { namespace } = pod.object;
    const named = namedAccount(pod);
    const binding = context.facts.binding(namespace, named ?? 'default');
    if (binding) return yield { message: 'account-has-rights', data: { binding: bindingWords(binding) } };
    const api = apiReason(pod, context.facts, context.decide);
    if (api) return yield { message: 'uses-api', data: { why: api.why }, at: api.at };
    if (named !== undefined && !context.facts.likelyAccount(namespace, named))
      return yield { message: 'account-elsewhere', data: { account: named } };
    const ofAccount = mountOfAccount(context.facts.likelyAccount(namespace, named ?? 'default'));
    const isKept = !context.settings.override;
    const safety = pod.containers.every((container) => context.decide(container).isKnown) ? 'safe' : 'may-break';
    if (current !== undefined && isKept)
      yield { message: 'explicit-value', data: { field: 'automountServiceAccountToken: true' }, at };
    else if (ofAccount !== undefined && isKept) yield { message: 'explicit-value', data: { field: ofAccount }, at: '/spec' };
    else if (current === undefined) yield { message: 'unmount', safety, ops: [{ op: 'add', path: at, value: false }] };
    else yield { message: 'unmount', safety, ops: [{ op: 'replace', path: at, was: current, value: false }] };
  },
);
