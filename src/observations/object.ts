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
  return [...goneVersion(object, kubeVersion), ...(isChanged ? immutable(object) : [])];
}

function goneVersion({ apiVersion, kind }: KubernetesObject, kubeVersion: KubeVersion): Observation[] {
  const removed = removedIn(apiVersion);
  if (removed === undefined || !isAtLeast(kubeVersion, removed)) return [];
  return [
    observation('removed-api-version', `Kubernetes ${removed} and later do not serve ${kind} in ${apiVersion}`, {
      at: '/apiVersion',
    }),
  ];
}

/** Annotations of objects that are made anew for each release or sync. */
const MADE_ANEW = ['helm.sh/hook', 'argocd.argoproj.io/hook', 'argocd.argoproj.io/sync-options'];

/** Jobs and Pods that exist already: the API server refuses other pod templates and containers (Kubernetes API reference). */
function immutable({ kind, group, name, annotations, pods }: KubernetesObject): Observation[] {
  const isFixed = (kind === 'Job' && group === 'batch') || (kind === 'Pod' && group === '');
  if (!isFixed || pods.length === 0 || name === '' || MADE_ANEW.some((key) => annotations[key] !== undefined)) return [];
  const what =
    'cannot be changed where it exists already, because the fields of Pods and the pod templates of Jobs are immutable';
  return [{ ...observation('immutable-in-cluster', what, { at: '' }), oncePerRun: 'immutable-in-cluster' }];
}
