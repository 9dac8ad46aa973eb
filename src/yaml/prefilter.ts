/** Tells from the text alone which kinds a document may have, so that most documents are never parsed. */

const ROOT_KIND = /^(?:kind|"kind"|'kind')[ \t]*:[ \t]*(.*)$/gm;
const PLAIN = /^(?:"([A-Za-z]*)"|'([A-Za-z]*)'|([A-Za-z]+))[ \t]*(?:#.*)?\r?$/;

/**
 * False only when the document certainly has none of `kinds` at its root. A block mapping at the left margin names its
 * kind on a line of its own; everything else (flow, JSON, indented, quoted or anchored) is judged by whether one of
 * the words occurs at all.
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
  return !found;
}
