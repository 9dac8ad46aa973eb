/** What an object that never changes is asked about often. */

/** A function of an object that computes its answer once; the other arguments are always the same for one object. */
export function memo<K extends object, V, A extends readonly unknown[]>(
  compute: (key: K, ...rest: A) => V,
): (key: K, ...rest: A) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key, ...rest) => {
    const answer = known.get(key);
    if (answer) return answer.value;
    const value = compute(key, ...rest);
    known.set(key, { value });
    return value;
  };
}
