/** Questions about the nodes that the `yaml` package composes. */
import { isAlias, isMap, isScalar, isSeq, type Alias, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { CollectionItem, Token } from '../tree/tokens.ts';

export type MapNode = YAMLMap<Node, Node | null>;
export type AliasNode = Alias;
export type SeqNode = YAMLSeq<Node | null>;
export type PairNode = Pair<Node, Node | null>;
export { isAlias, isMap, isScalar, isSeq, type Node };

/** The token that a node was composed from; every node of a parsed document has one, except an empty value. */
export function tokenOf(node: Node | null | undefined): Token | undefined {
  const token = node?.srcToken;
  return token && 'source' in token && token.source === '' && token.type === 'scalar' ? undefined : token;
}

/** The part of a collection's token that a pair was composed from. */
export function itemOf(pair: PairNode): CollectionItem | undefined {
  return pair.srcToken as CollectionItem | undefined;
}

/** The pairs of a map in the order of the text. */
export function pairsOf(map: MapNode): readonly PairNode[] {
  return map.items as PairNode[];
}

/** A key as JavaScript reads it: the text of its scalar, empty for null; undefined for an alias or a collection. */
export function keyOf(pair: PairNode): string | undefined {
  if (!isScalar(pair.key)) return undefined;
  const { value } = pair.key;
  return typeof value === 'symbol' ? value.description : value === null ? '' : String(value);
}

/** True for the merge key `<<` of YAML 1.1, which Go's parser follows when it is not quoted. */
export function isMerge(pair: PairNode): boolean {
  return isScalar(pair.key) && (pair.key.type === undefined || pair.key.type === 'PLAIN') && keyOf(pair) === '<<';
}

/** The nodes that a merge key names: one, or those of a list. */
export function mergeSources(pair: PairNode): readonly (Node | null)[] {
  return isSeq(pair.value) ? (pair.value as SeqNode).items : [pair.value];
}
