/** Maps and lists that are empty, before or after an edit. */
import type { Json } from '../../util/json.ts';
import type { Edit } from '../../patch/index.ts';
import { isMap, isSeq, keyOf, pairsOf, type MapNode, type Node, type PairNode } from '../read/tree/nodes.ts';
import type { Token } from '../read/tree/tokens.ts';
import { SpliceError } from '../source/text-edit.ts';

/** True when an edit removes all that a map or list holds and adds nothing. */
export function isEmptied(node: Node | null, edit: Edit): boolean {
  if (edit.kind === 'array' && isSeq(node)) {
    return edit.inserted.size === 0 && node.items.every((_item, index) => edit.items.get(index)?.kind === 'remove');
  }
  if (edit.kind !== 'object' || !isMap(node)) return false;
  const isRemoved = (pair: PairNode): boolean => edit.keys.get(keyOf(pair) ?? '')?.kind === 'remove';
  return pairsOf(node as MapNode).every(isRemoved) && [...edit.keys.values()].every((inner) => inner.kind === 'remove');
}

/** True for `{}` and `[]`, also with spaces and line breaks inside. */
export function isEmptyFlow(token: Token): boolean {
  if (token.type !== 'flow-collection') return false;
  return token.items.every(
    ({ key, value, start }) => !key && !value && start.every(({ type }) => type === 'space' || type === 'newline'),
  );
}

/** The value that an edit makes of an empty map or list. */
export function changedEmptyValue(edit: Edit): Json {
  if (edit.kind === 'set') return edit.value;
  if (edit.kind === 'array') return [...edit.inserted.values()].flat();
  if (edit.kind === 'remove') throw new SpliceError('an empty value has nothing to remove');
  return Object.fromEntries([...edit.keys].map(([key, inner]) => [key, changedEmptyValue(inner)]));
}
