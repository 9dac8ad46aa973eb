/** The order in which people write fields, for those that kharden adds; others follow in the order of their names. */

const ORDER = [
  'apiVersion',
  'kind',
  'metadata',
  'name',
  'generateName',
  'namespace',
  'labels',
  'annotations',
  'imagePullPolicy',
  'resources',
  'requests',
  'limits',
  'cpu',
  'memory',
  'ephemeral-storage',
  'serviceAccountName',
  'automountServiceAccountToken',
  'enableServiceLinks',
  'hostUsers',
  'runtimeClassName',
  'securityContext',
  'runAsNonRoot',
  'runAsUser',
  'runAsGroup',
  'fsGroup',
  'fsGroupChangePolicy',
  'seccompProfile',
  'appArmorProfile',
  'seLinuxOptions',
  'sysctls',
  'allowPrivilegeEscalation',
  'readOnlyRootFilesystem',
  'capabilities',
  'add',
  'drop',
  'type',
  'localhostProfile',
  'value',
  'env',
  'volumeMounts',
  'volumes',
  'mountPath',
  'emptyDir',
  'medium',
  'sizeLimit',
];
const RANK = new Map(ORDER.map((field, index) => [field, index]));

/** Compares two field names for printing. */
export function compareFields(left: string, right: string): number {
  const byRank = (RANK.get(left) ?? ORDER.length) - (RANK.get(right) ?? ORDER.length);
  return byRank !== 0 ? byRank : left < right ? -1 : left > right ? 1 : 0;
}
