/** API versions of workloads that newer versions of Kubernetes no longer serve ("Deprecated API Migration Guide"). */

const REMOVED: Readonly<Record<string, string>> = {
  'apps/v1beta1': '1.16',
  'apps/v1beta2': '1.16',
  'extensions/v1beta1': '1.16',
  'batch/v2alpha1': '1.21',
  'batch/v1beta1': '1.25',
};

/** The version of Kubernetes from which an API version of a workload is not served; undefined for one that is. */
export function removedIn(apiVersion: string): string | undefined {
  return Object.hasOwn(REMOVED, apiVersion) ? REMOVED[apiVersion] : undefined;
}
