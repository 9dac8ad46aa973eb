/** Tells from the text alone which kinds a document may have, so that most documents are never parsed. */

const ROOT_KIND = /^(?:kind|"kind"|'kind')[ \t]*:[ \t]*(.*)$/gm;
const PLAIN = /^(?:"([A-Za-z]*)"|'([A-Za-z]*)'|([A-Za-z]+))[ \t]*(?:#.*)?\r?$/;

const inline = new Map<RegExp, RegExp>();

/** A value has at most one anchor and one tag; the bounds keep the time linear. The key `kind` with one of the kinds, or with an alias, behind it; quotes, anchors, tags and line breaks may stand between. */
function inlineKind(kinds: RegExp): RegExp {
  const known = inline.get(kinds) ?? new RegExp(`\\bkind["']?\\s*:\\s*(?:[&!]\\S{0,999}\\s+){0,2}["']?(?:\\*|${kinds.source})`);
  inline.set(kinds, known);
  return known;
}

/**
 * False only when the document certainly has none of `kinds` at its root. A block mapping at the left margin names its
 * kind on a line of its own; everything else (flow, JSON, indented) is judged by whether the key occurs anywhere with one of
 * the kinds behind it.
 */
export function mayHoldKind(text: string, kinds: RegExp): boolean {
  if (!kinds.test(text)) return false;
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
