/** Prints new values in flow style. */
import { isArray, isObject, type Json, type JsonObject } from '../../../util/json.ts';
import { doubleQuoted, scalarText } from './scalar.ts';
import { oneDeeper, oneLine, type FlowStyle } from './styles.ts';

/** Any value as flow text: on one line, or over several where the style says so (lists of scalars stay on one line). */
export function flowText(value: Json, style: FlowStyle): string {
  if (typeof value === 'string') return style.quoteKeys ? doubleQuoted(value) : scalarText(value, style.quote);
  if (isObject(value)) return bracketed('{', '}', flowEntries(value, oneDeeper(style)), style);
  if (!isArray(value)) return scalarText(value, style.quote);
  const isDeep = value.some((item) => isObject(item) || isArray(item));
  const inner = isDeep ? oneDeeper(style) : oneLine(style);
  const items = value.map((item) => flowText(item, inner));
  return bracketed('[', ']', items, isDeep ? style : oneLine(style));
}

/** Each entry of a map as flow text, `key: value`. */
export function flowEntries(object: JsonObject, style: FlowStyle): string[] {
  return Object.entries(object).map(([key, value]) => {
    const name = style.quoteKeys ? doubleQuoted(key) : scalarText(key, style.quote);
    return `${name}${style.colon}${flowText(value, style)}`;
  });
}

function bracketed(open: string, close: string, items: readonly string[], style: FlowStyle): string {
  if (items.length === 0) return `${open}${close}`;
  if (style.lines?.unit === undefined) {
    const pad = open === '{' ? style.pad : '';
    return `${open}${pad}${items.join(style.comma)}${pad}${close}`;
  }
  const { indent, unit, lineBreak } = style.lines;
  return `${open}${lineBreak}${indent}${unit}${items.join(`,${lineBreak}${indent}${unit}`)}${lineBreak}${indent}${close}`;
}
