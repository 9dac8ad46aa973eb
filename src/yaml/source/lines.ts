/** The lines of a text around an offset. A line ends with `\n` or `\r\n`; offsets count UTF-16 code units. */

/** Offset of the first character of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset of the line break (`\r\n` or `\n`) that ends the line holding `offset`, or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline === -1) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** Offset of the first character of the next line, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}

/** Column of an offset, counted in code units from 0; a byte order mark takes no column. */
export function columnOf(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return offset - start - (start === 0 && text.startsWith('\uFEFF') ? 1 : 0);
}

/** The line break of the line that holds `offset`, else of the line before it, else `\n`. */
export function lineBreakAt(text: string, offset: number): '\n' | '\r\n' {
  const next = text.indexOf('\n', offset);
  const newline = next === -1 ? text.lastIndexOf('\n', offset - 1) : next;
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}

/** True when only spaces and tabs come before `offset` on its line. */
export function startsLine(text: string, offset: number): boolean {
  return /^[\uFEFF \t]*$/.test(text.slice(lineStart(text, offset), offset));
}

/** Where a text ends without the spaces, tabs and line breaks at its end. Other space characters are content in YAML. */
export function contentLength(text: string): number {
  let end = text.length;
  while (end > 0 && ' \t\r\n'.includes(text[end - 1] as string)) end--;
  return end;
}
