/** The globs of image entries: `*` matches anything, slashes too, `?` matches one character. */

/** True for a text that has a wildcard. */
export function isGlob(text: string): boolean {
  return /[*?]/.test(text);
}

const compiled = new Map<string, RegExp>();

/** True when a glob matches a whole text; one without a wildcard matches that text alone. Compiled once, when first used. */
export function globMatches(glob: string, text: string): boolean {
  if (!isGlob(glob)) return text === glob;
  const pattern = compiled.get(glob) ?? compile(glob);
  compiled.set(glob, pattern);
  return pattern.test(text);
}

function compile(glob: string): RegExp {
  const source = glob
    .replace(/[\\^$.+()|{}[\]]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`);
}

/** The folder before the first wildcard: every text that the glob matches lies below it. Empty when there is none. */
export function literalFolder(glob: string): string {
  const literal = glob.slice(0, glob.search(/[*?]/));
  return literal.slice(0, Math.max(literal.lastIndexOf('/'), 0));
}
