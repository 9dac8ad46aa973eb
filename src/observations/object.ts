/** What is reported about an object with pods as a whole. */
import { isAtLeast, type KubeVersion, type Settings } from '../decisions/basis/settings.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { removedIn } from '../kubernetes/kinds.ts';
import { observation, type Observation } from './observation.ts';

/**
 * What is reported of an object with pods as a whole.
 *
 * @param isChanged true when something of it is hardened
 */
export function observeObject(object: KubernetesObject, { kubeVersion }: Settings, isChanged: boolean): Observation[] {
  const seen: Observation[] = [];
  observeVersion(object, kubeVersion, seen);
  if (isChanged && isImmutable(object)) {
    const what =
      'cannot be changed where it exists already, because the fields of Pods and the pod templates of Jobs are immutable';
    seen.push({ ...observation('immutable-in-cluster', what, { at: '' }), oncePerRun: 'immutable-in-cluster' });
  }
  return seen;
}

function observeVersion({ apiVersion, kind }: KubernetesObject, kubeVersion: KubeVersion, seen: Observation[]): void {
  const removed = removedIn(apiVersion);
  if (removed === undefined || !isAtLeast(kubeVersion, removed)) return;
  const what = `Kubernetes ${removed} and later do not serve ${kind} in ${apiVersion}`;
  seen.push(observation('removed-api-version', what, { at: '/apiVersion' }));
}

/** Annotations of objects that are made anew for each release or sync. */
const MADE_ANEW = ['helm.sh/hook', 'argocd.argoproj.io/hook', 'argocd.argoproj.io/sync-options'];

/** Jobs and Pods that exist already: the API server refuses other pod templates and containers (Kubernetes API reference). */
function isImmutable({ kind, group, name, annotations, pods }: KubernetesObject): boolean {
  const isFixed = (kind === 'Job' && group === 'batch') || (kind === 'Pod' && group === '');
  return isFixed && pods.length > 0 && name !== '' && MADE_ANEW.every((key) => annotations[key] === undefined);
}
