/** Prints new values in block style. Only values that kharden adds are printed, never a value of the author. */
import { isArray, isObject, type Json, type JsonObject } from '../../../util/json.ts';
import { flowText } from './flow.ts';
import { scalarText } from './scalar.ts';
import { flowInBlock, type BlockStyle } from './styles.ts';

const LONGEST_INLINE_LIST = 100;

/** The entries of a map as lines at `column`. */
export function blockEntries(object: JsonObject, column: number, style: BlockStyle): string[] {
  const margin = ' '.repeat(column);
  const lines: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    const start = `${margin}${scalarText(key, style.quote)}:`;
    const inner = blockValue(value, column, style);
    lines.push(inner ? start : `${start} ${flowText(value, flowInBlock(style))}`);
    for (const line of inner ?? []) lines.push(line);
  }
  return lines;
}

/** The items of a list as lines with their dashes at `column`. */
export function blockItems(items: readonly Json[], column: number, style: BlockStyle): string[] {
  return items.flatMap((item) => {
    const inner = blockLines(item, column + style.dashWidth, style) ?? [flowText(item, flowInBlock(style))];
    const [first = '', ...rest] = inner;
    return [`${' '.repeat(column)}-${' '.repeat(style.dashWidth - 1)}${first.trimStart()}`, ...rest];
  });
}

/** The value of a key at `keyColumn` as lines below it, or undefined for what is better written inline. */
export function blockValue(value: Json, keyColumn: number, style: BlockStyle): string[] | undefined {
  return blockLines(value, keyColumn + (isArray(value) ? style.listStep : style.mapStep), style);
}

/** A map or list as lines at `column`; undefined for what is better inline: scalars, empty values, short lists of scalars. */
export function blockLines(value: Json, column: number, style: BlockStyle): string[] | undefined {
  if (isArray(value)) return fitsInline(value, style) ? undefined : blockItems(value, column, style);
  return isObject(value) && Object.keys(value).length > 0 ? blockEntries(value, column, style) : undefined;
}

function fitsInline(items: readonly Json[], style: BlockStyle): boolean {
  const areScalars = items.every((item) => !isObject(item) && !isArray(item));
  return areScalars && flowText(items, flowInBlock(style)).length <= LONGEST_INLINE_LIST;
}
