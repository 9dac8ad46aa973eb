/** `count` of the items, spread over all of them: always the same ones for the same items. */
export function sampleOf<T>(items: readonly T[], count: number): T[] {
  let seed = 20_231;
  const random = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const keyed = items.map((item, index) => ({ item, index, key: random() })).sort((left, right) => left.key - right.key);
  return keyed
    .slice(0, count)
    .sort((left, right) => left.index - right.index)
    .map(({ item }) => item);
}
