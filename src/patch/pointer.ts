/** JSON Pointer (RFC 6901): from the text to its keys (the reference tokens of the RFC, without escapes) and back. */

/**
 * Splits a pointer such as `/spec/a~1b/0` into its keys; the empty pointer has none.
 *
 * @throws Error when the text is not a JSON Pointer
 */
export function parsePointer(pointer: string): string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) throw new Error(`not a JSON Pointer: ${pointer}`);
  const keys = pointer.slice(1).split('/');
  return pointer.includes('~') ? keys.map(unescaped) : keys;
}

/**
 * The pointer of the parent of a value, and the key of the value in it; undefined for the empty pointer.
 *
 * @throws Error when the text is not a JSON Pointer
 */
export function parentOf(pointer: string): { parent: string; key: string } | undefined {
  if (pointer === '') return undefined;
  if (!pointer.startsWith('/')) throw new Error(`not a JSON Pointer: ${pointer}`);
  const slash = pointer.lastIndexOf('/');
  return { parent: pointer.slice(0, slash), key: unescaped(pointer.slice(slash + 1)) };
}

/** Joins keys to a pointer, escaping `~` and `/`. */
export function formatPointer(keys: readonly (string | number)[]): string {
  let pointer = '';
  for (const key of keys) pointer += `/${typeof key === 'number' ? key : escaped(key)}`;
  return pointer;
}

function escaped(key: string): string {
  return key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}

function unescaped(key: string): string {
  return key.includes('~') ? key.replaceAll('~1', '/').replaceAll('~0', '~') : key;
}
