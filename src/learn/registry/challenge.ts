/** What a registry wants of a client that has no right yet: the header `WWW-Authenticate` (RFC 9110, 11.6.1; RFC 6750, 3). */

export interface Challenge {
  readonly scheme: 'basic' | 'bearer';
  /** By name in lower case: `realm`, `service`, `scope`. */
  readonly parameters: ReadonlyMap<string, string>;
}

const PART = /(?:^|[\s,])([A-Za-z][\w-]*)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|(?=[\s,]|$))/g;

/** The challenges of a header that kharden can answer, in their order. */
export function readChallenges(header: string): Challenge[] {
  const found: { scheme: string; parameters: Map<string, string> }[] = [];
  for (const [, name = '', quoted, word] of header.matchAll(PART)) {
    const value = quoted?.replace(/\\(.)/g, '$1') ?? word;
    if (value === undefined) found.push({ scheme: name.toLowerCase(), parameters: new Map() });
    else found.at(-1)?.parameters.set(name.toLowerCase(), value);
  }
  return found.flatMap(({ scheme, parameters }) => (scheme === 'basic' || scheme === 'bearer' ? [{ scheme, parameters }] : []));
}
