/** A document in plain block style: its value and its nodes, both made of its tokens. */
import { Pair, Scalar, YAMLMap, YAMLSeq, type CST, type Document } from 'yaml';
import type { Json } from '../../util/json.ts';
import { composeDocument } from './compose.ts';
import { goScalar } from './go-schema.ts';
import type { MapNode, Node, PairNode, SeqNode } from './nodes.ts';
import type { ParsedYaml } from './parse.ts';
import { plainTokens } from './plain.ts';
import { isDash, isSignificant, type CollectionItem, type SourceToken, type Token } from './tokens.ts';

/** What only the package can tell. */
class NotPlain extends Error {}

/**
 * Reads a text whose characters are all allowed. Undefined when it is not in plain block style, when a key is no text, or
 * when a quoted scalar holds an escape that JSON does not have.
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
  readonly hasDuplicates: boolean;
  readonly isFlowDocument = false;
  readonly #tokens: readonly Token[];
  readonly #content: Token;
  #document: Document.Parsed | undefined;
  #root: Node | undefined;

  constructor(text: string, tokens: readonly Token[], content: Token) {
    this.text = text;
    this.#tokens = tokens;
    this.#content = content;
    const reader = new ValueReader();
    this.value = reader.read(content);
    this.hasDuplicates = reader.hasDuplicates;
  }

  get document(): Document.Parsed {
    return (this.#document ??= composeDocument(this.text, this.#tokens));
  }

  get root(): Node {
    return (this.#root ??= nodeOf(this.#content));
  }
}

/** Reads values; of a key that stands twice the last counts, as for kubectl. */
class ValueReader {
  hasDuplicates = false;

  read(token: Token | null | undefined): Json {
    if (!token) return null;
    switch (token.type) {
      case 'block-map':
        return this.#map(token.items);
      case 'block-seq':
        return token.items.filter(isItem).map(({ value }) => this.read(value));
      case 'flow-collection':
        if (token.start.type === 'flow-map-start') return this.#map(token.items);
        return token.items.map(({ value }) => this.read(value));
      default:
        return scalarIn(token);
    }
  }

  #map(items: readonly CollectionItem[]): Json {
    const map: Record<string, Json> = {};
    for (const { key, sep, value } of items) {
      if (!sep) continue;
      const name = key && scalarIn(key);
      if (typeof name !== 'string' || name === '__proto__') throw new NotPlain();
      this.hasDuplicates ||= Object.hasOwn(map, name);
      map[name] = this.read(value);
    }
    return map;
  }
}

function scalarIn(token: Token): Json {
  if (token.type === 'scalar') return goScalar(token.source);
  if (token.type === 'single-quoted-scalar' || token.type === 'double-quoted-scalar') return textOf(token);
  throw new NotPlain();
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
  if (token.type === 'block-map') return mapNode(token.items);
  if (token.type === 'block-seq') return seqNode(token.items.filter(isItem));
  if (token.type === 'flow-collection') {
    const collection = token.start.type === 'flow-map-start' ? mapNode(token.items) : seqNode(token.items);
    collection.flow = true;
    return collection;
  }
  return scalarOf(scalarIn(token), TYPES.get(token.type));
}

function mapNode(items: readonly CollectionItem[]): MapNode {
  const map: MapNode = new YAMLMap();
  for (const item of items) if (item.sep) map.items.push(pairOf(item, item.sep));
  return map;
}

function seqNode(items: readonly CollectionItem[]): SeqNode {
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
  const { offset, source } = space?.type === 'space' ? space : (before[mark] as SourceToken);
  return at(scalarOf(null), offset + source.length, 0);
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
  return start.some(isDash);
}
