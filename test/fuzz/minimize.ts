/**
 * The smallest part of a list that still fits, by leaving out ever smaller pieces (ddmin).
 *
 * @param deadline on the clock of `performance.now()`; what is found by then is the answer
 */
export async function minimize<T>(
  items: readonly T[],
  fits: (items: readonly T[]) => Promise<boolean>,
  deadline: number,
): Promise<readonly T[]> {
  let current = items;
  for (let size = Math.ceil(items.length / 2); size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0) {
    for (let start = 0; start < current.length && performance.now() < deadline; ) {
      const without = current.toSpliced(start, size);
      if (without.length > 0 && (await fits(without))) current = without;
      else start += size;
    }
  }
  return current;
}
