/** Prints new values in a given style. Only values that kharden adds come through here, never a value of the author. */
import { isArray, isObject, type Json, type JsonObject } from '../../util/json.ts';
import { doubleQuoted, scalarText, type Quote } from './scalar.ts';

/** Block style: columns are counted in spaces. */
export interface BlockStyle {
  /** From a key to the keys of the map below it. */
  readonly mapStep: number;
  /** From a key to the dashes of the list below it: 0 for a flush list. */
  readonly listStep: number;
  /** From a dash to the content of its item. */
  readonly dashWidth: number;
  readonly quote: Quote;
}

/** Flow style; `lines` is there when each item stands on a line of its own. */
export interface FlowStyle {
  readonly quoteKeys: boolean;
  readonly colon: ': ' | ':';
  readonly comma: ', ' | ',';
  /** Inside of braces: `{ a: 1 }`. */
  readonly pad: ' ' | '';
  readonly quote: Quote;
  readonly lines?: FlowLines;
}

export interface FlowLines {
  readonly indent: string;
  /** Undefined when the items are aligned with the first one, which stands beside the bracket: no step is known then. */
  readonly unit: string | undefined;
  readonly lineBreak: string;
  /** The comma with its space when it stands before the item, at the start of the line. */
  readonly leadingComma?: string;
}

const LONGEST_INLINE_LIST = 100;

/** The entries of a map as lines at `column`. */
export function blockEntries(object: JsonObject, column: number, style: BlockStyle): string[] {
  const margin = ' '.repeat(column);
  const lines: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    const start = `${margin}${scalarText(key, style.quote)}:`;
    const inner = blockLines(value, column + (isArray(value) ? style.listStep : style.mapStep), style);
    lines.push(inner ? start : `${start} ${inlineFlow(value, flowOf(style))}`);
    for (const line of inner ?? []) lines.push(line);
  }
  return lines;
}

/** The items of a list as lines with their dashes at `column`. */
export function blockItems(items: readonly Json[], column: number, style: BlockStyle): string[] {
  return items.flatMap((item) => {
    const inner = blockLines(item, column + style.dashWidth, style) ?? [inlineFlow(item, flowOf(style))];
    const [first = '', ...rest] = inner;
    return [`${' '.repeat(column)}-${' '.repeat(style.dashWidth - 1)}${first.trimStart()}`, ...rest];
  });
}

/** A map or list as lines, or undefined for what is better written inline: scalars, empty values, short lists of scalars. */
export function blockLines(value: Json, column: number, style: BlockStyle): string[] | undefined {
  if (isArray(value)) return fitsInline(value, style) ? undefined : blockItems(value, column, style);
  return isObject(value) && Object.keys(value).length > 0 ? blockEntries(value, column, style) : undefined;
}

function fitsInline(items: readonly Json[], style: BlockStyle): boolean {
  return (
    items.every((item) => !isObject(item) && !isArray(item)) && inlineFlow(items, flowOf(style)).length <= LONGEST_INLINE_LIST
  );
}

/** How a block document writes its small flow values: `[ALL]`, `{}`. */
export function flowOf(style: BlockStyle): FlowStyle {
  return plainFlow(style.quote);
}

/** Flow style where nothing shows another. */
export function plainFlow(quote: Quote, quoteKeys = false): FlowStyle {
  return { quoteKeys, colon: ': ', comma: ', ', pad: '', quote };
}

/** The same style with everything on one line. */
export function oneLine({ lines: _, ...style }: FlowStyle): FlowStyle {
  return style;
}

/** The style one level deeper, undefined lines where no step is known. */
export function oneDeeper(style: FlowStyle): FlowStyle {
  if (style.lines?.unit === undefined) return oneLine(style);
  return { ...style, lines: { ...style.lines, indent: style.lines.indent + style.lines.unit } };
}

/** Any value as flow text: on one line, or over several where the style says so (lists of scalars stay on one). */
export function inlineFlow(value: Json, style: FlowStyle): string {
  if (typeof value === 'string') return style.quoteKeys ? doubleQuoted(value) : scalarText(value, style.quote);
  if (isObject(value)) return bracket('{', '}', flowEntries(value, oneDeeper(style)), style);
  if (!isArray(value)) return scalarText(value, style.quote);
  if (value.some((item) => isObject(item) || isArray(item))) {
    return bracket(
      '[',
      ']',
      value.map((item) => inlineFlow(item, oneDeeper(style))),
      style,
    );
  }
  return bracket(
    '[',
    ']',
    value.map((item) => inlineFlow(item, oneLine(style))),
    oneLine(style),
  );
}

/** Each entry of a map as flow text, `key: value`. */
export function flowEntries(object: JsonObject, style: FlowStyle): string[] {
  return Object.entries(object).map(([key, value]) => {
    const name = style.quoteKeys ? doubleQuoted(key) : scalarText(key, style.quote);
    return `${name}${style.colon}${inlineFlow(value, style)}`;
  });
}

function bracket(open: string, close: string, items: readonly string[], style: FlowStyle): string {
  if (items.length === 0) return `${open}${close}`;
  if (style.lines?.unit === undefined) {
    const pad = open === '{' ? style.pad : '';
    return `${open}${pad}${items.join(style.comma)}${pad}${close}`;
  }
  const { indent, unit, lineBreak } = style.lines;
  return `${open}${lineBreak}${indent}${unit}${items.join(`,${lineBreak}${indent}${unit}`)}${lineBreak}${indent}${close}`;
}
