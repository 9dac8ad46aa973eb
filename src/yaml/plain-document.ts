/** A document in plain block style: its value and its nodes, both made of its tokens. */
import { Pair, Scalar, YAMLMap, YAMLSeq, type CST, type Document } from 'yaml';
import type { Json } from '../json.ts';
import { composeDocument } from './compose.ts';
import { goScalar } from './go-schema.ts';
import type { MapNode, Node, PairNode, SeqNode } from './nodes.ts';
import type { ParsedYaml } from './parse.ts';
import { plainTokens } from './plain.ts';
import { isSignificant, type CollectionItem, type SourceToken, type Token } from './tokens.ts';

/** What only the package can tell. */
class NotPlain extends Error {}

/**
 * Reads a text whose characters are all allowed. Undefined when it is not in plain block style, when a key is no text or stands
 * twice, or when a quoted scalar holds an escape that JSON does not have.
 */
export function parsePlain(text: string): ParsedYaml | undefined {
  const tokens = plainTokens(text);
  const content = tokens?.find((token): token is CST.Document => token.type === 'document')?.value;
  if (!tokens || !content) return undefined;
  try {
    return new PlainDocument(text, tokens, content);
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

class PlainDocument implements ParsedYaml {
  readonly text: string;
  readonly value: Json;
  readonly hasAliases = false;
  readonly isPlain = true;
  readonly #tokens: readonly Token[];
  readonly #content: Token;
  #document: Document.Parsed | undefined;
  #root: Node | undefined;

  constructor(text: string, tokens: readonly Token[], content: Token) {
    this.text = text;
    this.#tokens = tokens;
    this.#content = content;
    this.value = valueOf(content);
  }

  get document(): Document.Parsed {
    return (this.#document ??= composeDocument(this.text, this.#tokens));
  }

  get root(): Node {
    return (this.#root ??= nodeOf(this.#content));
  }
}

function valueOf(token: Token | null | undefined): Json {
  switch (token?.type) {
    case undefined:
      return null;
    case 'scalar':
      return goScalar(token.source);
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
      return textOf(token);
    case 'block-map':
      return mapOf(token);
    case 'block-seq':
      return token.items.filter(isItem).map(({ value }) => valueOf(value));
    case 'flow-collection':
      return token.start.type === 'flow-map-start' ? {} : token.items.map(({ value }) => valueOf(value));
    default:
      throw new NotPlain();
  }
}

function mapOf({ items }: CST.BlockMap): Json {
  const map: Record<string, Json> = {};
  for (const { key, sep, value } of items) {
    if (!sep) continue;
    const name = valueOf(key);
    if (typeof name !== 'string' || name === '__proto__' || Object.hasOwn(map, name)) throw new NotPlain();
    map[name] = valueOf(value);
  }
  return map;
}

function textOf({ type, source }: CST.FlowScalar): string {
  const inner = source.slice(1, -1);
  if (type === 'single-quoted-scalar') return inner.replaceAll("''", "'");
  if (!inner.includes('\\')) return inner;
  try {
    return JSON.parse(source) as string;
  } catch {
    throw new NotPlain();
  }
}

/** The node that the package would compose of a token, with what the splicer looks at. */
function nodeOf(token: Token): Node {
  const node = bareNode(token);
  node.srcToken = token as NonNullable<Node['srcToken']>;
  return at(node, token.offset, 'source' in token ? token.source.length : 0);
}

function bareNode(token: Token): Node {
  if (token.type === 'block-map') {
    const map: MapNode = new YAMLMap();
    for (const item of token.items) if (item.sep) map.items.push(pairOf(item, item.sep));
    return map;
  }
  if (token.type === 'block-seq') return seqOf(token.items.filter(isItem));
  if (token.type === 'flow-collection') {
    const collection = token.start.type === 'flow-seq-start' ? seqOf(token.items) : new YAMLMap();
    collection.flow = true;
    return collection;
  }
  return scalarOf(valueOf(token), TYPES.get(token.type));
}

function seqOf(items: readonly CollectionItem[]): SeqNode {
  const seq: SeqNode = new YAMLSeq();
  for (const { start, value } of items) seq.items.push(value ? nodeOf(value) : emptyNode(start));
  return seq;
}

const TYPES: ReadonlyMap<Token['type'], Scalar.Type> = new Map([
  ['single-quoted-scalar', 'QUOTE_SINGLE'],
  ['double-quoted-scalar', 'QUOTE_DOUBLE'],
]);

function scalarOf(value: Json, type: Scalar.Type = 'PLAIN'): Scalar {
  const scalar = new Scalar(value);
  scalar.type = type;
  return scalar;
}

/** The null behind a mark without a value, and behind the spaces there; it has no token. */
function emptyNode(before: readonly SourceToken[]): Node {
  const mark = before.findLastIndex(isSignificant);
  const space = before[mark + 1];
  const last = space?.type === 'space' ? space : before[mark];
  return at(scalarOf(null), last ? last.offset + last.source.length : 0, 0);
}

function at(node: Node, offset: number, length: number): Node {
  node.range = [offset, offset + length, offset + length];
  return node;
}

function pairOf(item: CollectionItem, sep: readonly SourceToken[]): PairNode {
  const pair: PairNode = new Pair(nodeOf(item.key as Token), item.value ? nodeOf(item.value) : emptyNode(sep));
  pair.srcToken = item as NonNullable<PairNode['srcToken']>;
  return pair;
}

function isItem({ start }: CollectionItem): boolean {
  return start.some(({ type }) => type === 'seq-item-ind');
}
