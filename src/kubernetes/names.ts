/** Names for new volumes and accounts, within the limits of the API server (RFC 1123 labels: 63 characters). */

const LONGEST = 63;
const HASH_LENGTH = 8;

/** A label made of `text`: lower case, other characters than letters and digits as dashes, cut with a stable hash. */
export function toLabel(text: string): string {
  const label = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return shorten(label === '' ? 'volume' : label, LONGEST);
}

/** A name cut to `longest` characters; what is cut off shows in a hash at its end. */
export function shorten(name: string, longest: number): string {
  if (name.length <= longest) return name;
  const head = name.slice(0, longest - HASH_LENGTH - 1).replace(/[-.]+$/, '');
  return `${head}-${fnv1a(name).toString(16).padStart(HASH_LENGTH, '0')}`;
}

/** The first of `name`, `name-2`, `name-3`… that is not taken. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${shorten(name, LONGEST - String(count).length - 1)}-${count}`;
  return free;
}

/** The 32-bit FNV-1a hash of a text's code units: small, stable, and good enough to spread names over numbers. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}
