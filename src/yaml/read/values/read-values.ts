/**
 * Reads the value of a document in simple style straight from its lines, without tokens: maps and lists in block style, values on
 * one line, literal block scalars. It shares no code with the readers of tokens but the meaning of plain scalars.
 */
import type { Json } from '../../../util/json.ts';
import { hasOldBreaks } from '../package/line-breaks.ts';
import { LineReader, type Line } from './lines.ts';
import { NotSimple } from './not-simple.ts';
import { isBlank, keyOf, readInline, readScalar } from './scalars.ts';

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
    const { line } = this.#lines;
    if (line?.column === 0 && this.#isMarker(line)) this.#lines.advance();
    const value = this.#block(0);
    if (this.#lines.line) throw new NotSimple();
    return value;
  }

  #isMarker({ start, end }: Line): boolean {
    return this.#text.startsWith('---', start) && end === start + 3;
  }

  /** The map or list that begins on the line. */
  #block(depth: number): Json {
    const { line } = this.#lines;
    if (!line || depth > DEEPEST) throw new NotSimple();
    return this.#isDash(line) ? this.#list(line.column, depth) : this.#map(line.column, depth);
  }

  #isDash({ start, end }: Line): boolean {
    return this.#text[start] === '-' && isBlank(this.#text, start + 1, end);
  }

  /** The line while it belongs to a collection at a column; undefined behind its end. */
  #lineAt(column: number): Line | undefined {
    const { line } = this.#lines;
    if (!line || line.column < column) return undefined;
    if (line.column > column || this.#isDocumentEnd(line)) throw new NotSimple();
    return line;
  }

  #isDocumentEnd({ column, start }: Line): boolean {
    return column === 0 && (this.#text.startsWith('...', start) || this.#text.startsWith('---', start));
  }

  #list(column: number, depth: number): Json[] {
    const list: Json[] = [];
    for (let line = this.#lineAt(column); line && this.#isDash(line); line = this.#lineAt(column)) {
      let start = line.start + 1;
      while (this.#text[start] === ' ' && start < line.end) start++;
      if (this.#isOver(line.start + 1, line)) {
        this.#lines.advance();
        list.push(this.#isBelow(column) ? this.#block(depth + 1) : null);
      } else if (this.#beginsCollection(start, line)) {
        // What follows the dash stands as if the dash were a space.
        line.column += start - line.start;
        line.start = start;
        list.push(this.#block(depth + 1));
      } else list.push(this.#value(start, column, line));
    }
    return list;
  }

  #isBelow(column: number): boolean {
    return (this.#lines.line?.column ?? -1) > column;
  }

  /** True where a dash, or a key, follows the dash of an item. */
  #beginsCollection(start: number, { end }: Line): boolean {
    const { [start]: first = '' } = this.#text;
    if (first === '-' && isBlank(this.#text, start + 1, end)) return true;
    if ('|>[{'.includes(first)) return false;
    return this.#colonAfter(readScalar(this.#text, start, end).end, end) !== undefined;
  }

  #map(column: number, depth: number): Json {
    const map: Record<string, Json> = {};
    for (let line = this.#lineAt(column); line && !this.#isDash(line); line = this.#lineAt(column)) {
      const { value, end } = readScalar(this.#text, line.start, line.end);
      const colon = this.#colonAfter(end, line.end);
      if (colon === undefined || end - line.start > LONGEST_KEY) throw new NotSimple();
      map[keyOf(value)] = this.#entry(colon + 1, column, depth, line);
    }
    return map;
  }

  /** The offset of a colon that is the mark of a key. */
  #colonAfter(end: number, lineEnd: number): number | undefined {
    return this.#text[end] === ':' && isBlank(this.#text, end + 1, lineEnd) ? end : undefined;
  }

  /** The value behind a colon: on the line, or below it. */
  #entry(start: number, column: number, depth: number, line: Line): Json {
    if (!this.#isOver(start, line)) {
      let at = start;
      while (this.#text[at] === ' ') at++;
      return this.#value(at, column, line);
    }
    this.#lines.advance();
    const { line: below } = this.#lines;
    if (below && (below.column > column || (below.column === column && this.#isDash(below)))) return this.#block(depth + 1);
    return null;
  }

  /** A value on a line that no further line belongs to, or a literal block scalar. */
  #value(start: number, column: number, line: Line): Json {
    const literal = this.#text[start] === '|' ? LITERAL.exec(this.#text.slice(start, line.end)) : undefined;
    if (literal) return this.#literal(literal[1] ?? '', column, line);
    const { value, end } = readInline(this.#text, start, line.end);
    if (!this.#isOver(end, line)) throw new NotSimple();
    this.#lines.advance();
    if (this.#isBelow(column)) throw new NotSimple();
    return value;
  }

  /** True where only spaces and a comment follow on the line. */
  #isOver(start: number, line: Line): boolean {
    let at = start;
    while (at < line.end && this.#text[at] === ' ') at++;
    return at === line.end || (at > start && this.#text[at] === '#');
  }

  /** A literal block scalar (`|`): the lines that are indented deeper than its parent, without the indentation of the first. */
  #literal(chomping: string, parent: number, header: Line): string {
    let indent: number | undefined;
    let content = '';
    let offset = header.next;
    while (offset < this.#text.length) {
      const line = this.#lines.lineAt(offset);
      const isBlank = line.start === line.end;
      if (!isBlank) {
        if (line.column <= parent || line.column < (indent ?? 0)) break;
        indent ??= line.column;
      } else if (indent === undefined && line.start > offset) throw new NotSimple();
      if (line.next === line.end || this.#text[line.end] === '\r') throw new NotSimple();
      content += `${this.#text.slice(Math.min(offset + (indent ?? 0), line.end), line.end)}\n`;
      offset = line.next;
    }
    this.#lines.continueAt(offset);
    if (indent === undefined || this.#isBelow(parent) || this.#isCommentBetween(offset, parent)) throw new NotSimple();
    if (chomping === '+') return content;
    let end = content.length;
    while (content[end - 1] === '\n') end--;
    return content.slice(0, chomping === '-' ? end : end + 1);
  }

  /** True for a comment behind a block scalar that is indented like something in it. */
  #isCommentBetween(offset: number, parent: number): boolean {
    return offset < this.#text.length && this.#lines.lineAt(offset).column > parent;
  }
}
