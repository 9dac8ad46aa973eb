/** Sets the value of one entry of a map. */
import { isArray, type Json } from '../../util/json.ts';
import {
  contentEnd,
  isBlockCollection,
  itemEnd,
  itemStart,
  replaceableEnd,
  type CollectionItem,
  type Token,
} from '../read/tree/tokens.ts';
import { columnOf, lineBreakAt, lineStart } from '../source/lines.ts';
import { removeBlockValue } from './block-collection.ts';
import { isInFlow, type Chain, type DocumentEditor } from './document-editor.ts';
import { dropTag, replaceInline } from './inline-value.ts';
import { blockLines, blockValue } from './print/block.ts';
import { flowText } from './print/flow.ts';
import { flowInBlock } from './print/styles.ts';
import { collectionColumn } from './style/block-style.ts';

/**
 * Gives the key of `item` a new value. `old` is the token of the old value, undefined when nothing follows the colon. Comments
 * on the line stay; a map or list in block context goes to lines of its own below the key.
 */
export function setEntryValue(
  editor: DocumentEditor,
  item: CollectionItem,
  old: Token | undefined,
  value: Json,
  chain: Chain,
): void {
  dropTag(editor, item.sep ?? [], value);
  const colonEnd = endOfColon(item);
  if (colonEnd === undefined) completeEntry(editor, item, value, chain);
  else if (isInFlow(chain)) setInFlow(editor, colonEnd, old, value, chain);
  else setInBlock(editor, { item, colonEnd, old }, value, chain);
}

/** The end of the colon after a key, or of the anchor or tag after the colon; undefined for `? key` and `{key}` alone. */
function endOfColon(item: CollectionItem): number | undefined {
  const last = item.sep?.findLast(({ type }) => type === 'map-value-ind' || type === 'anchor' || type === 'tag');
  return last && last.offset + last.source.length;
}

/** Writes a colon and a value after a key that has neither. */
function completeEntry(editor: DocumentEditor, item: CollectionItem, value: Json, chain: Chain): void {
  const end = itemEnd(item, editor.text);
  const collection = chain.at(-1);
  if (!collection || collection.type === 'flow-collection') {
    editor.insert(end, `: ${flowText(value, editor.flowValueStyle(editor.flowStyle(chain)))}`);
    return;
  }
  const column = collectionColumn(collection, editor.text);
  const style = editor.blockStyle(chain);
  const lines = blockValue(value, column, style);
  const colon = `${' '.repeat(column)}:`;
  editor.insertBelow(end, lines ? [colon, ...lines] : [`${colon} ${flowText(value, flowInBlock(style))}`]);
}

function setInFlow(editor: DocumentEditor, colonEnd: number, old: Token | undefined, value: Json, chain: Chain): void {
  const text = flowText(value, editor.flowValueStyle(editor.flowStyle(chain)));
  if (old) editor.replace(old.offset, contentEnd(old, editor.text), text);
  else editor.insert(colonEnd, ` ${text}`);
}

interface BlockEntry {
  readonly item: CollectionItem;
  readonly colonEnd: number;
  readonly old: Token | undefined;
}

function setInBlock(editor: DocumentEditor, { item, colonEnd, old }: BlockEntry, value: Json, chain: Chain): void {
  const style = editor.blockStyle(chain);
  const keyColumn = columnOf(editor.text, itemStart(item));
  const lines = blockValue(value, keyColumn, style);
  if (!lines) {
    if (old && !isBlockCollection(old)) {
      replaceInline(editor, old, value);
      return;
    }
    editor.insert(colonEnd, ` ${flowText(value, flowInBlock(style))}`);
    if (old) removeBlockValue(editor, old);
  } else if (!old) {
    editor.insertBelow(colonEnd, lines);
  } else if (lineStart(editor.text, old.offset) === lineStart(editor.text, colonEnd)) {
    const end = replaceableEnd(old, editor.text);
    editor.replace(colonEnd, end, '');
    editor.insertBelow(end, lines);
  } else {
    const column = columnOf(editor.text, old.offset);
    const isBelowKey = column > keyColumn || isArray(value);
    replaceLines(editor, old, (isBelowKey && blockLines(value, column, style)) || lines);
  }
}

/** Replaces a value that begins on a line below its key. */
function replaceLines(editor: DocumentEditor, old: Token, lines: readonly string[]): void {
  const { text } = editor;
  editor.replace(lineStart(text, old.offset), replaceableEnd(old, text), lines.join(lineBreakAt(text, old.offset)));
}
