/** Text edits in flow collections: `{a: 1}`, `[a]`, JSON. */
import type { FlowStyle } from './render.ts';
import type { Sheet } from './sheet.ts';
import { flowEnd, lastFlowItem } from './style.ts';
import {
  contentEnd,
  itemEnd,
  itemStart,
  lineBreakAt,
  lineEnd,
  lineStart,
  type CollectionItem,
  type FlowCollection,
  type SourceToken,
  type Token,
} from '../read/tokens.ts';

/** Removes some entries or items and adds others, already printed; where the last one goes, they take its place. */
export function changeFlow(
  sheet: Sheet,
  collection: FlowCollection,
  removed: ReadonlySet<CollectionItem>,
  printed: readonly string[],
  style: FlowStyle,
): void {
  const last = lastFlowItem(collection);
  if (!last || !removed.has(last) || printed.length === 0) {
    removeFromFlow(sheet, collection.items, removed);
    if (printed.length > 0) addToFlow(sheet, collection, printed, style);
    return;
  }
  removeFromFlow(sheet, collection.items, new Set([...removed].filter((item) => item !== last)));
  const { lines, comma } = style;
  const start = lines && lines.lineBreak + lines.indent;
  const separator = start === undefined ? comma : lines?.leadingComma === undefined ? `,${start}` : start + lines.leadingComma;
  sheet.replace(itemStart(last), itemEnd(last, sheet.text), printed.join(separator));
}

/**
 * Adds entries or items, already printed, behind the last one: on the same line, or each on a line of its own where the
 * last one stands on its own. A trailing comma stays a trailing comma, a comment stays behind what it describes.
 */
function addToFlow(sheet: Sheet, collection: Token, printed: readonly string[], style: FlowStyle): void {
  const { end, hasComma, rest } = flowEnd(collection, sheet.text);
  // Go takes `key:,` for one text, so a key without a value keeps its colon apart from the comma.
  const comma = sheet.text[end - 1] === ':' ? ' ,' : ',';
  if (!lastFlowItem(collection)) {
    fillFlow(sheet, collection, printed, style);
  } else if (style.lines?.leadingComma !== undefined) {
    const { lineBreak, indent, leadingComma } = style.lines;
    sheet.insert(end, printed.map((item) => lineBreak + indent + leadingComma + item).join(''));
  } else if (style.lines) {
    const start = style.lines.lineBreak + style.lines.indent;
    if (!hasComma) sheet.insert(end, comma);
    sheet.insert(rest, start + printed.join(`,${start}`) + (hasComma ? ',' : ''));
  } else {
    const space = style.comma.slice(1);
    sheet.insert(end, (hasComma ? '' : comma) + space + printed.join(style.comma) + (hasComma ? ',' : ''));
  }
}

/** Fills a collection that holds nothing but space and comments, below its last comment. */
function fillFlow(sheet: Sheet, collection: Token, printed: readonly string[], style: FlowStyle): void {
  const close = contentEnd(collection, sheet.text) - 1;
  const line = lineStart(sheet.text, close);
  if (line <= collection.offset) {
    sheet.insert(collection.offset + 1, printed.join(style.comma));
    return;
  }
  const comment = lineStart(sheet.text, line - 1);
  const indent =
    comment > collection.offset ? (/^[ \t]*/.exec(sheet.text.slice(comment))?.[0] ?? '') : `${sheet.text.slice(line, close)}  `;
  sheet.insertLines(line, [indent + printed.join(`,${lineBreakAt(sheet.text, close)}${indent}`)]);
}

/** Inserts printed items before one of a flow list. */
export function insertInFlowSeq(sheet: Sheet, before: CollectionItem, printed: readonly string[], style: FlowStyle): void {
  const separator = style.lines ? `,${style.lines.lineBreak}${style.lines.indent}` : style.comma;
  sheet.insert(itemStart(before), printed.map((item) => item + separator).join(''));
}

/** Removes entries or items, each with one of its commas. Comments that stand between it and its neighbours stay. */
function removeFromFlow(sheet: Sheet, items: readonly CollectionItem[], removed: ReadonlySet<CollectionItem>): void {
  const { text } = sheet;
  const firstKept = items.findIndex((item) => !removed.has(item));
  for (const [index, item] of items.entries()) {
    if (!removed.has(item)) continue;
    const next = items[index + 1];
    const [comma, nextComma] = [commaOf(item), next && commaOf(next)];
    const [start, end] = [itemStart(item), itemEnd(item, text)];
    if (index < firstKept || !comma) {
      const isFollowed = next && (next.key || next.value);
      sheet.replace(start, isFollowed ? endOfGap(text, nextComma, itemStart(next)) : end, '');
    } else if (!text.slice(comma.offset, start).includes('#')) {
      sheet.replace(comma.offset, end, '');
    } else {
      const above = text.slice(0, start).trimEnd().length;
      const takesNext = next !== undefined && nextComma !== undefined && !removed.has(next);
      if (!takesNext) sheet.replace(comma.offset, comma.offset + 1, '');
      sheet.replace(above, takesNext ? nextComma.offset + 1 : end, '');
    }
  }
}

function commaOf(item: CollectionItem): SourceToken | undefined {
  return item.start.find((mark) => mark.type === 'comma');
}

/** How far the space behind a comma may go: up to the next item, or to the end of the line when comments stand below. */
function endOfGap(text: string, comma: SourceToken | undefined, next: number): number {
  if (!comma) return next;
  const line = lineEnd(text, comma.offset);
  return line < next && text.slice(line, next).includes('#') ? line : next;
}
