/** Reads a text line by line and character by character. */
import type { CST } from 'yaml';
import type { SourceToken } from '../tree/tokens.ts';

/** The usual ones are made once. */
const SPACES: readonly string[] = Array.from({ length: 64 }, (_, length) => ' '.repeat(length));
const [SPACE, HASH, DASH, COLON, CARRIAGE_RETURN] = [32, 35, 45, 58, 13];

export class Cursor {
  readonly text: string;
  /** How far the text is read. */
  offset = 0;
  /** Where the current line ends, before its line break. */
  lineEnd = 0;
  /** Where the next line begins. */
  nextLine = 0;
  /** What the `yaml` package notes in each token: the column of the entry, after the spaces and dashes of the line. */
  indent = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.offset === this.text.length;
  }

  /** Makes the line at the offset the current one. */
  beginLine(): void {
    const newline = this.text.indexOf('\n', this.offset);
    this.nextLine = newline === -1 ? this.text.length : newline + 1;
    const end = newline === -1 ? this.text.length : newline;
    this.lineEnd = newline > this.offset && this.text.charCodeAt(newline - 1) === CARRIAGE_RETURN ? newline - 1 : end;
    this.indent = 0;
  }

  /** Reads up to `end` as one token. */
  take<T extends SourceToken['type'] | CST.FlowScalar['type']>(type: T, end: number, source = this.text.slice(this.offset, end)) {
    const token = { type, offset: this.offset, indent: this.indent, source };
    this.offset = end;
    return token;
  }

  /** Reads one character as a token. */
  takeMark(type: SourceToken['type']): SourceToken {
    return this.take(type, this.offset + 1);
  }

  /** Reads the spaces at the offset: one token, or none. */
  takeSpace(): SourceToken | undefined {
    const end = this.afterSpaces();
    return end > this.offset ? this.take('space', end, SPACES[end - this.offset]) : undefined;
  }

  /** Where the spaces at the offset end. */
  afterSpaces(): number {
    let end = this.offset;
    while (end < this.lineEnd && this.text.charCodeAt(end) === SPACE) end++;
    return end;
  }

  /** Where a plain scalar in block style ends: before a comment, before a colon with a space, and before the spaces there. */
  afterPlainScalar(): number {
    let end = this.offset;
    for (let index = end; index < this.lineEnd; index++) {
      const code = this.text.charCodeAt(index);
      if (code === COLON && this.#isBlank(index + 1)) return end;
      if (code === HASH && end < index) return end;
      if (code !== SPACE) end = index + 1;
    }
    return end;
  }

  /** True where the line has nothing more than a comment. */
  isContentOver(offset = this.offset): boolean {
    return offset === this.lineEnd || this.text.charCodeAt(offset) === HASH;
  }

  isComment(): boolean {
    return this.text.charCodeAt(this.offset) === HASH;
  }

  isDash(): boolean {
    return this.text.charCodeAt(this.offset) === DASH && this.#isBlank(this.offset + 1);
  }

  isColon(): boolean {
    return this.text.charCodeAt(this.offset) === COLON && this.#isBlank(this.offset + 1);
  }

  #isBlank(offset: number): boolean {
    return offset === this.lineEnd || this.text.charCodeAt(offset) === SPACE;
  }
}
