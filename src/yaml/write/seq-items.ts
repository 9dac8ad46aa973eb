/** Inserts and removes items of a list. */
import type { Json } from '../../util/json.ts';
import type { CollectionItem, FlowCollection, Token } from '../read/tree/tokens.ts';
import { addToBlockSeq, insertInBlockSeq, removeFromBlock } from './block-collection.ts';
import type { Chain, DocumentEditor } from './document-editor.ts';
import { changeFlow, insertInFlowSeq } from './flow-collection.ts';
import { flowText } from './print/flow.ts';

export interface ItemChanges {
  readonly removed: ReadonlySet<CollectionItem>;
  /** By the index of the item that they go before; the number of items means the end. */
  readonly inserted: ReadonlyMap<number, readonly Json[]>;
}

/** Removes and inserts items of a list; `items` are its items by index. At least one item stays. */
export function changeItems(
  editor: DocumentEditor,
  seq: Token,
  items: readonly CollectionItem[],
  { removed, inserted }: ItemChanges,
  chain: Chain,
): void {
  if (removed.size === 0 && inserted.size === 0) return;
  const insertions = [...inserted].sort(([left], [right]) => left - right);
  if (seq.type === 'flow-collection') {
    changeFlowItems(editor, seq, items, { removed, inserted: new Map(insertions) }, chain);
  } else if (seq.type === 'block-seq') {
    const isFilled = insertions.some(([index]) => index > 0);
    if (removed.size > 0) removeFromBlock(editor, seq.items, removed, isFilled);
    for (const [index, values] of insertions) {
      const before = items[index];
      if (before) insertInBlockSeq(editor, before, values, chain);
      else addToBlockSeq(editor, seq, values, chain);
    }
  }
}

/** As `changeItems`; new items go before the next one that stays. */
function changeFlowItems(
  editor: DocumentEditor,
  seq: FlowCollection,
  items: readonly CollectionItem[],
  { removed, inserted }: ItemChanges,
  chain: Chain,
): void {
  const style = editor.flowStyle(chain);
  let appended: readonly string[] = [];
  for (const [index, values] of inserted) {
    const printed = values.map((value) => flowText(value, editor.flowValueStyle(style)));
    const before = items.slice(index).find((item) => !removed.has(item));
    if (before) insertInFlowSeq(editor, before, printed, style);
    else appended = appended.concat(printed);
  }
  changeFlow(editor, seq, removed, appended, style);
}
