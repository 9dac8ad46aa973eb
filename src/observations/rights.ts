/** The rights of a role that let whoever has them do more than the role says, by the items of the CIS Kubernetes Benchmark. */
import { itemsAt, type Json, type JsonObject } from '../util/json.ts';

/** A right that guides ask to give to few. */
interface PowerfulRight {
  /** The id of the finding. */
  readonly id:
    | 'reads-secrets'
    | 'creates-pods'
    | 'enters-pods'
    | 'raises-rights'
    | 'creates-persistent-volumes'
    | 'reaches-nodes'
    | 'approves-certificates'
    | 'changes-webhooks'
    | 'creates-tokens';
  /** What it allows, as the end of `may …`. */
  readonly may: string;
  readonly group: string;
  readonly resources: readonly string[];
  /** One of them is enough. */
  readonly verbs: readonly string[];
}

const WRITE = ['create', 'update', 'patch'];
const RBAC = 'rbac.authorization.k8s.io';

/** CIS Kubernetes Benchmark v1.12, 5.1.2, 5.1.4 and 5.1.8 to 5.1.13; `pods/exec` as in the NSA/CISA guide. */
const POWERFUL: readonly PowerfulRight[] = [
  { id: 'reads-secrets', may: 'read Secrets', group: '', resources: ['secrets'], verbs: ['get', 'list', 'watch'] },
  { id: 'creates-pods', may: 'create Pods', group: '', resources: ['pods'], verbs: ['create'] },
  {
    id: 'creates-pods',
    may: 'create workloads',
    group: 'apps',
    resources: ['deployments', 'daemonsets', 'statefulsets', 'replicasets'],
    verbs: ['create'],
  },
  { id: 'creates-pods', may: 'create Jobs', group: 'batch', resources: ['jobs', 'cronjobs'], verbs: ['create'] },
  {
    id: 'enters-pods',
    may: 'run commands in Pods',
    group: '',
    resources: ['pods/exec', 'pods/attach'],
    verbs: ['create', 'get'],
  },
  {
    id: 'raises-rights',
    may: 'give rights that it does not have',
    group: RBAC,
    resources: ['roles', 'clusterroles'],
    verbs: ['escalate', 'bind'],
  },
  {
    id: 'raises-rights',
    may: 'act as others',
    group: '',
    resources: ['users', 'groups', 'serviceaccounts'],
    verbs: ['impersonate'],
  },
  {
    id: 'creates-persistent-volumes',
    may: 'create PersistentVolumes',
    group: '',
    resources: ['persistentvolumes'],
    verbs: ['create'],
  },
  { id: 'reaches-nodes', may: 'reach the kubelets of nodes', group: '', resources: ['nodes/proxy'], verbs: ['get', 'create'] },
  {
    id: 'approves-certificates',
    may: 'approve certificates',
    group: 'certificates.k8s.io',
    resources: ['certificatesigningrequests/approval'],
    verbs: ['update', 'patch'],
  },
  {
    id: 'changes-webhooks',
    may: 'change admission webhooks',
    group: 'admissionregistration.k8s.io',
    resources: ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'],
    verbs: WRITE,
  },
  {
    id: 'creates-tokens',
    may: 'create tokens of ServiceAccounts',
    group: '',
    resources: ['serviceaccounts/token'],
    verbs: ['create'],
  },
];

/** The powerful rights of a Role or ClusterRole, without those that a rule limits to named objects; each once. */
export function powerfulRights(role: JsonObject): readonly PowerfulRight[] {
  const rules = itemsAt(role, 'rules').filter((rule) => itemsAt(rule, 'resourceNames').length === 0);
  return POWERFUL.filter((right) => rules.some((rule) => grants(rule, right)));
}

/** Wildcards are reported as such. */
function grants(rule: Json, { group, resources, verbs }: PowerfulRight): boolean {
  const names = (field: string): readonly Json[] => itemsAt(rule, field);
  if (names('verbs').includes('*') || names('resources').includes('*')) return false;
  const hasGroup = names('apiGroups').includes(group) || names('apiGroups').includes('*');
  return (
    hasGroup &&
    names('resources').some((name) => resources.includes(String(name))) &&
    names('verbs').some((verb) => verbs.includes(String(verb)))
  );
}
