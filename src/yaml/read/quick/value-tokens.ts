/** The tokens of values on one line: scalars, and flow collections of words, quoted scalars and more of their kind. */
import type { CST } from 'yaml';
import type { CollectionItem, SourceToken } from '../tree/tokens.ts';
import type { Cursor } from './cursor.ts';

/** A scalar or a flow collection, with the spaces and the comment after it. */
export type ValueToken = CST.FlowScalar | CST.FlowCollection;

/** A plain scalar does not begin with these, and with a dash only when more follows. */
const INDICATORS = '?:,[]{}#&*!|>\'"%@`';
/** What a plain scalar may begin with in brackets, and what it may consist of there. */
const [WORD_START, WORD] = [/[\w./]/, /[\w./=+@-]/];
const DEEPEST_FLOW = 20;

/** Reads the value at the cursor; undefined when the `yaml` package must read it. */
export function readValue(cursor: Cursor): ValueToken | undefined {
  const first = cursor.text[cursor.offset] as string;
  if (first === '"' || first === "'") return readQuoted(cursor, first);
  if (first === '{' || first === '[') return readFlow(cursor, 0);
  return INDICATORS.includes(first) || cursor.isDash() ? undefined : cursor.take('scalar', cursor.afterPlainScalar());
}

function readQuoted(cursor: Cursor, quote: '"' | "'"): CST.FlowScalar | undefined {
  const { text } = cursor;
  let close = text.indexOf(quote, cursor.offset + 1);
  for (;;) {
    if (close === -1 || close >= cursor.lineEnd) return undefined;
    if (quote === "'" && text[close + 1] === "'") close = text.indexOf(quote, close + 2);
    else if (quote === '"' && isEscaped(text, close)) close = text.indexOf(quote, close + 1);
    else return cursor.take(quote === '"' ? 'double-quoted-scalar' : 'single-quoted-scalar', close + 1);
  }
}

function isEscaped(text: string, offset: number): boolean {
  let before = offset - 1;
  while (text[before] === '\\') before--;
  return (offset - before) % 2 === 0;
}

function readFlow(cursor: Cursor, depth: number): CST.FlowCollection | undefined {
  const { text, offset, indent } = cursor;
  const isMap = text[offset] === '{';
  const close = isMap ? '}' : ']';
  const start = cursor.takeMark(isMap ? 'flow-map-start' : 'flow-seq-start');
  const items: CST.FlowCollection['items'] = [];
  while (text[cursor.offset] !== close || items.length > 0) {
    const comma = items.length > 0 ? cursor.takeMark('comma') : undefined;
    const before = tokensOf(comma, cursor.takeSpace());
    const item = isMap ? readFlowEntry(cursor, before, depth) : readFlowItem(cursor, before, depth);
    if (!item) return undefined;
    items.push(item);
    if (text[cursor.offset] === close) break;
    if (text[cursor.offset] !== ',') return undefined;
  }
  const end = [cursor.takeMark(isMap ? 'flow-map-end' : 'flow-seq-end')];
  return { type: 'flow-collection', offset, indent, start, items, end };
}

/** A list of tokens that are there. A list that grows later takes much more memory. */
export function tokensOf(first: SourceToken | undefined, second: SourceToken | undefined): SourceToken[] {
  if (first) return second ? [first, second] : [first];
  return second ? [second] : [];
}

function readFlowItem(cursor: Cursor, start: SourceToken[], depth: number): CollectionItem | undefined {
  const value = readFlowValue(cursor, depth);
  if (!value) return undefined;
  const space = cursor.takeSpace();
  value.end = value.end ? [...value.end, ...tokensOf(space, undefined)] : tokensOf(space, undefined);
  return { start, value };
}

function readFlowEntry(cursor: Cursor, start: SourceToken[], depth: number): CollectionItem | undefined {
  const key = readFlowValue(cursor, depth);
  if (!key || key.type === 'flow-collection' || key.source === '<<' || !cursor.isColon()) return undefined;
  const colon = cursor.takeMark('map-value-ind');
  const sep = tokensOf(colon, cursor.takeSpace());
  const value = readFlowValue(cursor, depth);
  const space = cursor.takeSpace();
  if (value && space) value.end = value.end ? [...value.end, space] : [space];
  return value && { start, key, sep, value };
}

function readFlowValue(cursor: Cursor, depth: number): ValueToken | undefined {
  const { text, lineEnd } = cursor;
  const first = text[cursor.offset];
  if (first === '"' || first === "'") return readQuoted(cursor, first);
  if (first === '{' || first === '[') return depth < DEEPEST_FLOW ? readFlow(cursor, depth + 1) : undefined;
  if (!WORD_START.test(first ?? '')) return undefined;
  let end = cursor.offset;
  while (end < lineEnd && isInWord(text, end)) end++;
  return cursor.take('scalar', end);
}

/** True inside of a word in brackets, where a colon that is followed by more of the word is an ordinary character. */
function isInWord(text: string, offset: number): boolean {
  return WORD.test(text[offset] as string) || (text[offset] === ':' && WORD.test(text[offset + 1] ?? ''));
}
