/** The nodes that the `yaml` package would compose of the tokens in simple block style, with what the splicer looks at. */
import { Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Json } from '../../../util/json.ts';
import type { MapNode, Node, PairNode, SeqNode } from '../tree/nodes.ts';
import { isMark, type CollectionItem, type SourceToken, type Token } from '../tree/tokens.ts';
import { hasDash, scalarValue } from './values.ts';

/** The node of a token, with its range and token. */
export function nodeOf(token: Token): Node {
  const node = contentOf(token);
  node.srcToken = token as NonNullable<Node['srcToken']>;
  return withRange(node, token.offset, 'source' in token ? token.source.length : 0);
}

function contentOf(token: Token): Node {
  if (token.type === 'block-map') return mapOf(token.items);
  if (token.type === 'block-seq') return seqOf(token.items.filter(hasDash));
  if (token.type === 'flow-collection') {
    const collection = token.start.type === 'flow-map-start' ? mapOf(token.items) : seqOf(token.items);
    collection.flow = true;
    return collection;
  }
  return scalarOf(scalarValue(token), SCALAR_TYPES.get(token.type));
}

function mapOf(items: readonly CollectionItem[]): MapNode {
  const map: MapNode = new YAMLMap();
  for (const item of items) if (item.sep) map.items.push(pairOf(item, item.sep));
  return map;
}

function seqOf(items: readonly CollectionItem[]): SeqNode {
  const seq: SeqNode = new YAMLSeq();
  for (const { start, value } of items) seq.items.push(value ? nodeOf(value) : emptyNode(start));
  return seq;
}

function pairOf(item: CollectionItem, sep: readonly SourceToken[]): PairNode {
  const pair: PairNode = new Pair(nodeOf(item.key as Token), item.value ? nodeOf(item.value) : emptyNode(sep));
  pair.srcToken = item as NonNullable<PairNode['srcToken']>;
  return pair;
}

const SCALAR_TYPES: ReadonlyMap<Token['type'], Scalar.Type> = new Map([
  ['single-quoted-scalar', 'QUOTE_SINGLE'],
  ['double-quoted-scalar', 'QUOTE_DOUBLE'],
]);

function scalarOf(value: Json, type: Scalar.Type = 'PLAIN'): Scalar {
  const scalar = new Scalar(value);
  scalar.type = type;
  return scalar;
}

/** The null after a mark without a value, and after the spaces there; it has no token. */
function emptyNode(before: readonly SourceToken[]): Node {
  const index = before.findLastIndex(isMark);
  const space = before[index + 1];
  const { offset, source } = space?.type === 'space' ? space : (before[index] as SourceToken);
  return withRange(scalarOf(null), offset + source.length, 0);
}

function withRange(node: Node, offset: number, length: number): Node {
  node.range = [offset, offset + length, offset + length];
  return node;
}
