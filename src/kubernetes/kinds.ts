/** The kinds that carry a pod template, and where; the API groups that ever served them (Kubernetes API reference). */

interface WorkloadKind {
  /** API groups, the core group as the empty text. */
  readonly groups: readonly string[];
  /** From the object to the pod template: the object that holds the pod's `metadata` and `spec`. */
  readonly template: readonly string[];
}

export const WORKLOAD_KINDS: Readonly<Record<string, WorkloadKind>> = {
  Pod: { groups: [''], template: [] },
  PodTemplate: { groups: [''], template: ['template'] },
  ReplicationController: { groups: [''], template: ['spec', 'template'] },
  Deployment: { groups: ['apps', 'extensions'], template: ['spec', 'template'] },
  ReplicaSet: { groups: ['apps', 'extensions'], template: ['spec', 'template'] },
  DaemonSet: { groups: ['apps', 'extensions'], template: ['spec', 'template'] },
  StatefulSet: { groups: ['apps'], template: ['spec', 'template'] },
  Job: { groups: ['batch', 'extensions'], template: ['spec', 'template'] },
  CronJob: { groups: ['batch'], template: ['spec', 'jobTemplate', 'spec', 'template'] },
};

const NAMES = Object.keys(WORKLOAD_KINDS).join('|');

/** Kinds of documents that may hold workloads: the workload kinds, their typed lists, `List`, and the KRM `ResourceList`. */
export const WORKLOAD_DOCUMENT = new RegExp(`\\b(?:(?:${NAMES})(?:List)?|List|ResourceList)\\b`);

const FACT_KINDS = ['ServiceAccount', 'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];

/** Kinds whose objects decide what may be changed elsewhere, and the lists that may hold them. */
export const FACT_DOCUMENT = new RegExp(
  `\\b(?:(?:${FACT_KINDS.join('|')}|Kustomization|Component)(?:List)?|(?:Resource)?List)\\b`,
);

/** The API group of an `apiVersion`: `apps` for `apps/v1`, the empty text for `v1`. */
export function apiGroup(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}

/** True for a `List`, a typed list such as `DeploymentList` or `RoleBindingList`, and a `ResourceList`. */
export function isListKind(kind: string): boolean {
  if (kind === 'List' || kind === 'ResourceList') return true;
  return kind.endsWith('List') && (Object.hasOwn(WORKLOAD_KINDS, kind.slice(0, -4)) || FACT_KINDS.includes(kind.slice(0, -4)));
}
