/** Text edits in block collections: whole lines come and go. */
import type { Json, JsonObject } from '../../util/json.ts';
import { blockEntries, blockItems, inlineFlow, oneLine } from './render.ts';
import type { Sheet } from './sheet.ts';
import { collectionColumn } from './style.ts';
import {
  column,
  contentEnd,
  endsInBlockScalar,
  itemEnd,
  itemStart,
  lineBreakAt,
  lineEnd,
  lineStart,
  nextLine,
  startsLine,
  type CollectionItem,
  type Token,
} from '../read/tokens.ts';

/** Adds entries behind the last one of a block map. */
export function addToBlockMap(sheet: Sheet, map: Token, entries: JsonObject, chain: readonly Token[]): void {
  const at = collectionColumn(map, sheet.text);
  sheet.insertLines(endOfBlock(sheet.text, contentEnd(map, sheet.text), at), blockEntries(entries, at, sheet.blockStyle(chain)));
}

/** Adds items behind the last one of a block list. */
export function addToBlockSeq(sheet: Sheet, seq: Token, items: readonly Json[], chain: readonly Token[]): void {
  const at = collectionColumn(seq, sheet.text);
  const parent = chain.at(-2);
  const isIndented = parent?.type === 'block-map' && at > collectionColumn(parent, sheet.text);
  const last = seq.type === 'block-seq' ? seq.items.findLast((item) => item.value) : undefined;
  sheet.insertLines(
    endOfBlock(sheet.text, contentEnd(seq, sheet.text), isIndented ? at : at + 1),
    itemLines(sheet, items, at, last, chain),
  );
}

/** New items as lines, in flow style where the item beside them is a map in flow style. */
function itemLines(
  sheet: Sheet,
  items: readonly Json[],
  at: number,
  beside: CollectionItem | undefined,
  chain: readonly Token[],
): string[] {
  const style = sheet.blockStyle(chain);
  const model = beside?.value;
  if (model?.type !== 'flow-collection' || model.start.source !== '{') return blockItems(items, at, style);
  const flow = oneLine(sheet.flowStyle([model]));
  return items.map((item) => `${' '.repeat(at)}-${' '.repeat(style.dashWidth - 1)}${inlineFlow(item, flow)}`);
}

/**
 * The line behind a block that ends at `end`: comment lines that follow at once and are indented to `depth` or deeper still
 * belong to it, everything else belongs to what comes after.
 */
function endOfBlock(text: string, end: number, depth: number): number {
  let offset = text[end - 1] === '\n' ? end : nextLine(text, end);
  for (;;) {
    const indent = /^([ \t]*)#/.exec(text.slice(offset, nextLine(text, offset)))?.[1];
    if (indent === undefined || indent.length < depth) return offset;
    offset = nextLine(text, offset);
  }
}

/** Inserts items before one of a block list, above the comments attached to it. */
export function insertInBlockSeq(sheet: Sheet, before: CollectionItem, items: readonly Json[], chain: readonly Token[]): void {
  const { text } = sheet;
  const dash = itemStart(before);
  const at = column(text, dash);
  if (!startsLine(text, dash)) {
    const lines = itemLines(sheet, items, at, before, chain);
    const lineBreak = lineBreakAt(text, dash);
    sheet.insert(dash, `${lines.join(lineBreak).trimStart()}${lineBreak}${' '.repeat(at)}`);
    return;
  }
  let offset = lineStart(text, dash);
  for (;;) {
    const above = lineStart(text, offset - 1);
    const indent = /^([ \t]*)#/.exec(text.slice(above, offset))?.[1];
    if (indent?.length !== at) break;
    offset = above;
  }
  sheet.insertLines(offset, itemLines(sheet, items, at, before, chain));
}

/**
 * Removes entries or items with their lines; one that shares its first line with a dash makes room for the next that stays, or
 * leaves the dash alone where comments or new items (`isFilled`) come between the two.
 */
export function removeFromBlock(
  sheet: Sheet,
  items: readonly CollectionItem[],
  removed: ReadonlySet<CollectionItem>,
  isFilled: boolean,
): void {
  const { text } = sheet;
  const [first] = items;
  const next = items.find((item) => !removed.has(item));
  const isInline = first !== undefined && next !== undefined && removed.has(first) && !startsLine(text, itemStart(first));
  const inline = isInline ? items.slice(0, items.indexOf(next)) : [];
  if (isInline) {
    const end = itemEnd(first, text);
    const rest = text[end - 1] === '\n' ? end - lineBreakAt(text, end - 1).length : lineEnd(text, end);
    if (isFilled || /^[ \t]*#/m.test(text.slice(rest, itemStart(next)))) {
      inline.length = 1;
      sheet.replace(text.slice(0, itemStart(first)).trimEnd().length, rest, '');
    } else {
      sheet.replace(itemStart(first), itemStart(next), '');
    }
  }
  for (const [index, item] of items.entries()) {
    if (!removed.has(item) || index < inline.length) continue;
    const [start, end] = [lineStart(text, itemStart(item)), itemEnd(item, text)];
    const above = items[index - 1];
    const isKept = above !== undefined && itemEnd(above, text) === start;
    if (isKept) sheet.keepBreakBefore(start);
    const next = text[end - 1] === '\n' ? end : nextLine(text, end);
    sheet.replace(start, next, '');
    const blank = isKept ? behindBlankLines(text, next) : next;
    if (blank > next) sheet.replace(next, blank, '');
    if (above && endsInBlockScalar(above)) pullComments(sheet, next, column(text, itemStart(item)));
  }
}

/** Blank lines that follow would become part of a block scalar that keeps its own. */
function behindBlankLines(text: string, offset: number): number {
  return offset + (/^(?:[ \t]*\r?\n)*/.exec(text.slice(offset))?.[0].length ?? 0);
}

/** Comments that are indented deeper would become part of a block scalar above them: they go to the column of its entry. */
function pullComments(sheet: Sheet, from: number, at: number): void {
  for (let offset = from; ; offset = nextLine(sheet.text, offset)) {
    const [line, indent = ''] = /^([ \t]*)(?:#.*|(?=\r?\n))(?:\r?\n)?/.exec(sheet.text.slice(offset)) ?? [];
    if (!line) return;
    if (line.includes('#') && indent.length > at) sheet.replace(offset + at, offset + indent.length, '');
  }
}
