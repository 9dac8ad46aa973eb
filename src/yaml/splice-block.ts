/** Text edits in block collections: whole lines come and go. */
import type { Json, JsonObject } from '../json.ts';
import { blockEntries, blockItems, inlineFlow, oneLine } from './render.ts';
import type { Sheet } from './sheet.ts';
import { collectionColumn } from './style.ts';
import { column, contentEnd, itemEnd, itemStart, lineStart, nextLine, startsLine, type CollectionItem, type Token } from './tokens.ts';

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
  sheet.insertLines(endOfBlock(sheet.text, contentEnd(seq, sheet.text), isIndented ? at : at + 1), itemLines(sheet, items, at, last, chain));
}

/** New items as lines, in flow style where the item beside them is a map in flow style. */
function itemLines(sheet: Sheet, items: readonly Json[], at: number, beside: CollectionItem | undefined, chain: readonly Token[]): string[] {
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
    sheet.insert(dash, `${lines.join('\n').trimStart()}\n${' '.repeat(at)}`);
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

/** Removes entries or items with their lines; one that shares its first line with a dash makes room for the next that stays. */
export function removeFromBlock(sheet: Sheet, items: readonly CollectionItem[], removed: ReadonlySet<CollectionItem>): void {
  const { text } = sheet;
  const [first] = items;
  const isInline = first !== undefined && removed.has(first) && !startsLine(text, itemStart(first));
  const next = items.find((item) => !removed.has(item));
  const inline = isInline ? items.slice(0, next && items.indexOf(next)) : [];
  if (isInline && next) sheet.replace(itemStart(first), itemStart(next), '');
  for (const item of removed) {
    if (inline.includes(item)) continue;
    const end = itemEnd(item, text);
    sheet.replace(lineStart(text, itemStart(item)), text[end - 1] === '\n' ? end : nextLine(text, end), '');
  }
}
