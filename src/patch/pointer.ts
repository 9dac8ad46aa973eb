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
  return pointer.includes('~') ? keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')) : keys;
}

/** Joins keys to a pointer, escaping `~` and `/`. */
export function formatPointer(keys: readonly (string | number)[]): string {
  let pointer = '';
  for (const key of keys) pointer += `/${typeof key === 'number' ? key : escaped(key)}`;
  return pointer;
}

function escaped(key: string): string {
  return /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}
