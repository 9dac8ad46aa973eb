/** Tells from the text alone which kinds a document may have, so that most documents are never parsed. */
import { isBlank } from './blank.ts';

const ROOT_KIND = /^(?:kind|"kind"|'kind')[ \t]*:[ \t]*(.*)$/gm;
const KIND_NAME = /^(?:"([A-Za-z]*)"|'([A-Za-z]*)'|([A-Za-z]+))[ \t]*(?:#.*)?\r?$/;

/** Spaces, line breaks and comments. The bounds keep the time linear. */
const GAP = '(?:\\s{0,999}#[^\\n]{0,999}\\n){0,9}\\s{0,999}';

/** By the kinds of a run, and gone with them. */
const inlineKinds = new WeakMap<RegExp, RegExp>();

/**
 * The key `kind` followed by one of the kinds, or by an alias; quotes, anchors, tags, comments and line breaks may come
 * in between.
 */
function inlineKind(kinds: RegExp): RegExp {
  const property = `(?:[&!]\\S{0,999}|[|>][-+0-9]{0,2})\\s${GAP}`;
  const known = inlineKinds.get(kinds) ?? new RegExp(`\\bkind["']?${GAP}:${GAP}(?:${property}){0,3}["']?(?:\\*|${kinds.source})`);
  inlineKinds.set(kinds, known);
  return known;
}

/**
 * False only when the document certainly has none of `kinds` at its root. A block mapping at the left margin names its
 * kind on a line of its own; everything else (flow, JSON, indented) is judged by whether the key occurs anywhere with one of
 * the kinds as its value.
 */
export function mayHoldKind(source: string, kinds: RegExp): boolean {
  const text = withoutEscapes(source);
  if (!kinds.test(text) || isBlank(text)) return false;
  let hasRootKind = false;
  for (const { 1: value = '', index } of text.matchAll(ROOT_KIND)) {
    // For JavaScript a line also begins after U+2028 and U+2029.
    if (index > 0 && text[index - 1] !== '\n') continue;
    const name = KIND_NAME.exec(value);
    if (!name) return true;
    const kind = name[1] ?? name[2] ?? name[3] ?? '';
    if (kinds.test(kind)) return true;
    hasRootKind = true;
  }
  return !hasRootKind && inlineKind(kinds).test(text);
}

const CONTAINERS = /\bcontainers["']?\s{0,99}:/;
const IMAGE = /\bimage["']?\s{0,99}:/;
const DESCRIBES_KINDS = /\bCustomResourceDefinition\b/;

/** True when a document of any kind may have containers with images; not for one that describes a kind. */
export function mayHoldContainers(source: string): boolean {
  return CONTAINERS.test(source) && IMAGE.test(source) && !mayHoldKind(source, DESCRIBES_KINDS);
}

/** Letters that are escaped read as themselves: `"kin\x64"` is `kind`. */
function withoutEscapes(text: string): string {
  if (!/\\[xuU]/.test(text)) return text;
  return text.replace(/\\(?:x|u00|U000000)([0-9A-Fa-f]{2})/g, (_escape, digits: string) =>
    String.fromCharCode(parseInt(digits, 16)),
  );
}
