/** Label selectors, by the rules of `metav1.LabelSelector`. */
import { itemsAt, objectAt, stringAt, type Json } from '../../src/util/json.ts';

export type Labels = Readonly<Record<string, string>>;

/** True if a label selector selects these labels: all that it asks for must be so, and an empty one asks for nothing. */
export function selects(selector: Json, labels: Labels): boolean {
  return (
    Object.entries(objectAt(selector, 'matchLabels')).every(([key, value]) => labelOf(labels, key) === value) &&
    itemsAt(selector, 'matchExpressions').every((expression) => meets(expression, labels))
  );
}

function labelOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/** One item of `matchExpressions`. `NotIn` also selects what has no such label at all. */
function meets(expression: Json, labels: Labels): boolean {
  const value = labelOf(labels, stringAt(expression, 'key') ?? '');
  const values = itemsAt(expression, 'values');
  switch (stringAt(expression, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      throw new Error(`no operator of a label selector: ${JSON.stringify(expression)}`);
  }
}
