/** Tells from the text alone which kinds a document may have, so that most documents are never parsed. */
import { isBlank } from './blank.ts';

const ROOT_KIND = /^(?:kind|"kind"|'kind')[ \t]*:[ \t]*(.*)$/gm;
const PLAIN = /^(?:"([A-Za-z]*)"|'([A-Za-z]*)'|([A-Za-z]+))[ \t]*(?:#.*)?\r?$/;

const GAP = '(?:\\s{0,999}#[^\\n]{0,999}\\n){0,9}\\s{0,999}';

const inline = new Map<RegExp, RegExp>();

/**
 * The key `kind` with one of the kinds, or with an alias, behind it; quotes, anchors, tags, comments and line breaks may stand
 * between. The bounds keep the time linear.
 */
function inlineKind(kinds: RegExp): RegExp {
  const property = `(?:[&!]\\S{0,999}|[|>][-+0-9]{0,2})\\s${GAP}`;
  const known = inline.get(kinds) ?? new RegExp(`\\bkind["']?${GAP}:${GAP}(?:${property}){0,3}["']?(?:\\*|${kinds.source})`);
  inline.set(kinds, known);
  return known;
}

/**
 * False only when the document certainly has none of `kinds` at its root. A block mapping at the left margin names its
 * kind on a line of its own; everything else (flow, JSON, indented) is judged by whether the key occurs anywhere with one of
 * the kinds behind it.
 */
export function mayHoldKind(source: string, kinds: RegExp): boolean {
  const text = withoutEscapes(source);
  if (!kinds.test(text) || isBlank(text)) return false;
  let found = false;
  for (const match of text.matchAll(ROOT_KIND)) {
    const plain = PLAIN.exec(match[1] ?? '');
    if (!plain) return true;
    const kind = plain[1] ?? plain[2] ?? plain[3] ?? '';
    if (kinds.test(kind)) return true;
    found = true;
  }
  return !found && inlineKind(kinds).test(text);
}

/** Letters that are escaped read as themselves: `"kin\x64"` is `kind`. */
function withoutEscapes(text: string): string {
  if (!/\\[xuU]/.test(text)) return text;
  return text.replace(/\\(?:x|u00|U000000)([0-9A-Fa-f]{2})/g, (_escape, digits: string) =>
    String.fromCharCode(parseInt(digits, 16)),
  );
}
