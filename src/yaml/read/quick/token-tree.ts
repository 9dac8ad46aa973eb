/**
 * The concrete syntax tree of a document in simple block style while it grows. The `yaml` package's parser decides which list a
 * space, comment or line break belongs to; a document that would need more than this is given up.
 */
import type { CST } from 'yaml';
import { isDash, isMark, type SourceToken, type Token } from '../tree/tokens.ts';
import { tokensOf, type ValueToken } from './value-tokens.ts';

/** An item of a block map or list, as `CST.CollectionItem`. */
interface Item {
  start: SourceToken[];
  key?: Token;
  sep?: SourceToken[];
  value?: Token;
}

interface Block {
  type: 'block-map' | 'block-seq';
  offset: number;
  indent: number;
  items: Item[];
}

/** Deeper documents are left to the package, which reports where they go too far. */
const DEEPEST = 200;

export class TokenTree {
  /** The comments and line breaks before the document. */
  readonly prelude: SourceToken[] = [];
  readonly document: CST.Document = { type: 'document', offset: -1, start: [] };
  readonly #open: Block[] = [];

  /** The innermost collection that is open. */
  #top: Block | undefined;

  get isBegun(): boolean {
    return this.document.offset !== -1;
  }

  begin(offset: number): void {
    if (!this.isBegun) this.document.offset = offset;
  }

  /** A space, comment or line break that does not follow a scalar or flow collection on its line. */
  blank(token: SourceToken): void {
    const top = this.#top;
    if (!top) {
      (this.isBegun ? this.document.start : this.prelude).push(token);
      return;
    }
    const item = lastOf(top.items);
    if (item.value) {
      const end = token.type === 'newline' ? endOf(item.value) : undefined;
      if (end && lastOf(end).type === 'comment') end.push(token);
      else top.items.push({ start: [token] });
    } else if (!this.#addDeepComment(top, token)) {
      (item.sep ?? item.start).push(token);
    }
  }

  /** A comment that is indented deeper than the entries belongs to the value before it, with the blank lines between them. */
  #addDeepComment(top: Block, token: SourceToken): boolean {
    const { sep, start } = lastOf(top.items);
    if (sep || token.type !== 'comment' || token.indent <= top.indent || !start.every(isSpace)) return false;
    const end = endOf(top.items[top.items.length - 2]?.value);
    if (!end) return false;
    for (const blank of start) end.push(blank);
    end.push(token);
    top.items.pop();
    return true;
  }

  /** The dash of a list item with the space behind it; false where none is possible. */
  dash(token: SourceToken, space: SourceToken | undefined): boolean {
    const { indent, offset } = token;
    while (this.#top && indent < this.#top.indent) this.#close();
    const top = this.#top;
    if (top?.type !== 'block-seq' || top.indent !== indent)
      return this.#begin({ type: 'block-seq', offset, indent, items: [{ start: tokensOf(token, space) }] });
    const item = lastOf(top.items);
    if (item.value || item.start.some(isDash)) top.items.push({ start: tokensOf(token, space) });
    else item.start = [...item.start, ...tokensOf(token, space)];
    return true;
  }

  /** A key with its colon and the space behind it; false where none is possible. */
  key(key: CST.FlowScalar, sep: SourceToken[]): boolean {
    const { indent, offset } = key;
    while (this.#top && (indent < this.#top.indent || (indent === this.#top.indent && this.#top.type === 'block-seq')))
      this.#close();
    const top = this.#top;
    if (top?.type !== 'block-map' || top.indent !== indent)
      return this.#begin({ type: 'block-map', offset, indent, items: [{ start: [], key, sep }] });
    const item = lastOf(top.items);
    if (item.sep) {
      top.items.push({ start: item.value ? [] : takeNextKeyStart(item.sep, indent), key, sep });
    } else {
      item.key = key;
      item.sep = sep;
    }
    return true;
  }

  /** The value of the key or dash before it on the same line. */
  value(token: ValueToken): void {
    const top = this.#top;
    if (top) lastOf(top.items).value = token;
  }

  /** The tokens of the whole text, as the package's parser gives them; undefined when there is no document. */
  tokens(): Token[] | undefined {
    while (this.#top) this.#close();
    return this.document.value ? [...this.prelude, this.document] : undefined;
  }

  /** A new collection, as the value of the document, or of a key or dash that has none. */
  #begin(block: Block): boolean {
    const parent = this.#top;
    if (this.#open.length >= DEEPEST || (!parent && this.document.value)) return false;
    if (parent) {
      const { sep, start, value } = lastOf(parent.items);
      const isFree = parent.type === 'block-map' ? sep?.some(isNewline) : start.some(isDash);
      if (value || !isFree) return false;
    }
    this.#open.push(block);
    this.#top = block;
    return true;
  }

  /** Ends a collection; blank lines and comments at its end that belong to what follows are passed to the parent. */
  #close(): void {
    const block = this.#open.pop() as Block;
    const parent = this.#open.at(-1);
    this.#top = parent;
    const last = lastOf(block.items);
    const isLoose =
      !last.sep &&
      !last.value &&
      !last.start.some(isMark) &&
      (block.indent === 0 || last.start.every((token) => token.type !== 'comment' || token.indent < block.indent));
    if (isLoose) block.items.pop();
    if (parent) {
      lastOf(parent.items).value = block as Token;
      if (isLoose) parent.items.push({ start: last.start });
    } else {
      this.document.value = block as Token;
      if (isLoose) this.document.end = last.start;
    }
  }
}

/**
 * Takes what belongs to the next key out of the tokens after a key without a value: from the second line break, when nothing
 * after it is indented below the key.
 */
function takeNextKeyStart(sep: SourceToken[], indent: number): SourceToken[] {
  let breaks: number[] = [];
  for (const [index, token] of sep.entries()) {
    if (token.type === 'newline') breaks.push(index);
    else if (token.type !== 'space' && (token.type !== 'comment' || token.indent > indent)) breaks = [];
  }
  return breaks[1] === undefined ? [] : sep.splice(breaks[1]);
}

function endOf(value: Token | undefined): SourceToken[] | undefined {
  return value && 'end' in value && value.end && value.end.length > 0 ? (value.end as SourceToken[]) : undefined;
}

function lastOf<T>(list: readonly T[]): T {
  return list[list.length - 1] as T;
}

const isNewline = ({ type }: SourceToken): boolean => type === 'newline';
const isSpace = ({ type }: SourceToken): boolean => type === 'space' || type === 'newline';
