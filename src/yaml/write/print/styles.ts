/** The styles in which new values are printed. */

export type Quote = '"' | "'";

/** Block style: columns are counted in spaces. */
export interface BlockStyle {
  /** From a key to the keys of the map below it. */
  readonly mapStep: number;
  /** From a key to the dashes of the list below it: 0 when they are in the column of the key. */
  readonly listStep: number;
  /** From a dash to the content of its item. */
  readonly dashWidth: number;
  readonly quote: Quote;
}

/** Flow style; `lines` is set when each item is on a line of its own. */
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
  /** One level of indentation; undefined when items are aligned with a first one next to the bracket, or begin with commas. */
  readonly unit: string | undefined;
  readonly lineBreak: string;
  /** The comma with its space, when lines begin with a comma. */
  readonly leadingComma?: string;
}

const usualFlow = (quote: Quote, quoteKeys: boolean): FlowStyle => ({ quoteKeys, colon: ': ', comma: ', ', pad: '', quote });
const USUAL = { '"': usualFlow('"', false), "'": usualFlow("'", false) };
const USUAL_IN_JSON = { '"': usualFlow('"', true), "'": usualFlow("'", true) };

/** The usual flow style: `{a: 1, b: [2, 3]}`. */
export function defaultFlow(quote: Quote, quoteKeys = false): FlowStyle {
  return quoteKeys ? USUAL_IN_JSON[quote] : USUAL[quote];
}

/** How a document in block style writes its small flow values: `[ALL]`, `{}`. */
export function flowInBlock(style: BlockStyle): FlowStyle {
  return USUAL[style.quote];
}

/** The same style with everything on one line. */
export function oneLine(style: FlowStyle): FlowStyle {
  if (!style.lines) return style;
  const { lines: _, ...inline } = style;
  return inline;
}

/** The style one level deeper; on one line where no level of indentation is known. */
export function oneDeeper(style: FlowStyle): FlowStyle {
  if (style.lines?.unit === undefined) return oneLine(style);
  return { ...style, lines: { ...style.lines, indent: style.lines.indent + style.lines.unit } };
}
