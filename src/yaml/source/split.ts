/** Cuts a YAML stream into documents without parsing it. */

/** One document of a stream: the slices of a text follow each other without a gap and cover it whole. */
export interface Slice {
  /** Offset of the first character: the `---` line, or the directives and comments before it. */
  readonly start: number;
  readonly end: number;
  /** Offset of the `---` marker, when the document has one. */
  readonly marker: number | undefined;
}

const MARKER = /^---(?=[ \t\r\n]|$)/;
const DOCUMENT_END = /^\.\.\.(?=[ \t\r\n]|$)/;
const CONTENT = /^(?![ \t]*(?:#|\r?\n?$)|%)/;

/**
 * Splits a text at the lines that begin with `---` or `...`. Such a line ends a document even inside a scalar (YAML 1.2.2,
 * 9.1.4), so no parsing is needed. Comments and directives before a marker belong to the document that it opens.
 */
export function splitStream(text: string): Slice[] {
  const slices: Slice[] = [];
  let start = 0;
  let marker: number | undefined;
  let hasContent = false;
  const close = (end: number): void => {
    if (end > start) slices.push({ start, end, marker });
    start = end;
    marker = undefined;
    hasContent = false;
  };
  for (let offset = text.startsWith('\uFEFF') ? 1 : 0; offset < text.length; ) {
    const newline = text.indexOf('\n', offset);
    const next = newline === -1 ? text.length : newline + 1;
    const first = text[offset];
    if (first === '-' && MARKER.test(text.slice(offset, offset + 4))) {
      if (hasContent || marker !== undefined) close(offset);
      marker = offset;
    } else if (first === '.' && DOCUMENT_END.test(text.slice(offset, offset + 4))) {
      close(next);
    } else if (!hasContent && CONTENT.test(text.slice(offset, next))) {
      hasContent = true;
    }
    offset = next;
  }
  close(text.length);
  return slices;
}
