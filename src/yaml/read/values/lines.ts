/** The lines of a text, with what a reader of values asks of each. */

/** A line that has content. */
export interface Line {
  /** Where its content begins: the column, and the offset in the text. */
  column: number;
  start: number;
  /** Where it ends, before its line break. */
  readonly end: number;
  /** Where the next line begins. */
  readonly next: number;
}

const [SPACE, HASH, CARRIAGE_RETURN] = [32, 35, 13];

/** Gives line after line of a text; blank ones and comments are passed over. */
export class LineReader {
  readonly text: string;
  /** The first line that is not read yet; undefined at the end. */
  line: Line | undefined;

  constructor(text: string) {
    this.text = text;
    this.line = this.#from(0);
  }

  /** Goes on to the next line with content. */
  advance(): void {
    this.line = this.line && this.#from(this.line.next);
  }

  /** Goes on to the first line with content from an offset that begins a line. */
  continueAt(offset: number): void {
    this.line = this.#from(offset);
  }

  #from(offset: number): Line | undefined {
    for (let begin = offset; begin < this.text.length; ) {
      const line = this.lineAt(begin);
      if (line.start < line.end && this.text.charCodeAt(line.start) !== HASH) return line;
      begin = line.next;
    }
    return undefined;
  }

  /** The line that begins at an offset, whatever it holds. */
  lineAt(offset: number): Line {
    const { text } = this;
    const newline = text.indexOf('\n', offset);
    const next = newline === -1 ? text.length : newline + 1;
    const last = newline === -1 ? text.length : newline;
    const end = last > offset && text.charCodeAt(last - 1) === CARRIAGE_RETURN ? last - 1 : last;
    let start = offset;
    while (start < end && text.charCodeAt(start) === SPACE) start++;
    return { column: start - offset, start, end, next };
  }
}
