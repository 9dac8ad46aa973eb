/** Answers to what is asked often and never changes. */

/** A function of an object that computes its answer once; the other arguments are always the same for one object. */
export function memo<K extends object, V, A extends readonly unknown[]>(
  compute: (key: K, ...rest: A) => V,
): (key: K, ...rest: A) => V {
  const known = new WeakMap<K, V>();
  return (key, ...rest) => {
    const answer = known.get(key);
    if (answer !== undefined || known.has(key)) return answer as V;
    const value = compute(key, ...rest);
    known.set(key, value);
    return value;
  };
}

/** A function that asks once for each question, told apart by a text. */
export function memoized<Q, T>(ask: (question: Q) => T, textOf: (question: Q) => string): (question: Q) => T {
  const known = new Map<string, T>();
  return (question) => {
    const text = textOf(question);
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as T;
    const answer = ask(question);
    known.set(text, answer);
    return answer;
  };
}

/** A function of a text that computes its answer once. */
export function memoizedByText<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as T;
    const answer = compute(text);
    known.set(text, answer);
    return answer;
  };
}
