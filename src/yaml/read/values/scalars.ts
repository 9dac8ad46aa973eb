/** Values on one line: scalars, and collections in brackets. */
import type { Json } from '../../../util/json.ts';
import { goScalar } from '../package/go-schema.ts';
import { NotSimple } from './not-simple.ts';

/** A value with the offset behind it. */
export interface Read<T extends Json = Json> {
  readonly value: T;
  readonly end: number;
}

/** A plain scalar does not begin with the first of these, nor with one of the others alone. */
const [INDICATORS, MARKS] = [',[]{}#&*!|>\'"%@`', '-?:'];
const [SPACE, HASH, COLON] = [32, 35, 58];
const QUOTED = /"[^"\\]*(?:\\.[^"\\]*)*"|'[^']*(?:''[^']*)*'/y;
/** A plain scalar in brackets: only what means the same everywhere. */
const WORD = /[\w./](?:[\w./=+@-]|:(?=[\w./=+@-]))*/y;
const SPACES = / */y;
const DEEPEST = 20;

/**
 * The scalar that a line begins with, as a key or as a value.
 *
 * @throws NotSimple
 */
export function readScalar(text: string, start: number, lineEnd: number): Read {
  const first = text[start];
  if (first === '"' || first === "'") return readQuoted(text, start, lineEnd);
  if (first === undefined || INDICATORS.includes(first)) throw new NotSimple();
  if (MARKS.includes(first) && isBlank(text, start + 1, lineEnd)) throw new NotSimple();
  const end = plainEnd(text, start, lineEnd);
  return { value: goScalar(text.slice(start, end)), end };
}

/** Where a plain scalar ends: before a comment, before the colon of a key, and before the spaces there. */
function plainEnd(text: string, start: number, lineEnd: number): number {
  let end = start;
  for (let at = start; at < lineEnd; at++) {
    const code = text.charCodeAt(at);
    if (code === SPACE) continue;
    if (code === HASH && end < at) return end;
    if (code === COLON && isBlank(text, at + 1, lineEnd)) return end;
    end = at + 1;
  }
  return end;
}

/** True at the end of a line and at a space. */
function isBlank(text: string, at: number, lineEnd: number): boolean {
  return at === lineEnd || text.charCodeAt(at) === SPACE;
}

/**
 * The value that a line begins with: a scalar, or a collection in brackets that ends on the line.
 *
 * @throws NotSimple
 */
export function readInline(text: string, start: number, lineEnd: number): Read {
  const first = text[start];
  return first === '[' || first === '{' ? readBrackets(text.slice(0, lineEnd), start, 0) : readScalar(text, start, lineEnd);
}

function readQuoted(text: string, start: number, lineEnd: number): Read<string> {
  const source = matchAt(QUOTED, text, start);
  if (source === undefined || start + source.length > lineEnd) throw new NotSimple();
  return { value: unquoted(source), end: start + source.length };
}

/** Of the escapes of YAML only those that JSON has too. */
function unquoted(source: string): string {
  const inner = source.slice(1, -1);
  if (source.startsWith("'")) return inner.replaceAll("''", "'");
  if (!inner.includes('\\')) return inner;
  try {
    return JSON.parse(source) as string;
  } catch {
    throw new NotSimple();
  }
}

/** `text` ends with the line. */
function readBrackets(text: string, start: number, depth: number): Read {
  if (depth > DEEPEST) throw new NotSimple();
  const isMap = text[start] === '{';
  const close = isMap ? '}' : ']';
  const map: Record<string, Json> = {};
  const list: Json[] = [];
  let at = start + 1;
  if (text[at] === close) return { value: isMap ? map : list, end: at + 1 };
  for (;;) {
    const first = readInBrackets(text, afterSpaces(text, at), depth);
    at = first.end;
    if (isMap) {
      if (!text.startsWith(': ', at)) throw new NotSimple();
      const { value, end } = readInBrackets(text, afterSpaces(text, at + 1), depth);
      map[keyOf(first.value)] = value;
      at = end;
    } else list.push(first.value);
    at = afterSpaces(text, at);
    if (text[at] === close) return { value: isMap ? map : list, end: at + 1 };
    if (text[at] !== ',') throw new NotSimple();
    at++;
  }
}

function readInBrackets(text: string, at: number, depth: number): Read {
  const first = text[at];
  if (first === '[' || first === '{') return readBrackets(text, at, depth + 1);
  if (first === '"' || first === "'") return readQuoted(text, at, text.length);
  const word = matchAt(WORD, text, at);
  if (word === undefined) throw new NotSimple();
  return { value: goScalar(word), end: at + word.length };
}

/**
 * A key of a map: a text, and no merge key.
 *
 * @throws NotSimple
 */
export function keyOf(value: Json): string {
  if (typeof value !== 'string' || value === '<<' || value === '__proto__') throw new NotSimple();
  return value;
}

function afterSpaces(text: string, at: number): number {
  return at + (matchAt(SPACES, text, at)?.length ?? 0);
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
