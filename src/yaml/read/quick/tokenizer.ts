/**
 * The tokens of a text in simple block style, in which nearly all manifests are written: maps and lists of values on one line.
 * They are the tokens that the `yaml` package's parser makes, to the last space. Any other text is left to the package.
 */
import type { CST } from 'yaml';
import { hasOldBreaks } from '../package/line-breaks.ts';
import type { SourceToken, Token } from '../tree/tokens.ts';
import { Cursor } from './cursor.ts';
import { TokenTree } from './token-tree.ts';
import { readValue, type ValueToken } from './value-tokens.ts';

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
    const cursor = this.#cursor;
    cursor.beginLine();
    this.#lineValue = undefined;
    if (!this.#readContent()) return false;
    const spaces = this.#readSpaces();
    if (cursor.offset < cursor.lineEnd) {
      if (!cursor.isComment() || (this.#lineValue && spaces === 0)) return false;
      this.#add(cursor.take('comment', cursor.lineEnd));
    }
    if (cursor.nextLine > cursor.lineEnd) this.#add(cursor.take('newline', cursor.nextLine));
    return true;
  }

  /** Reads a line up to the comment at its end. */
  #readContent(): boolean {
    const cursor = this.#cursor;
    const { text, offset } = cursor;
    if (!cursor.isContentOver(cursor.afterSpaces())) {
      if (text.startsWith('...', offset)) return false;
      if (text.startsWith('---', offset)) return this.#readMarker();
      this.tree.begin(offset);
    }
    cursor.indent = this.#readSpaces();
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
    this.#add(cursor.take('doc-start', cursor.lineEnd));
    return true;
  }

  #readDashes(): boolean {
    const cursor = this.#cursor;
    while (cursor.isDash()) {
      if (!this.tree.dash(cursor.take('seq-item-ind', cursor.offset + 1))) return false;
      cursor.indent++;
      cursor.indent += this.#readSpaces();
    }
    return true;
  }

  /** Reads the colon of an entry and its value. */
  #readEntry(key: CST.FlowScalar): boolean {
    const cursor = this.#cursor;
    if (key.source.length > LONGEST_KEY || key.source === '<<') return false;
    if (!this.tree.key(key, cursor.take('map-value-ind', cursor.offset + 1))) return false;
    this.#readSpaces();
    if (cursor.isContentOver()) return true;
    const value = readValue(cursor);
    return value !== undefined && !cursor.isColon() && this.#addValue(value);
  }

  #addValue(value: ValueToken): boolean {
    this.tree.value(value);
    this.#lineValue = value;
    return true;
  }

  /** The number of spaces at the cursor. */
  #readSpaces(): number {
    const start = this.#cursor.offset;
    const end = this.#cursor.afterSpaces();
    if (end > start) this.#add(this.#cursor.take('space', end));
    return end - start;
  }

  #add(token: SourceToken): void {
    if (this.#lineValue) (this.#lineValue.end ??= []).push(token);
    else this.tree.blank(token);
  }
}
