/** What a parsed document holds: duplicate keys and quoted text. */
import { visit } from 'yaml';
import { keyOf, pairsOf, type MapNode } from './package/composed.ts';
import type { ParsedYaml } from './tree/parsed-yaml.ts';

/** The keys that occur twice in one map, with the offsets of the later ones. */
export function duplicateKeys(parsed: ParsedYaml): { key: string; offset: number }[] {
  if (!parsed.hasDuplicates) return [];
  const duplicates: { key: string; offset: number }[] = [];
  visit(parsed.document, {
    Map: (_key, map) => {
      const seen = new Set<string>();
      for (const pair of pairsOf(map as MapNode)) {
        const key = keyOf(pair);
        if (key === undefined) continue;
        if (seen.has(key)) duplicates.push({ key, offset: pair.key.range?.[0] ?? 0 });
        seen.add(key);
      }
    },
  });
  return duplicates;
}

/** The ranges of all quoted and block scalars, in the order of the text. */
export function quotedRanges(parsed: ParsedYaml): (readonly [start: number, end: number])[] {
  const ranges: (readonly [number, number])[] = [];
  visit(parsed.document, {
    Scalar: (_key, scalar) => {
      if (scalar.range && scalar.type !== 'PLAIN') ranges.push([scalar.range[0], scalar.range[1]]);
    },
  });
  return ranges;
}
