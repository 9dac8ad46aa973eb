/** Text from the outside as text in HTML: it can end no value and become no mark. */
import { printable, printableLine } from '../text.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text on one line, for the content of an element or for an attribute in quotes. */
export function escaped(text: string): string {
  return marked(printable(text));
}

/** A line of a file for the content of an element: with its tabs, without the carriage return at its end. */
export function escapedLine(line: string): string {
  return marked(printableLine(line).replace(/\r$/, ''));
}

/** A text as an element `code`. */
export function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}

/** A sentence of our own, in which backticks mark code. */
export function prose(text: string): string {
  return escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function marked(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}
