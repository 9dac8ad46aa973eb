/** The globs of image entries: `*` matches anything, slashes too, `?` matches one character. */

/** True for a text that has a wildcard. */
export function isGlob(text: string): boolean {
  return /[*?]/.test(text);
}

/** Compiles a glob; without a wildcard it matches that text alone. */
export function compileGlob(glob: string): (text: string) => boolean {
  if (!isGlob(glob)) return (text) => text === glob;
  const source = glob.replace(/[\\^$.+()|{}[\]]/g, '\\$&').replace(/\*+/g, '.*').replace(/\?/g, '.');
  const pattern = new RegExp(`^${source}$`);
  return (text) => pattern.test(text);
}

/** The folder before the first wildcard: every text that the glob matches lies below it. Empty when there is none. */
export function literalFolder(glob: string): string {
  const literal = glob.slice(0, glob.search(/[*?]/));
  return literal.slice(0, Math.max(literal.lastIndexOf('/'), 0));
}
