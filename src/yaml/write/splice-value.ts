/** Filling and replacing the value of one key. */
import { isArray, isObject, type Json } from '../../util/json.ts';
import { blockLines, flowOf, inlineFlow, plainFlow } from './render.ts';
import { doubleQuoted, scalarText } from './scalar.ts';
import type { Sheet } from './sheet.ts';
import { collectionColumn, valueStart } from './style.ts';
import {
  column,
  contentEnd,
  itemEnd,
  itemStart,
  lineBreakAt,
  lineEnd,
  lineStart,
  nextLine,
  replaceableEnd,
  withoutBlankEnd,
  type CollectionItem,
  type SourceToken,
  type Token,
} from '../read/tokens.ts';

/**
 * Gives the key of `item` a new value. `value` is the token of the old one, undefined when nothing stands behind the colon.
 * Comments on the line stay; a map or list in block context goes to lines of its own below the key.
 */
export function fillValue(
  sheet: Sheet,
  item: CollectionItem,
  value: Token | undefined,
  replacement: Json,
  chain: readonly Token[],
): void {
  const collection = chain.at(-1);
  dropTag(sheet, item.sep ?? [], replacement);
  const mark = markEnd(item);
  if (mark === undefined) {
    completePair(sheet, item, replacement, chain);
    return;
  }
  if (collection?.type === 'flow-collection') {
    const style = sheet.nested(sheet.flowStyle(chain));
    const text = inlineFlow(replacement, style);
    if (value) sheet.replace(value.offset, contentEnd(value, sheet.text), text);
    else sheet.insert(mark, ` ${text}`);
    return;
  }
  const style = sheet.blockStyle(chain);
  const keyColumn = column(sheet.text, itemStart(item));
  const lines = blockLines(replacement, keyColumn + (Array.isArray(replacement) ? style.listStep : style.mapStep), style);
  if (!value) {
    if (lines) sheet.insertBelow(mark, lines);
    else sheet.insert(mark, ` ${inlineFlow(replacement, flowOf(style))}`);
  } else if (!lines && (value.type === 'block-map' || value.type === 'block-seq')) {
    sheet.insert(mark, ` ${inlineFlow(replacement, flowOf(style))}`);
    removeLines(sheet, value);
  } else if (!lines) {
    replaceInline(sheet, value, replacement);
  } else if (lineStart(sheet.text, value.offset) !== lineStart(sheet.text, mark)) {
    const at = column(sheet.text, value.offset);
    const isDeep = at > keyColumn || Array.isArray(replacement);
    const printed = ((isDeep && blockLines(replacement, at, style)) || lines).join(lineBreakAt(sheet.text, value.offset));
    sheet.replace(lineStart(sheet.text, value.offset), replaceableEnd(value, sheet.text), printed);
  } else {
    const end = replaceableEnd(value, sheet.text);
    sheet.replace(mark, end, '');
    sheet.insertBelow(end, lines);
  }
}

/** The end of the colon behind a key, or of the anchor or tag behind the colon; undefined for `? key` and `{key}` alone. */
function markEnd(item: CollectionItem): number | undefined {
  const marks = (item.sep ?? []).filter((mark) => mark.type === 'map-value-ind' || mark.type === 'anchor' || mark.type === 'tag');
  const last = marks.at(-1);
  return last && last.offset + last.source.length;
}

const TAGGED: Readonly<Record<string, (value: Json) => boolean>> = {
  '!!str': (value) => typeof value === 'string',
  '!!int': (value) => Number.isInteger(value),
  '!!float': (value) => typeof value === 'number',
  '!!bool': (value) => typeof value === 'boolean',
  '!!null': (value) => value === null,
  '!!map': isObject,
  '!!seq': isArray,
};

/** Removes a tag that says something else than what the new value is. */
export function dropTag(sheet: Sheet, marks: readonly SourceToken[], value: Json): void {
  const tag = marks.find((mark) => mark.type === 'tag');
  if (!tag || TAGGED[tag.source]?.(value)) return;
  const space = /[ \t]/.test(sheet.text[tag.offset - 1] ?? '') ? -1 : 0;
  sheet.replace(tag.offset + space, tag.offset + tag.source.length + space + 1, '');
}

/** Writes a colon and a value behind a key that has neither. */
function completePair(sheet: Sheet, item: CollectionItem, value: Json, chain: readonly Token[]): void {
  const end = itemEnd(item, sheet.text);
  const collection = chain.at(-1);
  if (!collection || collection.type === 'flow-collection') {
    sheet.insert(end, `: ${inlineFlow(value, sheet.nested(sheet.flowStyle(chain)))}`);
    return;
  }
  const at = collectionColumn(collection, sheet.text);
  const style = sheet.blockStyle(chain);
  const lines = blockLines(value, at + (Array.isArray(value) ? style.listStep : style.mapStep), style);
  const colon = `${' '.repeat(at)}:`;
  sheet.insertBelow(end, lines ? [colon, ...lines] : [`${colon} ${inlineFlow(value, flowOf(style))}`]);
}

/** Gives a dash a value: behind it, or below where an anchor, a tag or a comment follows it. */
export function fillDash(sheet: Sheet, item: CollectionItem, value: Json, chain: readonly Token[]): void {
  const { text } = sheet;
  const style = sheet.blockStyle(chain);
  const end = itemEnd({ start: item.start }, text);
  const lines = blockLines(value, column(text, itemStart(item)) + style.dashWidth, style);
  const isBare = text[end - 1] === '-' && text.slice(end, lineEnd(text, end)).trim() === '';
  if (!lines) sheet.insert(end, ` ${inlineFlow(value, flowOf(style))}`);
  else if (isBare) sheet.insert(end, ' '.repeat(style.dashWidth - 1) + lines.join(lineBreakAt(text, end)).trimStart());
  else sheet.insertBelow(item.value ? replaceableEnd(item.value, text) : end, lines);
}

/** Removes a block collection that begins below its key or dash. */
export function removeLines(sheet: Sheet, value: Token): void {
  const end = contentEnd(value, sheet.text);
  sheet.replace(lineStart(sheet.text, valueStart(value)), sheet.text[end - 1] === '\n' ? end : nextLine(sheet.text, end), '');
}

/** Replaces a value by one that is written on one line, in the quotes of the old one. */
export function replaceInline(sheet: Sheet, value: Token, replacement: Json): void {
  const end = value.offset + withoutBlankEnd(sheet.text.slice(value.offset, contentEnd(value, sheet.text))).length;
  const isQuoted = value.type === 'double-quoted-scalar' && typeof replacement === 'string';
  const text = isQuoted
    ? doubleQuoted(replacement)
    : typeof replacement === 'string'
      ? scalarText(replacement, value.type === 'single-quoted-scalar' ? "'" : sheet.quote)
      : inlineFlow(replacement, plainFlow(sheet.quote, sheet.isFlowDocument));
  sheet.replace(value.offset, end, text);
}
