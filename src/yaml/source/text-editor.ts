/** Collects the text edits of one text. */
import type { TextEdit } from '../../util/text-edit.ts';
import { lineBreakAt, lineStart, nextLine } from './lines.ts';

export class TextEditor {
  readonly text: string;
  readonly #edits: TextEdit[] = [];
  readonly #keptBreaks = new Set<number>();

  constructor(text: string) {
    this.text = text;
  }

  /** All edits, sorted by offset. Edits at one offset keep the order in which they were made. */
  sorted(): TextEdit[] {
    const edits = withoutOpenLineBreak(this.text, this.#edits, this.#keptBreaks);
    return edits.toSorted((left, right) => left.start - right.start || left.end - right.end);
  }

  insert(offset: number, text: string): void {
    this.#edits.push({ start: offset, end: offset, text });
  }

  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text });
  }

  /**
   * Inserts whole lines before the line that begins at `offset`, or after the last line when `offset` is the end of a text
   * without a final line break.
   */
  insertLines(offset: number, lines: readonly string[]): void {
    const lineBreak = lineBreakAt(this.text, Math.max(0, offset - 1));
    const isAfterLastLine = offset === this.text.length && offset > 0 && this.text[offset - 1] !== '\n';
    this.insert(offset, lines.map((line) => (isAfterLastLine ? lineBreak + line : line + lineBreak)).join(''));
  }

  /** Inserts whole lines below the line that holds `offset`. */
  insertBelow(offset: number, lines: readonly string[]): void {
    this.insertLines(nextLine(this.text, offset), lines);
  }

  /** The line break before `offset` is content (of a block scalar): it stays when the lines from `offset` to the end go. */
  keepBreakBefore(offset: number): void {
    this.#keptBreaks.add(offset);
  }
}

/** The removal of the last lines of a text that has no final line break. */
interface RemovedEnd {
  readonly start: number;
  readonly removals: ReadonlySet<TextEdit>;
}

function removedEnd(text: string, edits: readonly TextEdit[]): RemovedEnd | undefined {
  if (text.endsWith('\n')) return undefined;
  const removals = new Set<TextEdit>();
  let start = text.length;
  const backwards = edits
    .filter((edit) => edit.text === '' && edit.end > edit.start)
    .sort((left, right) => right.start - left.start);
  for (const removal of backwards) {
    if (removal.end !== start) break;
    removals.add(removal);
    start = removal.start;
  }
  return removals.size > 0 && lineStart(text, start) === start ? { start, removals } : undefined;
}

/**
 * Where the last lines of a text without a final line break are removed, the new last line must have none either: one line break
 * goes, either that of the line before, or that of what is inserted in place of the last lines.
 */
function withoutOpenLineBreak(text: string, edits: readonly TextEdit[], keptBreaks: ReadonlySet<number>): readonly TextEdit[] {
  const removed = removedEnd(text, edits);
  if (!removed) return edits;
  const { start, removals } = removed;
  const others = edits.filter((edit) => !removals.has(edit));
  if (keptBreaks.has(start)) {
    const appended = others.find((edit) => edit.start === text.length);
    return edits.map((edit) => (edit === appended ? { ...edit, text: edit.text.replace(/^\r?\n/, '') } : edit));
  }
  const inserted = others.findLast((edit) => edit.end >= start && edit.start < text.length);
  if (inserted) return edits.map((edit) => (edit === inserted ? { ...edit, text: edit.text.replace(/\r?\n$/, '') } : edit));
  return [...others, { start: start - lineBreakAt(text, start - 1).length, end: text.length, text: '' }];
}
