/** `count` of the items, of every group about the same share and at least one: always the same ones for the same items. */
export function sampleOf<T>(items: readonly T[], count: number, groupOf: (item: T) => string): T[] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(groupOf(item), [...(groups.get(groupOf(item)) ?? []), item]);
  return [...groups.values()].flatMap((group) => some(group, Math.max(1, Math.round((count * group.length) / items.length))));
}

function some<T>(items: readonly T[], count: number): T[] {
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
