/** Whether a workload is made for OpenShift, though the run is not told so. */
import { mountPaths } from '../../kubernetes/volumes.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { itemsAt, objectAt, stringAt } from '../../util/json.ts';
import type { Facts } from '../../workspace/facts.ts';
import type { Settings } from './settings.ts';

const OPENSHIFT_GROUP = /(?:^|\.)openshift\.io$/;
/** A word of its own in a name, a path or an address; what switches OpenShift off does not count. */
const OPENSHIFT = /(?:^|[^a-z])openshift(?:$|[^a-z])/i;
const SWITCHED_OFF = /^(?:false|no|0|off|disabled?|none|kubernetes|auto(?:detect)?)?$/i;

/**
 * The platform of a workload: the one of the settings, or OpenShift when a Route or SecurityContextConstraints of the inputs is
 * applied with it, or when it names OpenShift itself: in its API group, annotations, variables, arguments or mount paths.
 */
export function platformOf(object: KubernetesObject, facts: Facts, { platform }: Settings): Settings['platform'] {
  if (platform === 'openshift' || object.pods.length === 0) return platform;
  if (namesOpenShift(object)) return 'openshift';
  const beside = [...facts.objects('Route', object.namespace), ...facts.objects('SecurityContextConstraints', undefined)];
  return beside.some(({ group }) => OPENSHIFT_GROUP.test(group)) ? 'openshift' : platform;
}

function namesOpenShift({ group, annotations, value, pods }: KubernetesObject): boolean {
  if (OPENSHIFT_GROUP.test(group)) return true;
  const keys = [
    ...Object.keys(annotations),
    ...Object.keys(objectAt(value, 'metadata', 'labels')),
    ...pods.flatMap((pod) => Object.keys(pod.annotations)),
  ];
  if (keys.some((key) => OPENSHIFT_GROUP.test(key.split('/')[0] ?? ''))) return true;
  return pods
    .flatMap(({ containers }) => containers)
    .some((container) => {
      const words = ['command', 'args'].flatMap((field) => itemsAt(container.value, field)).map(String);
      const variables = itemsAt(container.value, 'env').some((one) => {
        const given = stringAt(one, 'value') ?? '';
        return OPENSHIFT.test(given) || (OPENSHIFT.test(stringAt(one, 'name') ?? '') && !SWITCHED_OFF.test(given));
      });
      return variables || [...words, ...mountPaths(container)].some((text) => OPENSHIFT.test(text));
    });
}
