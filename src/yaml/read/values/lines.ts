/** The lines of a text, with what a reader of values asks of each. */

const [SPACE, HASH, DASH, CARRIAGE_RETURN] = [32, 35, 45, 13];

/** Goes from line to line of a text; blank ones and comments are passed over. */
export class LineReader {
  readonly text: string;
  /** The column where the content of the line begins; -1 behind the last line. */
  column = -1;
  /** Where the content begins in the text. */
  start = 0;
  /** Where it ends, before the line break. */
  end = 0;
  /** Where the next line begins. */
  next = 0;

  constructor(text: string) {
    this.text = text;
    this.advance();
  }

  /** Goes on to the next line with content. */
  advance(): void {
    while (this.next < this.text.length) {
      this.goTo(this.next);
      if (this.start < this.end && this.text.charCodeAt(this.start) !== HASH) return;
    }
    this.column = -1;
  }

  /** Goes to the line that begins at an offset, whatever it holds. */
  goTo(offset: number): void {
    const { text } = this;
    const newline = text.indexOf('\n', offset);
    const last = newline === -1 ? text.length : newline;
    this.next = newline === -1 ? last : newline + 1;
    this.end = last > offset && text.charCodeAt(last - 1) === CARRIAGE_RETURN ? last - 1 : last;
    this.start = this.afterSpaces(offset);
    this.column = this.start - offset;
  }

  /** Goes on to the first line with content from an offset that begins a line. */
  continueAt(offset: number): void {
    this.next = offset;
    this.advance();
  }

  /** Passes over what the line begins with, as if it were space. */
  passTo(start: number): void {
    this.column += start - this.start;
    this.start = start;
  }

  /** True where a dash is the mark of a list item. */
  isDash(at = this.start): boolean {
    return this.text.charCodeAt(at) === DASH && this.isBlank(at + 1);
  }

  /** True at the end of the line and at a space. */
  isBlank(at: number): boolean {
    return at === this.end || this.text.charCodeAt(at) === SPACE;
  }

  /** Where the spaces at an offset of the line end. */
  afterSpaces(offset: number): number {
    let at = offset;
    while (at < this.end && this.text.charCodeAt(at) === SPACE) at++;
    return at;
  }

  /** True where only spaces and a comment follow on the line. */
  isOver(offset: number): boolean {
    const at = this.afterSpaces(offset);
    return at === this.end || (at > offset && this.text.charCodeAt(at) === HASH);
  }
}
