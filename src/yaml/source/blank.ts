/** Texts without content. */

/** True for a text of comments, document markers and space. */
export function isBlank(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(?:#|$)|^\uFEFF?(?:---|\.\.\.)\s*(?:#|$)/.test(line));
}
