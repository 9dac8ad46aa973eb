/** Text for terminals: colour only where it is wanted, and no control characters out of file names. */

export interface Paint {
  red(text: string): string;
  green(text: string): string;
  cyan(text: string): string;
  yellow(text: string): string;
  bold(text: string): string;
  dim(text: string): string;
}

/** Functions that colour a text, or return it as it is. */
export function paint(isColoured: boolean): Paint {
  const style = (open: number, close: number) => (text: string) => (isColoured ? `\u001B[${open}m${text}\u001B[${close}m` : text);
  return {
    red: style(31, 39),
    green: style(32, 39),
    cyan: style(36, 39),
    yellow: style(33, 39),
    bold: style(1, 22),
    dim: style(2, 22),
  };
}

/** Characters that a terminal may read as a command, and marks that reverse the direction of text. */
export const CONTROL = /[\u0000-\u001F\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g;

/** A text from the outside on one line: control characters, terminal escapes and line breaks as `\x1b` or `\u2028`. */
export function printable(text: string): string {
  return text.replace(CONTROL, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
  });
}

/** A line of a file for people: like `printable`, but with its tabs and its carriage return at the end. */
export function printableLine(line: string): string {
  return line.replace(/[^\t\r]+|\r(?!$)/g, printable);
}

/** Lines of a file for people. */
export function printableLines(text: string): string {
  return text.split('\n').map(printableLine).join('\n');
}

/** A number with its noun. */
export function plural(count: number, noun: string, several = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : several}`;
}
