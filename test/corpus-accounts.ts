/** What must hold for the accounts, tokens and users of real manifests. Each function names the first workload that breaks it. */
import type { Container, KubernetesObject } from '../src/kubernetes/object.ts';
import { deepEqual, itemsAt, member, objectAt, path, stringAt, type Json, type JsonObject } from '../src/util/json.ts';
import { accountNameOf } from '../src/workspace/accounts.ts';

/** A ServiceAccount of the author that is not there any more as it was. */
export function changedAccount(before: readonly JsonObject[], after: readonly JsonObject[]): string | undefined {
  const lost = before.find((account) => !after.some((object) => deepEqual(object, account)));
  return lost && `ServiceAccount ${stringAt(lost, 'metadata', 'name')} is not as it was`;
}

/** A word of an injector in annotations or labels, told by the words of its documentation alone. */
function asksForInjection(metadata: Json | undefined): boolean {
  const marks = { ...objectAt(metadata, 'labels'), ...objectAt(metadata, 'annotations') };
  return Object.entries(marks).some(
    ([key, value]) =>
      /^(?:consul\.hashicorp\.com\/connect-inject|vault\.hashicorp\.com\/agent-inject|linkerd\.io\/inject|dapr\.io\/enabled|kuma\.io\/sidecar-injection)$/.test(
        key,
      ) && /^(?:true|enabled)$/.test(String(value)),
  );
}

/** A workload that loses its token or its account although an injector is asked for, by the pod or by its namespace. */
export function tokenOfInjector(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
  neighbours: readonly JsonObject[],
): string | undefined {
  for (const [index, workload] of after.entries()) {
    const [pod, old] = [workload.pods[0], before[index]?.pods[0]];
    if (!pod || !old || deepEqual(pod.spec, old.spec)) continue;
    const isMeshed = neighbours.some(
      (object) =>
        stringAt(object, 'kind') === 'Namespace' &&
        stringAt(object, 'metadata', 'name') === workload.namespace &&
        stringAt(object, 'metadata', 'annotations', 'linkerd.io/inject') === 'enabled',
    );
    const isRefused = stringAt(old.annotations, 'linkerd.io/inject') === 'disabled';
    if (!asksForInjection({ labels: old.labels, annotations: old.annotations }) && !(isMeshed && !isRefused)) continue;
    const wasOff = member(old.spec, 'automountServiceAccountToken') === false;
    if (!wasOff && member(pod.spec, 'automountServiceAccountToken') === false)
      return `${workload.kind} ${workload.name} lost its token`;
    if (accountNameOf(old.spec) !== accountNameOf(pod.spec)) return `${workload.kind} ${workload.name} lost its account`;
  }
  return undefined;
}

/** A container that gets a user although it mounts something in the home folder of root, which is closed to others. */
export function userInHomeOfRoot(before: readonly KubernetesObject[], after: readonly KubernetesObject[]): string | undefined {
  const isMadeNonRoot = ({ value }: Container, old: Container | undefined): boolean =>
    path(value, 'securityContext', 'runAsUser') !== path(old?.value, 'securityContext', 'runAsUser');
  for (const [index, { kind, name, pods }] of after.entries()) {
    const old = before[index]?.pods[0]?.containers ?? [];
    const found = (pods[0]?.containers ?? []).find(
      (one, at) =>
        itemsAt(one.value, 'volumeMounts').some((mount) => /^\/root(?:\/|$)/.test(stringAt(mount, 'mountPath') ?? '')) &&
        isMadeNonRoot(one, old[at]),
    );
    if (found) return `${kind} ${name}, container ${found.name} gets a user`;
  }
  return undefined;
}

/** A workload that names an account since now, without one that is there. */
export function missingAccount(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
  neighbours: readonly JsonObject[],
): string | undefined {
  for (const [index, workload] of after.entries()) {
    const name = accountNameOf(workload.pods[0]?.spec ?? {});
    if (name === undefined || accountNameOf(before[index]?.pods[0]?.spec ?? {}) === name) continue;
    const isThere = neighbours.some(
      (object) =>
        stringAt(object, 'kind') === 'ServiceAccount' &&
        stringAt(object, 'metadata', 'name') === name &&
        stringAt(object, 'metadata', 'namespace') === workload.namespace,
    );
    if (!isThere) return `${workload.kind} ${workload.name} names ${name}`;
  }
  return undefined;
}

/** A workload that loses its token although a binding of its folder gives its account rights. */
export function lostToken(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
  neighbours: readonly JsonObject[],
): string | undefined {
  for (const [index, workload] of after.entries()) {
    const old = before[index]?.pods[0]?.spec ?? {};
    if (
      member(old, 'automountServiceAccountToken') === false ||
      member(workload.pods[0]?.spec, 'automountServiceAccountToken') !== false
    )
      continue;
    const name = accountNameOf(old) ?? 'default';
    for (const binding of neighbours.filter((object) => /^(?:Cluster)?RoleBinding$/.test(stringAt(object, 'kind') ?? ''))) {
      const fits = (subject: Json): boolean => {
        const namespace = stringAt(subject, 'namespace') ?? stringAt(binding, 'metadata', 'namespace');
        return (
          stringAt(subject, 'name') === name &&
          (namespace === undefined || workload.namespace === undefined || namespace === workload.namespace)
        );
      };
      if (itemsAt(binding, 'subjects').some(fits))
        return `${workload.kind} ${workload.name} has rights by ${stringAt(binding, 'metadata', 'name')}`;
    }
  }
  return undefined;
}
