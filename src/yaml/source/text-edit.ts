/** Carrying out text edits. */
import type { TextEdit } from '../../util/text-edit.ts';

/** The splicer does not know how to write an edit; the document is then left as it is. */
export class SpliceError extends Error {}

/**
 * The text with the edits carried out. The edits are sorted by offset and do not overlap.
 *
 * @throws SpliceError when two edits overlap
 */
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
