/** Small questions about the `yaml` package's nodes. */
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { memo } from '../../util/memo.ts';
import type { CollectionItem, Token } from './tokens.ts';

export type MapNode = YAMLMap<Node, Node | null>;
export type SeqNode = YAMLSeq<Node | null>;
export type PairNode = Pair<Node, Node | null>;
export { isAlias, isMap, isScalar, isSeq, type Node };

/** The token that a node was composed from; every node of a parsed document has one, but for values without source. */
export function tokenOf(node: Node | null | undefined): Token | undefined {
  const token = node?.srcToken;
  return token && 'source' in token && token.source === '' && token.type === 'scalar' ? undefined : token;
}

/** The part of a collection's token that a pair was composed from. */
export function itemOf(pair: PairNode): CollectionItem | undefined {
  return pair.srcToken as CollectionItem | undefined;
}

/** A key as JavaScript reads it: the text of its scalar, `null` for an empty one. */
export function keyOf(pair: PairNode): string | undefined {
  if (!isScalar(pair.key)) return undefined;
  const { value } = pair.key;
  return typeof value === 'symbol' ? value.description : value === null ? '' : String(value);
}

/** True for the merge key `<<` of YAML 1.1, which Go's parser honours when it is not quoted. */
export function isMerge(pair: PairNode): boolean {
  return isScalar(pair.key) && (pair.key.type === undefined || pair.key.type === 'PLAIN') && keyOf(pair) === '<<';
}

/** The pair with a key; of duplicates the last one, which is the one that kubectl takes. */
export function findPair(map: MapNode, key: string): PairNode | undefined {
  return pairsOf(map).get(key);
}

const pairsOf = memo((map: MapNode): ReadonlyMap<string, PairNode> => {
  const pairs = new Map<string, PairNode>();
  for (const pair of map.items as PairNode[]) {
    const key = keyOf(pair);
    if (key !== undefined && !isMerge(pair)) pairs.set(key, pair);
  }
  return pairs;
});
