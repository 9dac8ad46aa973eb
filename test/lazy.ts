/**
 * What several tests share and none needs before it runs: computed at the first question. Loading a test file should cost next to
 * nothing, because each mutant loads all of them anew.
 */
export function lazy<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: compute() }).value;
}
