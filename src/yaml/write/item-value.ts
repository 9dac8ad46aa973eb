/** Sets the value of one item of a list. */
import { isObject, type Json } from '../../util/json.ts';
import { isBlockCollection, itemEnd, itemStart, replaceableEnd, type CollectionItem, type Token } from '../read/tree/tokens.ts';
import { columnOf, lineBreakAt, lineEnd, startsLine } from '../source/lines.ts';
import { removeBlockValue } from './block-collection.ts';
import { isInFlow, type Chain, type DocumentEditor } from './document-editor.ts';
import { dropTag, replaceInline } from './inline-value.ts';
import { blockLines } from './print/block.ts';
import { flowText } from './print/flow.ts';
import { flowInBlock } from './print/styles.ts';

/** Gives an item a new value. `old` is the token of the old value, undefined when nothing follows the dash. */
export function setItemValue(
  editor: DocumentEditor,
  item: CollectionItem,
  old: Token | undefined,
  value: Json,
  chain: Chain,
): void {
  if (old) replaceItemValue(editor, item, old, value, chain);
  else fillDash(editor, item, value, chain);
}

function replaceItemValue(editor: DocumentEditor, item: CollectionItem, old: Token, value: Json, chain: Chain): void {
  const { text } = editor;
  dropTag(editor, item.start, value);
  const isInline = isInFlow(chain) || !isObject(value) || Object.keys(value).length === 0;
  const end = replaceableEnd(old, text);
  if (isInline && !isInFlow(chain) && isBlockCollection(old) && startsLine(text, old.offset)) {
    fillDash(editor, item, value, chain);
    removeBlockValue(editor, old);
  } else if (isInline) {
    replaceInline(editor, old, value);
  } else if (item.start.some(({ type }) => type === 'anchor' || type === 'tag')) {
    editor.replace(text.slice(0, old.offset).trimEnd().length, end, '');
    fillDash(editor, item, value, chain);
  } else {
    editor.replace(old.offset, end, editor.alignedLines(value, old.offset, chain));
  }
}

/** Gives a dash a value: after it, or below where an anchor, a tag or a comment follows the dash. */
function fillDash(editor: DocumentEditor, item: CollectionItem, value: Json, chain: Chain): void {
  const { text } = editor;
  const style = editor.blockStyle(chain);
  const end = itemEnd({ start: item.start }, text);
  const lines = blockLines(value, columnOf(text, itemStart(item)) + style.dashWidth, style);
  const isDashAlone = text[end - 1] === '-' && text.slice(end, lineEnd(text, end)).trim() === '';
  if (!lines) editor.insert(end, ` ${flowText(value, flowInBlock(style))}`);
  else if (isDashAlone) editor.insert(end, ' '.repeat(style.dashWidth - 1) + lines.join(lineBreakAt(text, end)).trimStart());
  else editor.insertBelow(item.value ? replaceableEnd(item.value, text) : end, lines);
}
