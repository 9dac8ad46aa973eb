/**
 * The values of a document where they are written, as the splicer and `locate` look at them. They are made of tokens
 * (`quick/token-nodes.ts`) or of the nodes of the `yaml` package (`package/package-nodes.ts`), each when it is asked for.
 */
import type { Json } from '../../../util/json.ts';
import type { CollectionItem, Token } from './tokens.ts';

export type Node = MapNode | SeqNode | ScalarNode | AliasNode;

interface Written {
  /** Where the value begins; of an empty one, where it would. */
  readonly offset: number;
  /** The token that it is written with; undefined for an empty value. */
  readonly token: Token | undefined;
  readonly value: Json;
  readonly hasAnchor: boolean;
}

export interface MapNode extends Written {
  readonly kind: 'map';
  /** In the order of the text. */
  readonly pairs: readonly PairNode[];
  /** Those of its pairs that are merge keys. */
  readonly merges: readonly PairNode[];
  /** The pair with a key that is not a merge key; of duplicates the last one, which is the one that kubectl uses. */
  find(key: string): PairNode | undefined;
}

export interface SeqNode extends Written {
  readonly kind: 'seq';
  readonly items: readonly (Node | null)[];
}

export interface ScalarNode extends Written {
  readonly kind: 'scalar';
}

export interface AliasNode extends Written {
  readonly kind: 'alias';
  /** The value with the anchor. */
  readonly target: Node | undefined;
}

export interface PairNode {
  /** The key as JavaScript reads it: the text of its scalar, empty for null; undefined for an alias or a collection. */
  readonly key: string | undefined;
  /** True for the merge key `<<` of YAML 1.1, which Go's parser follows when it is not quoted. */
  readonly isMerge: boolean;
  readonly keyOffset: number;
  readonly keyToken: Token | undefined;
  readonly value: Node | null;
  /** The part of the token of the map that the pair is written with. */
  readonly item: CollectionItem | undefined;
}

/** The nodes that a merge key names: one, or those of a list. */
export function mergeSources({ value }: PairNode): readonly (Node | null)[] {
  return value?.kind === 'seq' ? value.items : [value];
}
