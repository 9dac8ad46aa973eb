/**
 * Reads the value of a document in simple style straight from its lines, without tokens: maps and lists in block style, values on
 * one line, literal block scalars. It shares no code with the readers of tokens but the meaning of plain scalars.
 */
import type { Json } from '../../../util/json.ts';
import { hasOldBreaks } from '../package/line-breaks.ts';
import { LineReader } from './lines.ts';
import { NotSimple } from './not-simple.ts';
import { keyOf, readInline, readScalar } from './scalars.ts';

/** Deeper documents are left to the package, which reports where they go too far. */
const DEEPEST = 200;
/** The package refuses a key of more than 1024 characters. */
const LONGEST_KEY = 1000;
const LITERAL = /^\|([-+]?) *(?: #.*)?$/;

/** The value of a text whose characters are all allowed (`refusedCharacter`); undefined when it is not in simple style. */
export function readSimpleValue(text: string): Json | undefined {
  if (text.includes('\t') || text.startsWith('\uFEFF') || hasOldBreaks(text)) return undefined;
  try {
    return new ValueReader(text).read();
  } catch (error) {
    if (error instanceof NotSimple) return undefined;
    throw error;
  }
}

class ValueReader {
  readonly #text: string;
  readonly #lines: LineReader;

  constructor(text: string) {
    this.#text = text;
    this.#lines = new LineReader(text);
  }

  read(): Json {
    const lines = this.#lines;
    if (lines.column === 0 && this.#text.startsWith('---', lines.start) && lines.end === lines.start + 3) lines.advance();
    const value = this.#block(0);
    if (lines.column !== -1) throw new NotSimple();
    return value;
  }

  /** The map or list that begins on the line. */
  #block(depth: number): Json {
    const { column } = this.#lines;
    if (column === -1 || depth > DEEPEST) throw new NotSimple();
    return this.#lines.isDash() ? this.#list(column, depth) : this.#map(column, depth);
  }

  /** True while the line belongs to a collection at a column, false behind its end. */
  #isIn(column: number): boolean {
    const { column: found, start } = this.#lines;
    if (found < column) return false;
    const isDocumentEnd = found === 0 && (this.#text.startsWith('...', start) || this.#text.startsWith('---', start));
    if (found > column || isDocumentEnd) throw new NotSimple();
    return true;
  }

  #list(column: number, depth: number): Json[] {
    const lines = this.#lines;
    const list: Json[] = [];
    while (this.#isIn(column) && lines.isDash()) {
      const start = lines.afterSpaces(lines.start + 1);
      if (lines.isOver(lines.start + 1)) {
        lines.advance();
        list.push(lines.column > column ? this.#block(depth + 1) : null);
      } else if (lines.isDash(start) || this.#isKey(start)) {
        lines.passTo(start);
        list.push(this.#block(depth + 1));
      } else list.push(this.#value(start, column));
    }
    return list;
  }

  /** True where a scalar begins that a colon makes a key. */
  #isKey(start: number): boolean {
    const { [start]: first = '' } = this.#text;
    return !'|>[{'.includes(first) && this.#isColon(readScalar(this.#text, start, this.#lines.end).end);
  }

  /** True for a colon that is the mark of a key. */
  #isColon(at: number): boolean {
    return this.#text[at] === ':' && this.#lines.isBlank(at + 1);
  }

  #map(column: number, depth: number): Json {
    const lines = this.#lines;
    const map: Record<string, Json> = {};
    while (this.#isIn(column) && !lines.isDash()) {
      const { value, end } = readScalar(this.#text, lines.start, lines.end);
      if (!this.#isColon(end) || end - lines.start > LONGEST_KEY) throw new NotSimple();
      map[keyOf(value)] = this.#entry(end + 1, column, depth);
    }
    return map;
  }

  /** The value behind a colon: on the line, or below it. */
  #entry(start: number, column: number, depth: number): Json {
    const lines = this.#lines;
    if (!lines.isOver(start)) return this.#value(lines.afterSpaces(start), column);
    lines.advance();
    return lines.column > column || (lines.column === column && lines.isDash()) ? this.#block(depth + 1) : null;
  }

  /** A value on a line that no further line belongs to, or a literal block scalar. */
  #value(start: number, column: number): Json {
    const lines = this.#lines;
    const literal = this.#text[start] === '|' ? LITERAL.exec(this.#text.slice(start, lines.end)) : undefined;
    if (literal) return this.#literal(literal[1] ?? '', column);
    const { value, end } = readInline(this.#text, start, lines.end);
    if (!lines.isOver(end)) throw new NotSimple();
    lines.advance();
    if (lines.column > column) throw new NotSimple();
    return value;
  }

  /** A literal block scalar (`|`): the lines that are indented deeper than its parent, without the indentation of the first. */
  #literal(chomping: string, parent: number): string {
    const lines = this.#lines;
    let indent: number | undefined;
    let content = '';
    let offset = lines.next;
    while (offset < this.#text.length) {
      lines.goTo(offset);
      const { column, start, end, next } = lines;
      if (start !== end) {
        if (column <= parent || column < (indent ?? 0)) break;
        indent ??= column;
      } else if (indent === undefined && start > offset) throw new NotSimple();
      if (next === end || this.#text[end] === '\r') throw new NotSimple();
      content += `${this.#text.slice(Math.min(offset + (indent ?? 0), end), end)}\n`;
      offset = next;
    }
    const isCommentBetween = offset < this.#text.length && lines.column > parent;
    lines.continueAt(offset);
    if (indent === undefined || lines.column > parent || isCommentBetween) throw new NotSimple();
    if (chomping === '+') return content;
    let end = content.length;
    while (content[end - 1] === '\n') end--;
    return content.slice(0, chomping === '-' ? end : end + 1);
  }
}
