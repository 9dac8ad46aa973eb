/** Where things stand in the source: ends, lines and columns of the concrete syntax tree's tokens. */
import type { CST } from 'yaml';

export type Token = CST.Token;
export type CollectionItem = CST.CollectionItem;
export type SourceToken = CST.SourceToken;
export type FlowCollection = CST.FlowCollection;

/** Offset just behind the last character of a value that is content: no trailing comment, space or line break. */
export function contentEnd(token: Token, text: string): number {
  switch (token.type) {
    case 'block-scalar':
      return blockScalarEnd(token, text);
    case 'block-map':
    case 'block-seq': {
      const last = token.items.findLast((item) => significant(item).length > 0 || item.key || item.value);
      return last ? itemEnd(last, text) : token.offset;
    }
    case 'flow-collection': {
      const close = token.end[0] ?? token.start;
      return close.offset + close.source.length;
    }
    case 'alias':
    case 'scalar':
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
      return token.offset + token.source.length;
    default:
      return token.offset;
  }
}

/** The same without the last line break of a block scalar that keeps it: what replaces the value stands on lines of its own. */
export function replaceableEnd(token: Token, text: string): number {
  const end = contentEnd(token, text);
  return text[end - 1] === '\n' ? end - lineBreakAt(text, end - 1).length : end;
}

/** End of an item of a collection: of its value, or of the last mark (`:`, `-`, an anchor, a tag) when it has none. */
export function itemEnd(item: CollectionItem, text: string): number {
  if (item.value) return contentEnd(item.value, text);
  const mark = item.sep && lastMark(item.sep);
  if (mark) return mark;
  if (item.key) return contentEnd(item.key, text);
  return lastMark(item.start) ?? 0;
}

function lastMark(tokens: readonly SourceToken[]): number | undefined {
  const last = tokens.findLast(isSignificant);
  return last && last.offset + last.source.length;
}

/** True for what is neither space, comment, line break nor comma. */
export function isSignificant(token: SourceToken): boolean {
  return token.type !== 'space' && token.type !== 'comment' && token.type !== 'newline' && token.type !== 'comma';
}

/** True for the mark of a list item. */
export function isDash(token: SourceToken): boolean {
  return token.type === 'seq-item-ind';
}

function significant(item: CollectionItem): SourceToken[] {
  return [...item.start, ...(item.sep ?? [])].filter(isSignificant);
}

/**
 * A block scalar with keep chomping (`|+`) owns its blank lines and ends behind them; any other ends behind its last
 * line that is not blank, or that holds spaces beyond its indentation, which are text.
 */
function blockScalarEnd(token: CST.BlockScalar, text: string): number {
  const header = token.props.find((prop): prop is SourceToken => prop.type === 'block-scalar-header');
  const lastProp = token.props.findLast((prop): prop is SourceToken => 'source' in prop);
  if (!lastProp) return token.offset;
  const end = lastProp.offset + lastProp.source.length + token.source.length;
  if (header?.source.includes('+')) return end;
  const body = lastProp.offset + withoutBlankEnd(text.slice(lastProp.offset, end)).length;
  const headerEnd = header ? header.offset + header.source.length : token.offset;
  const indent = /^ */.exec(token.source.slice(token.source.search(/^ *[^ \t\r\n]/m)))?.[0].length ?? 0;
  return Math.max(headerEnd, body + endOfSpaces(text.slice(body, end), indent));
}

/** The length of a blank text up to the end of its last line with more than `indent` spaces; the first line is the rest of one. */
function endOfSpaces(blank: string, indent: number): number {
  let offset = 0;
  let end = 0;
  for (const [index, line] of blank.split('\n').entries()) {
    const spaces = line.replace('\r', '').length;
    if (index > 0 && indent > 0 && spaces > indent) end = offset + spaces;
    offset += line.length + 1;
  }
  return end;
}

/** True when the last line of an item belongs to a block scalar. */
export function endsInBlockScalar(item: CollectionItem): boolean {
  let value = item.value;
  while (value?.type === 'block-map' || value?.type === 'block-seq')
    value = value.items.findLast((inner) => inner.key || inner.value)?.value;
  return value?.type === 'block-scalar';
}

/** Offset of the first character of an item that is neither space, comment nor line break. */
export function itemStart(item: CollectionItem): number {
  return (
    item.start.find(isSignificant)?.offset ?? item.key?.offset ?? item.sep?.find(isSignificant)?.offset ?? item.value?.offset ?? 0
  );
}

/** Offset of the first character of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset of the line break (`\r\n` or `\n`) that ends the line holding `offset`, or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline === -1) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** Offset of the first character of the next line, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}

/** Column of an offset, counted in code units from 0; a byte order mark takes no column. */
export function column(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return offset - start - (start === 0 && text.startsWith('\uFEFF') ? 1 : 0);
}

/** The line break of the line that holds `offset`, else of the line before it, else `\n`. */
export function lineBreakAt(text: string, offset: number): '\n' | '\r\n' {
  const newline = text.indexOf('\n', offset);
  const at = newline === -1 ? text.lastIndexOf('\n', offset - 1) : newline;
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}

/** True when only spaces and tabs stand before `offset` on its line. */
export function startsLine(text: string, offset: number): boolean {
  return /^[\uFEFF \t]*$/.test(text.slice(lineStart(text, offset), offset));
}

/** A text without the blanks and line breaks of YAML at its end; other spaces belong to it. */
export function withoutBlankEnd(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t\r\n'.includes(text[end - 1] as string)) end--;
  return text.slice(0, end);
}
