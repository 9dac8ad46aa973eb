/** What is reported about Roles and their bindings and never changed, because only their owner knows which rights are needed. */
import type { FindingKind } from './finding-kind.ts';

export const RBAC_FINDINGS = {
  'wildcard-rights': {
    title: 'Rights on everything',
    severity: 'warning',
    advice: 'this includes everything that is added to the cluster later; list the verbs and resources that are needed',
  },
  'broad-binding': {
    title: 'Rights for everyone',
    severity: 'warning',
    advice:
      'this includes people and programs that are not known here; name the users, groups or ServiceAccounts that need the role',
  },
  'default-account-binding': {
    title: 'Rights for a default ServiceAccount',
    severity: 'warning',
    advice:
      'every pod of its namespace that names no ServiceAccount gets these rights; ' +
      'create a ServiceAccount for the workload that needs them and name it here',
  },
  'cluster-admin-binding': {
    title: 'ServiceAccount with all rights',
    severity: 'warning',
    advice: 'whoever takes over one of its pods controls the cluster; bind a role with only the rights that are needed',
  },
  'reads-secrets': {
    title: 'Right to read Secrets',
    severity: 'info',
    advice: 'passwords, keys and tokens are in them; name the Secrets that are needed (resourceNames), or mount them',
  },
  'creates-pods': {
    title: 'Right to create pods',
    severity: 'info',
    advice:
      'whoever creates pods can mount every Secret and use every ServiceAccount of the namespace; give it to deployment tools and controllers alone',
  },
  'enters-pods': {
    title: 'Right to run commands in pods',
    severity: 'warning',
    advice: 'a command in a pod has its files, its network and its ServiceAccount; give it to people for a time, not to programs',
  },
  'raises-rights': {
    title: 'Right to get more rights',
    severity: 'warning',
    advice: 'escalate, bind and impersonate pass over the limits of a role; give it to nobody but those who manage roles',
  },
  'creates-persistent-volumes': {
    title: 'Right to create PersistentVolumes',
    severity: 'info',
    advice: 'a PersistentVolume can lead to the files of a node; leave it to the provisioner of the storage',
  },
  'reaches-nodes': {
    title: 'Right to reach kubelets',
    severity: 'warning',
    advice:
      'the kubelet runs commands in every pod of its node and keeps no audit log; use nodes/metrics or nodes/stats for monitoring',
  },
  'approves-certificates': {
    title: 'Right to approve certificates',
    severity: 'warning',
    advice: 'a certificate can name any user and group; leave it to the controllers of the cluster',
  },
  'changes-webhooks': {
    title: 'Right to change admission webhooks',
    severity: 'info',
    advice: 'a webhook sees and can change every object, Secrets among them; leave it to the operator that installs its own',
  },
  'creates-tokens': {
    title: 'Right to create tokens',
    severity: 'warning',
    advice: 'a token acts as its ServiceAccount, also as one with more rights; name the ServiceAccounts (resourceNames)',
  },
} as const satisfies Readonly<Record<string, FindingKind>>;
