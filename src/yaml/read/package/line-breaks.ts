/**
 * NEL, LS and PS (U+0085, U+2028, U+2029): line breaks in YAML 1.1 and for Go's parser, ordinary characters in YAML 1.2 and for
 * the `yaml` package. In a quoted value both agree on where the value ends, and only its line folding differs.
 */
import { visit, type Document, type Scalar } from 'yaml';
import { path, type Json } from '../../../util/json.ts';
import { contentLength } from '../../source/lines.ts';
import type { ParseProblem } from '../tree/parsed-yaml.ts';

const OLD_BREAK = /[\u0085\u2028\u2029]/;
const LINE_BREAK = /(\r?\n|[\u0085\u2028\u2029])/;
const OLD_LINES_LIKE_MARKERS = /[\u0085\u2028\u2029](?:---|\.\.\.)(?:[ \t\r\n\u0085\u2028\u2029]|$)/;
const ENDS_IN_ESCAPE = /(?<!\\)(?:\\\\)*\\$/;

/** True when a text has a line break that only YAML 1.1 knows. */
export function hasOldBreaks(text: string): boolean {
  return OLD_BREAK.test(text);
}

/** What is wrong with the first old line break that is not in a quoted value, or that Go takes for more than a line break. */
export function refusedLineBreak(text: string, document: Document.Parsed): ParseProblem | undefined {
  let checked = 0;
  for (const { range } of quotedValues(document)) {
    const problem = lineBreakProblem(text, checked, range[0]);
    if (problem) return problem;
    const source = text.slice(...range);
    if (hasOldBreaks(source) && foldAsGo(source) === undefined) return lineBreakProblem(text, ...range);
    checked = range[1];
  }
  return lineBreakProblem(text, checked, text.length);
}

/** The first old line break of a range as a problem. */
function lineBreakProblem(text: string, start: number, end: number): ParseProblem | undefined {
  const index = text.slice(start, end).search(OLD_BREAK);
  if (index === -1) return undefined;
  const code = text
    .charCodeAt(start + index)
    .toString(16)
    .toUpperCase()
    .padStart(4, '0');
  return { offset: start + index, message: `U+${code} is a line break for Kubernetes` };
}

/** Gives the quoted values with old line breaks the value that Go reads; `compose` reads a small text. */
export function foldOldBreaks(document: Document.Parsed, text: string, compose: (text: string) => Document.Parsed): void {
  for (const { scalar, range } of quotedValues(document)) {
    const source = text.slice(...range);
    if (hasOldBreaks(source)) scalar.value = path(compose(`a: ${foldAsGo(source)}`).toJS() as Json, 'a');
  }
}

interface QuotedValue {
  readonly scalar: Scalar;
  readonly range: readonly [start: number, end: number];
}

/** The quoted scalars that are no keys: a key must be on one line. */
function quotedValues(document: Document.Parsed): QuotedValue[] {
  const found: QuotedValue[] = [];
  visit(document, {
    Scalar(key, scalar) {
      const isQuoted = scalar.type === 'QUOTE_SINGLE' || scalar.type === 'QUOTE_DOUBLE';
      if (isQuoted && key !== 'key' && scalar.range) found.push({ scalar, range: [scalar.range[0], scalar.range[1]] });
    },
  });
  return found;
}

/**
 * A quoted scalar as one line in double quotes that reads as Go reads its lines (`yaml_parser_scan_flow_scalar` of goyaml.v2).
 * Undefined for what Go refuses (a line that begins like a document marker) and for an escaped line break.
 */
function foldAsGo(source: string): string | undefined {
  if (OLD_LINES_LIKE_MARKERS.test(source)) return undefined;
  const isSingle = source.startsWith("'");
  const inner = source.slice(1, -1);
  const escaped = isSingle ? inner.replaceAll("''", "'").replace(/["\\]/g, '\\$&') : inner;
  const parts = escaped.split(LINE_BREAK);
  let folded = '';
  let breaks: string[] = [];
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) {
      breaks.push(hasOldBreaks(part) && part !== '\u0085' ? part : '\\n');
      continue;
    }
    const isLast = index === parts.length - 1;
    const content = withoutBlanks(part, index > 0, !isLast);
    if (!isLast && ENDS_IN_ESCAPE.test(content)) return undefined;
    if (index > 0 && !isLast && content === '') continue;
    folded += foldedBreaks(breaks) + content;
    breaks = [];
  }
  return `"${folded}"`;
}

/** A line without the blanks next to its line breaks; an escaped blank at the end stays. */
function withoutBlanks(line: string, atStart: boolean, atEnd: boolean): string {
  const content = atStart ? line.replace(/^[ \t]+/, '') : line;
  if (!atEnd) return content;
  const end = contentLength(content);
  return content.slice(0, ENDS_IN_ESCAPE.test(content.slice(0, end)) ? end + 1 : end);
}

/** What Go makes of line breaks in a row: one is a space, of more the first goes; LS and PS stay. */
function foldedBreaks([first, ...rest]: readonly string[]): string {
  if (first === undefined) return '';
  return first === '\\n' ? rest.join('') || ' ' : first + rest.join('');
}
