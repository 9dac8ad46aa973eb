/** Text edits in flow collections: `{a: 1}`, `[a]`, JSON. */
import {
  commaBefore,
  contentEnd,
  itemEnd,
  itemStart,
  lastFlowItem,
  type CollectionItem,
  type FlowCollection,
  type SourceToken,
  type Token,
} from '../read/tree/tokens.ts';
import { columnOf, lineBreakAt, lineEnd, lineStart } from '../source/lines.ts';
import type { DocumentEditor } from './document-editor.ts';
import type { FlowStyle } from './print/styles.ts';

/** A line that is no longer than this does not become so by what is added. */
const WIDTH = 120;

/**
 * Removes some entries or items and adds others, already printed. Where the last one is removed, they take its place. Where their
 * line would get too long, each begins a line, in the column of the first one.
 */
export function changeFlow(
  editor: DocumentEditor,
  collection: FlowCollection,
  removed: ReadonlySet<CollectionItem>,
  added: readonly string[],
  given: FlowStyle,
): void {
  const style = wrapped(editor.text, collection, added, given);
  const last = lastFlowItem(collection);
  if (!last || !removed.has(last) || added.length === 0) {
    removeFromFlow(editor, collection.items, removed);
    if (added.length > 0) addToFlow(editor, collection, added, style);
    return;
  }
  removeFromFlow(editor, collection.items, new Set([...removed].filter((item) => item !== last)));
  editor.replace(itemStart(last), itemEnd(last, editor.text), added.join(separatorOf(style)));
}

/**
 * The style with lines, where the items are on one line that would get too long and do not begin far to the right. Lists of scalars are
 * left alone, and JSON to those who format it.
 */
function wrapped(text: string, collection: FlowCollection, added: readonly string[], style: FlowStyle): FlowStyle {
  const [first] = collection.items;
  const last = lastFlowItem(collection);
  const isOfScalars = !last?.key && added.every((item) => !/^[{[]/.test(item));
  if (style.lines || style.quoteKeys || !first || !last || isOfScalars) return style;
  const end = itemEnd(last, text);
  const [column, width] = [columnOf(text, itemStart(first)), columnOf(text, lineEnd(text, end))];
  const isFine = width > WIDTH || width + added.join(style.comma).length <= WIDTH;
  const hasRoom = column <= WIDTH / 2 && lineStart(text, itemStart(first)) === lineStart(text, end);
  if (isFine || !hasRoom) return style;
  return { ...style, lines: { indent: ' '.repeat(column), unit: undefined, lineBreak: lineBreakAt(text, end) } };
}

/** The comma between two items with the space or line break that the style has there. */
function separatorOf({ lines, comma }: FlowStyle): string {
  if (!lines) return comma;
  const lineBreak = lines.lineBreak + lines.indent;
  return lines.leadingComma === undefined ? `,${lineBreak}` : lineBreak + lines.leadingComma;
}

/** Inserts printed items before one of a flow list. */
export function insertInFlowSeq(
  editor: DocumentEditor,
  before: CollectionItem,
  added: readonly string[],
  style: FlowStyle,
): void {
  const separator = style.lines ? `,${style.lines.lineBreak}${style.lines.indent}` : style.comma;
  editor.insert(itemStart(before), added.map((item) => item + separator).join(''));
}

/** Puts printed entries or items in place of all that a flow collection holds; `first` is its first item. */
export function replaceFlowItems(editor: DocumentEditor, collection: FlowCollection, first: CollectionItem, text: string): void {
  editor.replace(itemStart(first), endOfItems(collection, editor.text).end, text);
}

/** The end of the items of a flow collection. */
interface EndOfItems {
  /** After the last item and its trailing comma; after the bracket when there is no item. */
  readonly end: number;
  readonly hasTrailingComma: boolean;
  /** As `end`, but after the comment on the same line when nothing else follows there. */
  readonly afterComment: number;
}

function endOfItems(collection: Token, text: string): EndOfItems {
  const last = lastFlowItem(collection);
  if (collection.type !== 'flow-collection' || !last) {
    return { end: collection.offset + 1, hasTrailingComma: true, afterComment: collection.offset + 1 };
  }
  const trailing = collection.items.at(-1);
  const comma = trailing && trailing !== last ? commaBefore(trailing) : undefined;
  const end = comma ? comma.offset + 1 : itemEnd(last, text);
  const line = lineEnd(text, end);
  const isLineOver = /^[ \t]*(?:[ \t]#.*)?$/.test(text.slice(end, line));
  return { end, hasTrailingComma: comma !== undefined, afterComment: isLineOver ? line : end };
}

/**
 * Adds entries or items, already printed, after the last one: on the same line, or each on a line of its own where the
 * last one is on its own. A trailing comma stays a trailing comma, a comment stays after what it describes.
 */
function addToFlow(editor: DocumentEditor, collection: FlowCollection, added: readonly string[], style: FlowStyle): void {
  const { end, hasTrailingComma, afterComment } = endOfItems(collection, editor.text);
  // Go reads `key:,` as one text, so a key without a value needs a space between its colon and the comma.
  const comma = editor.text[end - 1] === ':' ? ' ,' : ',';
  if (!lastFlowItem(collection)) {
    fillEmptyFlow(editor, collection, added, style);
  } else if (style.lines?.leadingComma !== undefined) {
    const separator = separatorOf(style);
    editor.insert(end, added.map((item) => separator + item).join(''));
  } else if (style.lines) {
    const start = style.lines.lineBreak + style.lines.indent;
    if (!hasTrailingComma) editor.insert(end, comma);
    editor.insert(afterComment, start + added.join(`,${start}`) + (hasTrailingComma ? ',' : ''));
  } else {
    const space = style.comma.slice(1);
    editor.insert(end, (hasTrailingComma ? '' : comma) + space + added.join(style.comma) + (hasTrailingComma ? ',' : ''));
  }
}

/** Fills a collection that has nothing but space and comments, below its last comment. */
function fillEmptyFlow(editor: DocumentEditor, collection: FlowCollection, added: readonly string[], style: FlowStyle): void {
  const { text } = editor;
  const close = contentEnd(collection, text) - 1;
  const closingLine = lineStart(text, close);
  if (closingLine <= collection.offset) {
    editor.insert(collection.offset + 1, added.join(style.comma));
    return;
  }
  const lineBefore = lineStart(text, closingLine - 1);
  const isInside = lineBefore > collection.offset;
  const indent = isInside ? (/^[ \t]*/.exec(text.slice(lineBefore))?.[0] ?? '') : `${text.slice(closingLine, close)}  `;
  editor.insertLines(closingLine, [indent + added.join(`,${lineBreakAt(text, close)}${indent}`)]);
}

/** Removes entries or items, each with one of its commas. Comments between them and their neighbours stay. */
function removeFromFlow(editor: DocumentEditor, items: readonly CollectionItem[], removed: ReadonlySet<CollectionItem>): void {
  const firstKept = items.findIndex((item) => !removed.has(item));
  for (const [index, item] of items.slice(0, Math.max(firstKept, 0)).entries()) removeUpToNext(editor, item, items[index + 1]);
  const lastKept = items.findLastIndex((item) => !removed.has(item));
  for (let index = firstKept + 1; index < items.length; index++) {
    if (removed.has(items[index] as CollectionItem)) index = removeRun(editor, items, { index, removed, lastKept });
  }
}

/** Removes an item that no other comes before, with the comma after it. */
function removeUpToNext(editor: DocumentEditor, item: CollectionItem, next: CollectionItem | undefined): void {
  const { text } = editor;
  const isFollowed = next && (next.key || next.value);
  const end = isFollowed ? endOfGap(text, commaBefore(next), itemStart(next)) : itemEnd(item, text);
  editor.replace(itemStart(item), end, '');
}

/** How far the space after a comma may go: up to the next item, or to the end of the line when comments follow below. */
function endOfGap(text: string, comma: SourceToken | undefined, next: number): number {
  if (!comma) return next;
  const line = lineEnd(text, comma.offset);
  return line < next && text.slice(line, next).includes('#') ? line : next;
}

interface RunStart {
  readonly index: number;
  readonly removed: ReadonlySet<CollectionItem>;
  readonly lastKept: number;
}

/**
 * Removes the items from one to the next that stays, and gives the index of the last of them. From the first comment on, they go
 * with the comma behind them, where an item that stays has one.
 */
function removeRun(
  editor: DocumentEditor,
  items: readonly CollectionItem[],
  { index: start, removed, lastKept }: RunStart,
): number {
  const { text } = editor;
  const isInRun = (index: number): boolean => index < items.length && removed.has(items[index] as CollectionItem);
  let end = start;
  for (let first = start; isInRun(first); first = end) {
    end = first + 1;
    while (isInRun(end) && !commentBefore(text, items[end])) end++;
    const from = items[first] as CollectionItem;
    const comma = commaBefore(from);
    const next = items[end];
    const commaBehind = start < lastKept && next ? commaBefore(next) : undefined;
    const until = itemEnd(items[end - 1] as CollectionItem, text);
    if (!commentBefore(text, from)) editor.replace(comma?.offset ?? itemStart(from), until, '');
    else if (commaBehind) removeBehindComment(editor, itemStart(from), commaBehind.offset + 1);
    else {
      if (comma) editor.replace(comma.offset, comma.offset + 1, '');
      removeBehindComment(editor, itemStart(from), until);
    }
  }
  return end - 1;
}

function commentBefore(text: string, item: CollectionItem | undefined): boolean {
  const comma = item && commaBefore(item);
  return comma !== undefined && text.slice(comma.offset, itemStart(item as CollectionItem)).includes('#');
}

/** Removes what stands below a comment, with its line unless more follows there. */
function removeBehindComment(editor: DocumentEditor, start: number, end: number): void {
  const { text } = editor;
  const [space = ''] = /^[ \t]*/.exec(text.slice(end, lineEnd(text, end))) ?? [];
  const isLineOver = end + space.length === lineEnd(text, end);
  editor.replace(isLineOver ? text.slice(0, start).trimEnd().length : start, isLineOver ? end : end + space.length, '');
}
