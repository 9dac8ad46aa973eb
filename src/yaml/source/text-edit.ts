/** Edits of a text, as the splicer makes them; without the types of the YAML package, which users of the library do not have. */

/** Replaces `text.slice(start, end)` with `text`; edits of one document do not overlap and are sorted. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A thing that the splicer does not know how to write; the document is then left as it is. */
export class SpliceError extends Error {}

/** Carries out text edits. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let offset = 0;
  for (const { start, end, text: inserted } of edits) {
    if (start < offset) throw new SpliceError('text edits overlap');
    result += text.slice(offset, start) + inserted;
    offset = end;
  }
  return result + text.slice(offset);
}
