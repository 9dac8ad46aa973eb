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
} as const satisfies Readonly<Record<string, FindingKind>>;
