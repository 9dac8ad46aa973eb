/**
 * Go's YAML parser ignores the indentation inside quoted scalars and flow collections; the `yaml` package reports an error for
 * too little. Real charts contain such values. Here their inner line breaks become spaces in a copy of the same length, so
 * that every offset stays true; the copy is only read, never written.
 */
import { visit, type Document, type Scalar } from 'yaml';
import { path, type Json } from '../../../util/json.ts';

/** How many characters are read again for all joined values of one document, and how many values are joined at most. */
const MOST_READ = 2_000_000;
const MOST_JOINED = 200;
/** A text with more errors is not a manifest with a few such values. */
const MOST_ERRORS = 1000;

/**
 * Composes a text with `compose`, joining the lines of under-indented quoted scalars and flow collections until there is no
 * error. When another error is left, the document is the one that `compose` made of the text itself.
 */
export function composeUnderIndented(text: string, compose: (text: string) => Document.Parsed): Document.Parsed {
  const original = compose(text);
  let document = original;
  let copy = text;
  const most = document.errors.length > MOST_ERRORS ? 0 : Math.min(MOST_JOINED, Math.ceil(MOST_READ / text.length));
  for (let count = 0; document.errors.length > 0 && count < most; count++) {
    const joined = joinFirst(copy, document);
    if (joined === undefined) return original;
    copy = joined;
    document = compose(copy);
  }
  if (document.errors.length > 0) return original;
  if (copy !== text) foldLines(document, text, compose);
  return document;
}

/** Gives the quoted and plain scalars of several lines the value that folding their lines makes, not the spaces of the copy. */
function foldLines(document: Document.Parsed, text: string, compose: (text: string) => Document.Parsed): void {
  visit(document, {
    Scalar: (_key, scalar) => {
      const source = scalar.range ? text.slice(scalar.range[0], scalar.range[1]) : '';
      if (!isBlock(scalar) && source.includes('\n'))
        scalar.value = path(compose(`a: ${source.replace(/\n[ \t]*/g, '\n ')}`).toJS() as Json, 'a');
    },
  });
}

function isBlock({ type }: Scalar): boolean {
  return type === 'BLOCK_FOLDED' || type === 'BLOCK_LITERAL';
}

/** Joins the lines of the value that the first error is about; undefined when the error is about something else. */
function joinFirst(text: string, document: Document.Parsed): string | undefined {
  const error = document.errors[0];
  if (!error) return undefined;
  const [offset] = error.pos;
  const quote = /^Missing closing (["'])/.exec(error.message)?.[1];
  if (quote) return joinQuoted(text, offset, quote);
  if (!/^Flow (?:map|sequence) in block collection must be sufficiently indented/.test(error.message)) return undefined;
  return joinFlow(text, offset);
}

/** `lineBreak` is the offset where the lexer gave up: the closing quote is further down. */
function joinQuoted(text: string, lineBreak: number, quote: string): string | undefined {
  const close = closingQuote(text, lineBreak, quote);
  return close === -1 ? undefined : withSpacesForBreaks(text, text.lastIndexOf('\n', lineBreak - 1) + 1, close);
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

/** `offset` is in the first line with too little indentation: the opening bracket is further up. */
function joinFlow(text: string, offset: number): string | undefined {
  const open = openBracket(text, offset);
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
    if (depth === 0) return withSpacesForBreaks(text, open, index);
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

/** Undefined when there is no line break in the range. */
function withSpacesForBreaks(text: string, from: number, to: number): string | undefined {
  const inner = text.slice(from, to);
  const joined = inner.replace(/[\r\n]/g, ' ');
  return joined === inner ? undefined : text.slice(0, from) + joined + text.slice(to);
}
