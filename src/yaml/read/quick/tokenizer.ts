/**
 * The tokens of a text in simple block style, in which nearly all manifests are written: maps and lists of values on one line.
 * They are the tokens that the `yaml` package's parser makes, to the last space. Any other text is left to the package.
 */
import type { CST } from 'yaml';
import { hasOldBreaks } from '../package/line-breaks.ts';
import type { SourceToken, Token } from '../tree/tokens.ts';
import { Cursor } from './cursor.ts';
import { TokenTree } from './token-tree.ts';
import { readValue, tokensOf, type ValueToken } from './value-tokens.ts';

/** The package refuses a key of more than 1024 characters. */
const LONGEST_KEY = 1000;

/** The tokens of a text whose characters are all allowed (`refusedCharacter`); undefined when it needs the package's parser. */
export function quickTokens(text: string): Token[] | undefined {
  if (text.includes('\t') || text.startsWith('\uFEFF') || hasOldBreaks(text)) return undefined;
  const tokenizer = new Tokenizer(text);
  while (!tokenizer.isAtEnd) {
    if (!tokenizer.readLine()) return undefined;
  }
  return tokenizer.tree.tokens();
}

/** Each method that reads gives false for what is not simple block style. */
class Tokenizer {
  readonly tree = new TokenTree();
  readonly #cursor: Cursor;
  /** The value on the line, which the spaces and the comment after it belong to. */
  #lineValue: ValueToken | undefined;

  constructor(text: string) {
    this.#cursor = new Cursor(text);
  }

  get isAtEnd(): boolean {
    return this.#cursor.isAtEnd;
  }

  readLine(): boolean {
    this.#cursor.beginLine();
    this.#lineValue = undefined;
    return this.#readContent() && this.#readLineEnd();
  }

  /** Reads a line up to the spaces, the comment and the line break at its end. */
  #readContent(): boolean {
    const cursor = this.#cursor;
    const { text, offset } = cursor;
    const content = cursor.afterSpaces();
    const isEmpty = cursor.isContentOver(content);
    if (content === offset && !isEmpty) {
      if (text.startsWith('...', offset)) return false;
      if (text.startsWith('---', offset)) return this.#readMarker();
    }
    if (!isEmpty) this.tree.begin(offset);
    const space = cursor.takeSpace();
    if (space) this.tree.blank(space);
    cursor.indent = content - offset;
    if (isEmpty) return true;
    const hasDash = cursor.isDash();
    if (!this.#readDashes()) return false;
    if (cursor.isContentOver()) return true;
    const value = readValue(cursor);
    if (!value) return false;
    if (cursor.isColon()) return value.type !== 'flow-collection' && this.#readEntry(value);
    return hasDash && this.#addValue(value);
  }

  #readMarker(): boolean {
    const cursor = this.#cursor;
    if (this.tree.isBegun || cursor.lineEnd !== cursor.offset + 3) return false;
    this.tree.begin(cursor.offset);
    this.tree.blank(cursor.take('doc-start', cursor.lineEnd));
    return true;
  }

  #readDashes(): boolean {
    const cursor = this.#cursor;
    while (cursor.isDash()) {
      const dash = cursor.takeMark('seq-item-ind');
      cursor.indent++;
      const space = cursor.takeSpace();
      if (!this.tree.dash(dash, space)) return false;
      if (space) cursor.indent += space.source.length;
    }
    return true;
  }

  /** Reads the colon of an entry and its value. */
  #readEntry(key: CST.FlowScalar): boolean {
    const cursor = this.#cursor;
    if (key.source.length > LONGEST_KEY || key.source === '<<') return false;
    const colon = cursor.takeMark('map-value-ind');
    if (!this.tree.key(key, tokensOf(colon, cursor.takeSpace()))) return false;
    if (cursor.isContentOver()) return true;
    const value = readValue(cursor);
    return value !== undefined && !cursor.isColon() && this.#addValue(value);
  }

  #addValue(value: ValueToken): boolean {
    this.tree.value(value);
    this.#lineValue = value;
    return true;
  }

  #readLineEnd(): boolean {
    const cursor = this.#cursor;
    const space = cursor.takeSpace();
    let comment: SourceToken | undefined;
    if (cursor.offset < cursor.lineEnd) {
      if (!cursor.isComment() || (this.#lineValue && !space)) return false;
      comment = cursor.take('comment', cursor.lineEnd);
    }
    const newline = cursor.nextLine > cursor.lineEnd ? cursor.take('newline', cursor.nextLine) : undefined;
    if (this.#lineValue) endValue(this.#lineValue, space, comment, newline);
    else {
      if (space) this.tree.blank(space);
      if (comment) this.tree.blank(comment);
      if (newline) this.tree.blank(newline);
    }
    return true;
  }
}

/** Gives a value the tokens behind it on its line. */
function endValue(
  value: ValueToken,
  space: SourceToken | undefined,
  comment: SourceToken | undefined,
  newline: SourceToken | undefined,
): void {
  const end = space || comment ? [...tokensOf(space, comment), ...tokensOf(newline, undefined)] : tokensOf(newline, undefined);
  if (end.length > 0) value.end = value.end ? [...value.end, ...end] : end;
}
