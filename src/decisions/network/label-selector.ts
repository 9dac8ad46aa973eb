/** Label selectors, and the selector by which a policy finds the pods of a workload. */
import type { Pod } from '../../kubernetes/object.ts';
import { isObject, itemsAt, member, objectAt, stringAt, type Json, type JsonObject } from '../../util/json.ts';

/** True when a LabelSelector selects labels; an empty one selects everything (API reference, LabelSelector). */
export function selects(selector: Json | undefined, labels: JsonObject): boolean {
  return (
    isObject(selector) &&
    Object.entries(objectAt(selector, 'matchLabels')).every(([key, value]) => labels[key] === value) &&
    itemsAt(selector, 'matchExpressions').every((one) => meets(one, labels))
  );
}

function meets(expression: Json, labels: JsonObject): boolean {
  const value = labels[stringAt(expression, 'key') ?? ''];
  const isAmong = value !== undefined && itemsAt(expression, 'values').includes(value);
  switch (stringAt(expression, 'operator')) {
    case 'In':
      return isAmong;
    case 'NotIn':
      return !isAmong;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** True for a selector that selects everything. */
export function isEmptySelector(selector: Json | undefined): boolean {
  return Object.keys(objectAt(selector, 'matchLabels')).length === 0 && itemsAt(selector, 'matchExpressions').length === 0;
}

/** Labels that change with each release, so that no policy can rest on them. */
const CHANGING = /(?:^|\/)(?:chart|version|revision|pod-template-hash|controller-revision-hash)$|^helm\.sh\/chart$|checksum/;
const SELECTING_GROUPS = new Set(['apps', 'extensions']);

/** The labels of the pods of a workload, all of them texts; the controller of a Job adds its name (Kubernetes, "Jobs"). */
export function labelsOf({ object, labels }: Pod): JsonObject {
  const texts = Object.entries(labels).filter(([, value]) => typeof value === 'string');
  const isJob = object.kind === 'Job' && object.group === 'batch' && object.name !== '';
  return Object.fromEntries(isJob ? [...texts, ['job-name', object.name]] : texts);
}

/**
 * The selector of the pods of a workload: the one by which it finds them itself, else their labels. Undefined where nothing tells
 * them from others.
 */
export function selectorOf(pod: Pod): JsonObject | undefined {
  const { object } = pod;
  const labels = labelsOf(pod);
  const given = member(objectAt(object.value, 'spec'), 'selector') ?? null;
  const own = object.kind === 'ReplicationController' && object.group === '' ? { matchLabels: given } : given;
  const isTold = SELECTING_GROUPS.has(object.group) || object.group === '';
  if (isTold && isObject(own) && !isEmptySelector(own) && selects(own, labels)) return own;
  const lasting = Object.entries(labels).filter(([key]) => !CHANGING.test(key));
  const telling = lasting.length > 1 ? lasting.filter(([key]) => key !== 'job-name') : lasting;
  return telling.length > 0 ? { matchLabels: Object.fromEntries(telling) } : undefined;
}
