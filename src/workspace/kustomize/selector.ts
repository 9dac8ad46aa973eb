/** Which objects a patch is for: by its target, or by the object that it names (kustomize, "patches"). */
import { isObject, member, objectAt, path, stringAt, type Json, type JsonObject } from '../../util/json.ts';
import type { Identity } from './step.ts';

/** The objects that a `target` selects: its fields are regular expressions for the whole text, an absent one fits all. */
export function fitsTarget(target: JsonObject): (identity: Identity) => boolean {
  const [group, kind, name, namespace] = ['group', 'kind', 'name', 'namespace'].map((key) => wholePattern(stringAt(target, key)));
  const labels = fitsLabels(stringAt(target, 'labelSelector'));
  const annotations = fitsLabels(stringAt(target, 'annotationSelector'));
  return (identity) =>
    (group?.test(identity.group) ?? true) &&
    (kind?.test(identity.kind) ?? true) &&
    (name === undefined || identity.names.some((one) => name.test(one))) &&
    (namespace === undefined || identity.namespaces.some((one) => namespace.test(one))) &&
    labels(identity.labels) &&
    annotations(identity.annotations);
}

/** The object that a strategic merge patch without a target names. */
export function fitsObject(patch: JsonObject): (identity: Identity) => boolean {
  const group = groupOf(stringAt(patch, 'apiVersion') ?? '');
  const [kind, name, namespace] = [stringAt(patch, 'kind'), stringAt(patch, 'metadata', 'name'), namespaceOf(patch)];
  return (identity) =>
    identity.group === group &&
    identity.kind === kind &&
    name !== undefined &&
    identity.names.includes(name) &&
    identity.namespaces.includes(namespace);
}

/** What kustomize selects an object of a file by. */
export function identityOf(object: JsonObject): Identity {
  return {
    group: groupOf(stringAt(object, 'apiVersion') ?? ''),
    kind: stringAt(object, 'kind') ?? '',
    names: [stringAt(object, 'metadata', 'name') ?? ''],
    namespaces: [namespaceOf(object)],
    labels: objectAt(object, 'metadata', 'labels'),
    annotations: objectAt(object, 'metadata', 'annotations'),
  };
}

/** For kustomize an object without a namespace is in `default`. */
function namespaceOf(object: JsonObject): string {
  return stringAt(object, 'metadata', 'namespace') || 'default';
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** An unreadable pattern fits nothing: kustomize refuses it. */
function wholePattern(pattern: string | undefined): RegExp | undefined {
  if (!pattern) return undefined;
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return /(?!)/;
  }
}

const REQUIREMENT = /^\s*(!?)\s*([\w./-]+)\s*(?:(=|==|!=)\s*([\w.-]*)|\s(in|notin)\s*\(([^)]*)\))?\s*$/;

/** A label selector in its text form (Kubernetes documentation, "Labels and Selectors"). */
function fitsLabels(selector: string | undefined): (labels: JsonObject) => boolean {
  if (!selector) return () => true;
  const tests = selector.split(/,(?![^(]*\))/).map(requirement);
  return (labels) => tests.every((test) => test(labels));
}

function requirement(text: string): (labels: JsonObject) => boolean {
  const [, not, key = '', operator, value, setOperator, list = ''] = REQUIREMENT.exec(text) ?? [];
  if (operator !== undefined) return (labels) => (member(labels, key) === value) === (operator !== '!=');
  const values = list.split(',').map((one) => one.trim());
  if (setOperator !== undefined)
    return (labels) => values.includes(String(member(labels, key) ?? '\0')) === (setOperator === 'in');
  return (labels) => (member(labels, key) !== undefined) === (not === '');
}

/** The target of an entry of `patches`; undefined when it has none. */
export function targetOf(entry: Json): JsonObject | undefined {
  const target = path(entry, 'target');
  return isObject(target) ? target : undefined;
}
