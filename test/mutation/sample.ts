/** `count` of the items, of every group about the same share and at least one: always the same ones for the same items. */
export function sampleOf<T>(items: readonly T[], count: number, groupOf: (item: T) => string): T[] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(groupOf(item), [...(groups.get(groupOf(item)) ?? []), item]);
  return [...groups.values()].flatMap((group) => some(group, Math.max(1, Math.round((count * group.length) / items.length))));
}

function some<T>(items: readonly T[], count: number): T[] {
  const chosen = new Set(shuffled(items).slice(0, count));
  return items.filter((item) => chosen.has(item));
}

/** The items in an order of no meaning: always the same one for as many items. */
export function shuffled<T>(items: readonly T[]): T[] {
  let seed = 20_231;
  const random = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const keyed = items.map((item) => ({ item, key: random() }));
  return keyed.sort((left, right) => left.key - right.key).map(({ item }) => item);
}
