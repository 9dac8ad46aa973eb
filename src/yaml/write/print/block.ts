/** Prints new values in block style. Only values that kharden adds are printed, never a value of the author. */
import { isArray, isObject, type Json, type JsonObject } from '../../../util/json.ts';
import { flowText } from './flow.ts';
import { scalarText } from './scalar.ts';
import { flowInBlock, type BlockStyle } from './styles.ts';

const LONGEST_INLINE_LIST = 100;

/** The entries of a map as lines at `column`. */
export function blockEntries(object: JsonObject, column: number, style: BlockStyle): string[] {
  const lines: string[] = [];
  addEntries(lines, object, column, style);
  return lines;
}

/** The items of a list as lines with their dashes at `column`. */
export function blockItems(items: readonly Json[], column: number, style: BlockStyle): string[] {
  const lines: string[] = [];
  addItems(lines, items, column, style);
  return lines;
}

/** The value of a key at `keyColumn` as lines below it, or undefined for what is better written inline. */
export function blockValue(value: Json, keyColumn: number, style: BlockStyle): string[] | undefined {
  return blockLines(value, belowKey(value, keyColumn, style), style);
}

/** A map or list as lines at `column`; undefined for what is better inline: scalars, empty values, short lists of scalars. */
export function blockLines(value: Json, column: number, style: BlockStyle): string[] | undefined {
  const lines: string[] = [];
  return addLines(lines, value, column, style) ? lines : undefined;
}

function belowKey(value: Json, keyColumn: number, style: BlockStyle): number {
  return keyColumn + (isArray(value) ? style.listStep : style.mapStep);
}

/** Adds a value as lines; false for what is better inline. */
function addLines(lines: string[], value: Json, column: number, style: BlockStyle): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (isArray(value)) {
    if (fitsInline(value, style)) return false;
    addItems(lines, value, column, style);
    return true;
  }
  if (Object.keys(value).length === 0) return false;
  addEntries(lines, value, column, style);
  return true;
}

function addEntries(lines: string[], object: JsonObject, column: number, style: BlockStyle): void {
  const margin = ' '.repeat(column);
  for (const key of Object.keys(object)) {
    const value = object[key] as Json;
    const start = `${margin}${scalarText(key, style.quote)}:`;
    const index = lines.push(start) - 1;
    if (!addLines(lines, value, belowKey(value, column, style), style))
      lines[index] = `${start} ${flowText(value, flowInBlock(style))}`;
  }
}

function addItems(lines: string[], items: readonly Json[], column: number, style: BlockStyle): void {
  const dash = `${' '.repeat(column)}-${' '.repeat(style.dashWidth - 1)}`;
  for (const item of items) {
    const index = lines.length;
    if (!addLines(lines, item, column + style.dashWidth, style)) lines.push(flowText(item, flowInBlock(style)));
    lines[index] = dash + (lines[index] ?? '').trimStart();
  }
}

function fitsInline(items: readonly Json[], style: BlockStyle): boolean {
  const areScalars = items.every((item) => !isObject(item) && !isArray(item));
  return areScalars && flowText(items, flowInBlock(style)).length <= LONGEST_INLINE_LIST;
}
