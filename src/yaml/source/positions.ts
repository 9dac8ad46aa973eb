/** Lines and columns of offsets, for people. */

/** Line and column, counted from 1 as editors show them; a byte order mark takes no column. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The lines of one text, for many positions: their offsets are searched for once. */
export class Lines {
  readonly #text: string;
  #starts: readonly number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The position of an offset in the text, counted in UTF-16 code units. */
  position(offset: number): Position {
    this.#starts ??= startsOf(this.#text);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.max(1, offset - (this.#starts[low] ?? 0) + 1) };
  }
}

function startsOf(text: string): number[] {
  const starts = [text.startsWith('\uFEFF') ? 1 : 0];
  for (let newline = text.indexOf('\n'); newline !== -1; newline = text.indexOf('\n', newline + 1)) starts.push(newline + 1);
  return starts;
}

/** The position of one offset. */
export function position(text: string, offset: number): Position {
  return new Lines(text).position(offset);
}
