/** Where the tokens of the `yaml` package's concrete syntax tree begin and end in the text. */
import type { CST } from 'yaml';
import { contentLength, lineBreakAt } from '../../source/lines.ts';

export type Token = CST.Token;
/** An entry of a map or an item of a list. */
export type CollectionItem = CST.CollectionItem;
export type SourceToken = CST.SourceToken;
export type FlowCollection = CST.FlowCollection;
export type BlockCollection = CST.BlockMap | CST.BlockSequence;

/** True for a map or list in block style. */
export function isBlockCollection(token: Token | null | undefined): token is BlockCollection {
  return token?.type === 'block-map' || token?.type === 'block-seq';
}

/** True for the mark of a list item. */
export function isDash(token: SourceToken): boolean {
  return token.type === 'seq-item-ind';
}

/** True for an indicator (`-`, `:`, `?`), an anchor or a tag: neither space, comment, line break nor comma. */
export function isMark(token: SourceToken): boolean {
  return token.type !== 'space' && token.type !== 'comment' && token.type !== 'newline' && token.type !== 'comma';
}

/** The comma before an item of a flow collection. */
export function commaBefore(item: CollectionItem): SourceToken | undefined {
  return item.start.find((token) => token.type === 'comma');
}

/** The last item of a flow collection; the space after a trailing comma is an item without content, and does not count. */
export function lastFlowItem(token: Token): CollectionItem | undefined {
  return token.type === 'flow-collection' ? token.items.findLast((item) => item.key || item.value || item.sep) : undefined;
}

/** Offset of the first character of an item: of its first mark, key or value. */
export function itemStart(item: CollectionItem): number {
  const first = item.start.length > 0 ? item.start.find(isMark) : undefined;
  return first?.offset ?? item.key?.offset ?? item.sep?.find(isMark)?.offset ?? item.value?.offset ?? 0;
}

/** The offset of the first key, dash or character of a value. */
export function valueStart(token: Token): number {
  const first = isBlockCollection(token) ? token.items[0] : undefined;
  return first ? itemStart(first) : token.offset;
}

/** End of an item of a collection: of its value, or of its last mark (`:`, `-`, an anchor, a tag) when it has none. */
export function itemEnd(item: CollectionItem, text: string): number {
  if (item.value) return contentEnd(item.value, text);
  const mark = item.sep && lastMarkEnd(item.sep);
  if (mark) return mark;
  if (item.key) return contentEnd(item.key, text);
  return lastMarkEnd(item.start) ?? 0;
}

function lastMarkEnd(tokens: readonly SourceToken[]): number | undefined {
  const last = tokens.findLast(isMark);
  return last && last.offset + last.source.length;
}

/** The end of the content of a value, without the comment, spaces and line break after it. */
export function contentEnd(token: Token, text: string): number {
  switch (token.type) {
    case 'block-scalar':
      return blockScalarEnd(token, text);
    case 'block-map':
    case 'block-seq': {
      const last = token.items.findLast(({ start, key, sep, value }) => value || key || sep?.some(isMark) || start.some(isMark));
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

/** As `contentEnd`, but a block scalar ends before its last line break, because what replaces the value has its own. */
export function replaceableEnd(token: Token, text: string): number {
  const end = contentEnd(token, text);
  return text[end - 1] === '\n' ? end - lineBreakAt(text, end - 1).length : end;
}

/** True when the last line of an item belongs to a block scalar. */
export function endsInBlockScalar(item: CollectionItem): boolean {
  let value = item.value;
  while (isBlockCollection(value)) value = value.items.findLast((inner) => inner.key || inner.value)?.value;
  return value?.type === 'block-scalar';
}

/**
 * A block scalar with keep chomping (`|+`) includes its blank lines and ends after them; any other ends after its last
 * line that is not blank, or that has spaces beyond its indentation, which are content.
 */
function blockScalarEnd(token: CST.BlockScalar, text: string): number {
  const header = token.props.find((prop): prop is SourceToken => prop.type === 'block-scalar-header');
  const lastProp = token.props.findLast((prop): prop is SourceToken => 'source' in prop);
  if (!lastProp) return token.offset;
  const start = lastProp.offset + lastProp.source.length;
  const end = start + token.source.length;
  if (header?.source.includes('+')) return end;
  const body = lastProp.offset + contentLength(text.slice(lastProp.offset, end));
  const headerEnd = header ? header.offset + header.source.length : token.offset;
  const indent = /^ */.exec(token.source.slice(token.source.search(/^ *[^ \t\r\n]/m)))?.[0].length ?? 0;
  return Math.max(headerEnd, body + endOfDeepSpaces(text.slice(body, end), indent));
}

/** The length of a blank text up to the end of its last line with more than `indent` spaces; the first line is incomplete. */
function endOfDeepSpaces(blank: string, indent: number): number {
  let offset = 0;
  let end = 0;
  for (const [index, line] of blank.split('\n').entries()) {
    const spaces = line.replace('\r', '').length;
    if (index > 0 && indent > 0 && spaces > indent) end = offset + spaces;
    offset += line.length + 1;
  }
  return end;
}
