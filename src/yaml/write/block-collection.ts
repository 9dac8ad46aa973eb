/** Text edits in block collections: whole lines are added and removed. */
import type { Json, JsonObject } from '../../util/json.ts';
import {
  contentEnd,
  endsInBlockScalar,
  itemEnd,
  itemStart,
  valueStart,
  type CollectionItem,
  type Token,
} from '../read/tree/tokens.ts';
import { columnOf, lineBreakAt, lineEnd, lineStart, nextLine, startsLine } from '../source/lines.ts';
import type { Chain, DocumentEditor } from './document-editor.ts';
import { blockEntries, blockItems } from './print/block.ts';
import { flowText } from './print/flow.ts';
import { oneLine } from './print/styles.ts';
import { collectionColumn } from './style/block-style.ts';

/** Adds entries after the last one of a block map. */
export function addToBlockMap(editor: DocumentEditor, map: Token, entries: JsonObject, chain: Chain): void {
  const column = collectionColumn(map, editor.text);
  const offset = endOfBlock(editor.text, contentEnd(map, editor.text), column);
  editor.insertLines(offset, blockEntries(entries, column, editor.blockStyle(chain)));
}

/** Adds items after the last one of a block list. */
export function addToBlockSeq(editor: DocumentEditor, seq: Token, items: readonly Json[], chain: Chain): void {
  const column = collectionColumn(seq, editor.text);
  const parent = chain.at(-2);
  const isIndented = parent?.type === 'block-map' && column > collectionColumn(parent, editor.text);
  const last = seq.type === 'block-seq' ? seq.items.findLast((item) => item.value) : undefined;
  const offset = endOfBlock(editor.text, contentEnd(seq, editor.text), isIndented ? column : column + 1);
  editor.insertLines(offset, itemLines(editor, items, column, last, chain));
}

/** New items as lines, in flow style where their neighbour is a map in flow style. */
function itemLines(
  editor: DocumentEditor,
  items: readonly Json[],
  column: number,
  neighbour: CollectionItem | undefined,
  chain: Chain,
): string[] {
  const style = editor.blockStyle(chain);
  const value = neighbour?.value;
  if (value?.type !== 'flow-collection' || value.start.source !== '{') return blockItems(items, column, style);
  const flow = oneLine(editor.flowStyle([value]));
  return items.map((item) => `${' '.repeat(column)}-${' '.repeat(style.dashWidth - 1)}${flowText(item, flow)}`);
}

/**
 * The line after a block that ends at `end`: comment lines that follow immediately and are indented to `column` or deeper
 * belong to it, everything else belongs to what comes after.
 */
function endOfBlock(text: string, end: number, column: number): number {
  let offset = lineAfter(text, end);
  for (;;) {
    const indent = /^([ \t]*)#/.exec(text.slice(offset, nextLine(text, offset)))?.[1];
    if (indent === undefined || indent.length < column) return offset;
    offset = nextLine(text, offset);
  }
}

/** The first line after content that ends at `end`; a block scalar that keeps its line breaks ends at the start of a line. */
function lineAfter(text: string, end: number): number {
  return text[end - 1] === '\n' ? end : nextLine(text, end);
}

/** Inserts items before one of a block list, above the comments attached to it. */
export function insertInBlockSeq(editor: DocumentEditor, before: CollectionItem, items: readonly Json[], chain: Chain): void {
  const { text } = editor;
  const dash = itemStart(before);
  const column = columnOf(text, dash);
  const lines = itemLines(editor, items, column, before, chain);
  if (startsLine(text, dash)) {
    editor.insertLines(startOfComments(text, lineStart(text, dash), column), lines);
    return;
  }
  const lineBreak = lineBreakAt(text, dash);
  editor.insert(dash, `${lines.join(lineBreak).trimStart()}${lineBreak}${' '.repeat(column)}`);
}

/** The first of the comment lines directly above a line that are indented to `column`. */
function startOfComments(text: string, line: number, column: number): number {
  let offset = line;
  for (;;) {
    const above = lineStart(text, offset - 1);
    const indent = /^([ \t]*)#/.exec(text.slice(above, offset))?.[1];
    if (indent?.length !== column) return offset;
    offset = above;
  }
}

/**
 * Removes entries or items with their lines. `isFilled` is true when new items come after the first removed one.
 */
export function removeFromBlock(
  editor: DocumentEditor,
  items: readonly CollectionItem[],
  removed: ReadonlySet<CollectionItem>,
  isFilled: boolean,
): void {
  const done = removeAfterDash(editor, items, removed, isFilled);
  for (const [index, item] of items.entries()) {
    if (index >= done && removed.has(item)) removeItemLines(editor, item, items[index - 1]);
  }
}

/**
 * Removes a first entry or item that is on the line of a dash, with those up to the next that stays, which takes its place.
 * Where comments or new items come in between, only the first is removed and the dash stays alone. Gives how many are removed.
 */
function removeAfterDash(
  editor: DocumentEditor,
  items: readonly CollectionItem[],
  removed: ReadonlySet<CollectionItem>,
  isFilled: boolean,
): number {
  const { text } = editor;
  const kept = items.findIndex((item) => !removed.has(item));
  const [first, next] = [items[0], items[kept]];
  if (!first || !next || kept === 0 || startsLine(text, itemStart(first))) return 0;
  const end = itemEnd(first, text);
  const lineBreak = text[end - 1] === '\n' ? end - lineBreakAt(text, end - 1).length : lineEnd(text, end);
  const hasComment = /^[ \t]*#/m.test(text.slice(lineBreak, itemStart(next)));
  if (!isFilled && !hasComment) {
    editor.replace(itemStart(first), itemStart(next), '');
    return kept;
  }
  editor.replace(text.slice(0, itemStart(first)).trimEnd().length, lineBreak, '');
  return 1;
}

/** Removes the lines of an entry or item; `above` is the one before it. */
function removeItemLines(editor: DocumentEditor, item: CollectionItem, above: CollectionItem | undefined): void {
  const { text } = editor;
  const start = lineStart(text, itemStart(item));
  const end = lineAfter(text, itemEnd(item, text));
  const isBelowKeptBreaks = above !== undefined && itemEnd(above, text) === start;
  if (isBelowKeptBreaks) editor.keepBreakBefore(start);
  editor.replace(start, end, '');
  if (isBelowKeptBreaks) removeBlankLines(editor, end);
  if (above && endsInBlockScalar(above)) outdentComments(editor, end, columnOf(text, itemStart(item)));
}

/** Removes blank lines that would become part of a block scalar above them that keeps its line breaks. */
function removeBlankLines(editor: DocumentEditor, start: number): void {
  const blank = /^(?:[ \t]*\r?\n)*/.exec(editor.text.slice(start))?.[0] ?? '';
  if (blank !== '') editor.replace(start, start + blank.length, '');
}

/** Moves deeper comments to `column`, because they would become part of a block scalar above them. */
function outdentComments(editor: DocumentEditor, from: number, column: number): void {
  for (let offset = from; ; offset = nextLine(editor.text, offset)) {
    const [line, indent = ''] = /^([ \t]*)(?:#.*|(?=\r?\n))(?:\r?\n)?/.exec(editor.text.slice(offset)) ?? [];
    if (!line) return;
    if (line.includes('#') && indent.length > column) editor.replace(offset + column, offset + indent.length, '');
  }
}

/** Removes the lines of a block collection that begins below its key or dash. */
export function removeBlockValue(editor: DocumentEditor, value: Token): void {
  const start = lineStart(editor.text, valueStart(value));
  editor.replace(start, lineAfter(editor.text, contentEnd(value, editor.text)), '');
}
