/**
 * Go's YAML parser does not look at the indentation inside quoted scalars and flow collections; the `yaml` package does and
 * gives up on such a document. Real charts contain them. Here their inner line breaks become spaces in a copy of the same
 * length, so that every offset stays true; the copy is only read, never written.
 */
import { visit, type Document, type Scalar } from 'yaml';
import { path, type Json } from '../../util/json.ts';

/** How much text is read again for all repairs of one document, and how many there are at most. */
const MOST_READ = 2_000_000;
const MOST_REPAIRS = 200;
/** A text with more errors is no manifest of a few such values. */
const MOST_ERRORS = 1000;

/** Reads a text, joining the lines of under-indented quoted scalars and flow collections until nothing is left to mend. */
export function straighten(text: string, read: (text: string) => Document.Parsed): Document.Parsed {
  let document = read(text);
  const original = document;
  let straight = text;
  const most = document.errors.length > MOST_ERRORS ? 0 : Math.min(MOST_REPAIRS, Math.ceil(MOST_READ / text.length));
  for (let repairs = 0; document.errors.length > 0 && repairs < most; repairs++) {
    const joined = joinFirst(straight, document);
    if (joined === undefined) return original;
    straight = joined;
    document = read(straight);
  }
  if (document.errors.length > 0) return original;
  if (straight !== text) refold(document, text, read);
  return document;
}

/** Gives the quoted and plain scalars of several lines the value that their line breaks make, not the spaces in their place. */
function refold(document: Document.Parsed, text: string, read: (text: string) => Document.Parsed): void {
  visit(document, {
    Scalar: (_key, scalar) => {
      const source = scalar.range ? text.slice(scalar.range[0], scalar.range[1]) : '';
      if (!isBlock(scalar) && source.includes('\n'))
        scalar.value = path(read(`a: ${source.replace(/\n[ \t]*/g, '\n ')}`).toJS() as Json, 'a');
    },
  });
}

function isBlock({ type }: Scalar): boolean {
  return type === 'BLOCK_FOLDED' || type === 'BLOCK_LITERAL';
}

/** Joins the value that the first error is about, or gives undefined when it is about something else. */
function joinFirst(text: string, document: Document.Parsed): string | undefined {
  const error = document.errors[0];
  if (!error) return undefined;
  const [position] = error.pos;
  const quote = /^Missing closing (["'])/.exec(error.message)?.[1];
  if (quote) return joinQuoted(text, position, quote);
  if (!/^Flow (?:map|sequence) in block collection must be sufficiently indented/.test(error.message)) return undefined;
  return joinFlow(text, position);
}

/** `position` is the line break where the lexer gave up: the closing quote is further down. */
function joinQuoted(text: string, position: number, quote: string): string | undefined {
  const close = closingQuote(text, position, quote);
  return close === -1 ? undefined : blankBreaks(text, text.lastIndexOf('\n', position - 1) + 1, close);
}

function closingQuote(text: string, from: number, quote: string): number {
  for (let index = from; index < text.length; index++) {
    if (quote === '"' && text[index] === '\\') index++;
    else if (text[index] === quote) {
      if (quote === "'" && text[index + 1] === "'") index++;
      else return index;
    }
  }
  return -1;
}

/** `position` is in the first line with too little indentation: the opening bracket is further up. */
function joinFlow(text: string, position: number): string | undefined {
  const open = openBracket(text, position);
  if (open === -1) return undefined;
  let depth = 0;
  for (let index = open; index < text.length; index++) {
    const character = text[index];
    if (character === '"' || character === "'") {
      index = closingQuote(text, index + 1, character);
      if (index === -1) return undefined;
    } else if (character === '#' && /\s/.test(text[index - 1] ?? '')) return undefined;
    else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (depth === 0) return blankBreaks(text, open, index);
  }
  return undefined;
}

function openBracket(text: string, before: number): number {
  let depth = 0;
  for (let index = before - 1; index >= 0; index--) {
    const character = text[index];
    if (character === ']' || character === '}') depth++;
    if (character === '[' || character === '{') depth--;
    if (depth < 0) return index;
  }
  return -1;
}

function blankBreaks(text: string, from: number, to: number): string | undefined {
  const inner = text.slice(from, to);
  const joined = inner.replace(/[\r\n]/g, ' ');
  return joined === inner ? undefined : text.slice(0, from) + joined + text.slice(to);
}
