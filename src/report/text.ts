/** Text for terminals: colour only where it is wanted, and no control characters out of file names. */

export interface Paint {
  red(text: string): string;
  green(text: string): string;
  cyan(text: string): string;
  bold(text: string): string;
  dim(text: string): string;
}

/** Functions that colour a text, or return it as it is. */
export function paint(isColoured: boolean): Paint {
  const style = (open: number, close: number) => (text: string) => (isColoured ? `\u001B[${open}m${text}\u001B[${close}m` : text);
  return { red: style(31, 39), green: style(32, 39), cyan: style(36, 39), bold: style(1, 22), dim: style(2, 22) };
}

/** A text from the outside on one line: control characters, terminal escapes and line breaks as `\xNN`. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
