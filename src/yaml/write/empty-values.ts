/** Maps and lists that are empty, before or after an edit. */
import type { Json } from '../../util/json.ts';
import type { Edit } from '../../patch/index.ts';
import type { Node } from '../read/tree/nodes.ts';
import type { Token } from '../read/tree/tokens.ts';
import { SpliceError } from '../source/text-edit.ts';

/** True when an edit removes all that a map or list holds and adds nothing. */
export function isEmptied(node: Node | null, edit: Edit): boolean {
  if (edit.kind === 'array' && node?.kind === 'seq') {
    return edit.inserted.size === 0 && node.items.every((_item, index) => edit.items.get(index)?.kind === 'remove');
  }
  if (edit.kind !== 'object' || node?.kind !== 'map') return false;
  for (const inner of edit.keys.values()) if (inner.kind !== 'remove') return false;
  return node.pairs.every(({ key }) => edit.keys.has(key ?? ''));
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
