/** Adds, removes and renames entries of a map. */
import type { Json, JsonObject } from '../../util/json.ts';
import type { MapNode, PairNode } from '../read/tree/nodes.ts';
import { itemStart, replaceableEnd, type BlockCollection, type CollectionItem, type Token } from '../read/tree/tokens.ts';
import { SpliceError } from '../source/text-edit.ts';
import { addToBlockMap, removeFromBlock } from './block-collection.ts';
import type { Chain, DocumentEditor } from './document-editor.ts';
import { changeFlow, replaceFlowItems } from './flow-collection.ts';
import { replaceInline } from './inline-value.ts';
import { flowEntries } from './print/flow.ts';

export interface EntryChanges {
  readonly removed: readonly PairNode[];
  readonly added: ReadonlyMap<string, Json>;
}

/**
 * Removes and adds entries of a map. A removed entry whose value is added under a new key is renamed: only its key changes.
 *
 * @throws SpliceError when no entry would be left
 */
export function changeEntries(editor: DocumentEditor, map: MapNode, token: Token, changes: EntryChanges, chain: Chain): void {
  if (changes.added.size === 0 && changes.removed.length === 0) return;
  const entries: Record<string, Json> = Object.fromEntries(changes.added);
  const removed = changes.removed.filter((pair) => !rename(editor, pair, entries));
  const areAllRemoved = removed.length > 0 && removed.length === map.pairs.length;
  const items = new Set(removed.flatMap(({ item }) => item ?? []));
  if (token.type === 'flow-collection') {
    const style = editor.flowStyle(chain);
    const printed = flowEntries(entries, editor.flowValueStyle(style));
    if (areAllRemoved) replaceFlowItems(editor, token, firstOf(token.items, entries), printed.join(', '));
    else changeFlow(editor, token, items, printed, style);
  } else if (token.type === 'block-map') {
    if (areAllRemoved) {
      replaceBlockEntries(editor, token, entries, chain);
      return;
    }
    if (items.size > 0) removeFromBlock(editor, token.items, items, false);
    if (Object.keys(entries).length > 0) addToBlockMap(editor, token, entries, chain);
  }
}

/** Renames the key of a removed pair when its value, a string, is added under another key, which goes from `added`. */
function rename(editor: DocumentEditor, { keyToken, value }: PairNode, added: Record<string, Json>): boolean {
  const text = value?.kind === 'scalar' ? value.value : undefined;
  const name = typeof text === 'string' ? Object.keys(added).find((other) => added[other] === text) : undefined;
  if (name === undefined || !keyToken) return false;
  delete added[name];
  replaceInline(editor, keyToken, name);
  return true;
}

/** Puts new entries in the place of all that a block map holds. */
function replaceBlockEntries(editor: DocumentEditor, map: BlockCollection, entries: JsonObject, chain: Chain): void {
  const start = itemStart(firstOf(map.items, entries));
  editor.replace(start, replaceableEnd(map, editor.text), editor.alignedLines(entries, start, chain));
}

/** The first item of a map that new entries replace. */
function firstOf(items: readonly CollectionItem[], entries: JsonObject): CollectionItem {
  const [first] = items;
  if (!first || Object.keys(entries).length === 0) throw new SpliceError('a map would lose all of its keys');
  return first;
}
