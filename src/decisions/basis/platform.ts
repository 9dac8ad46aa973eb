/** Whether a workload is made for OpenShift, though the run is not told so. */
import { mountPaths } from '../../kubernetes/volumes.ts';
import type { Container, KubernetesObject } from '../../kubernetes/object.ts';
import { itemsAt, objectAt, stringAt, type Json, type JsonObject } from '../../util/json.ts';
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
  const isOfOpenShift = ({ group }: KubernetesObject): boolean => OPENSHIFT_GROUP.test(group);
  return facts.objects('Route', object.namespace).some(isOfOpenShift) ||
    facts.objects('SecurityContextConstraints', undefined).some(isOfOpenShift)
    ? 'openshift'
    : platform;
}

function namesOpenShift({ group, annotations, value, pods }: KubernetesObject): boolean {
  if (OPENSHIFT_GROUP.test(group)) return true;
  if (marksOpenShift(annotations) || marksOpenShift(objectAt(value, 'metadata', 'labels'))) return true;
  return pods.some((pod) => marksOpenShift(pod.annotations) || pod.containers.some(isToldOpenShift));
}

function marksOpenShift(marks: JsonObject): boolean {
  return Object.keys(marks).some((key) => OPENSHIFT_GROUP.test(key.split('/', 1)[0] ?? ''));
}

function isToldOpenShift(container: Container): boolean {
  const isNamed = (text: Json): boolean => OPENSHIFT.test(String(text));
  return (
    itemsAt(container.value, 'command').some(isNamed) ||
    itemsAt(container.value, 'args').some(isNamed) ||
    itemsAt(container.value, 'env').some((one) => {
      const given = stringAt(one, 'value') ?? '';
      return OPENSHIFT.test(given) || (OPENSHIFT.test(stringAt(one, 'name') ?? '') && !SWITCHED_OFF.test(given));
    }) ||
    mountPaths(container).some(isNamed)
  );
}
