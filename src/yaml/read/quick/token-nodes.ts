/** The values of a document in simple block style, made of its tokens. */
import type { Json } from '../../../util/json.ts';
import type { MapNode, Node, PairNode, ScalarNode, SeqNode } from '../tree/nodes.ts';
import { isMark, type CollectionItem, type SourceToken, type Token } from '../tree/tokens.ts';
import { hasDash, keyOf, ValueReader } from './values.ts';

/** The node of a token. */
export function nodeOf(token: Token): Node {
  switch (token.type) {
    case 'block-map':
      return new TokenMap(token, token.items);
    case 'block-seq':
      return new TokenSeq(token, token.items.filter(hasDash));
    case 'flow-collection':
      return token.start.type === 'flow-map-start' ? new TokenMap(token, token.items) : new TokenSeq(token, token.items);
    default:
      return new TokenScalar(token);
  }
}

class Written {
  readonly token: Token;
  readonly hasAnchor = false;

  constructor(token: Token) {
    this.token = token;
  }

  get offset(): number {
    return this.token.offset;
  }

  get value(): Json {
    return new ValueReader().read(this.token);
  }
}

class TokenScalar extends Written implements ScalarNode {
  readonly kind = 'scalar';
}

/** The null after a mark without a value, and after the spaces there; it has no token. */
class EmptyScalar implements ScalarNode {
  readonly kind = 'scalar';
  readonly token = undefined;
  readonly value = null;
  readonly hasAnchor = false;
  readonly offset: number;

  constructor(before: readonly SourceToken[]) {
    const index = before.findLastIndex(isMark);
    const space = before[index + 1];
    const { offset, source } = space?.type === 'space' ? space : (before[index] as SourceToken);
    this.offset = offset + source.length;
  }
}

/** A map with more entries is searched by a table of its keys. */
const MOST_SEARCHED = 16;

class TokenMap extends Written implements MapNode {
  readonly kind = 'map';
  readonly merges: readonly PairNode[] = [];
  readonly #items: readonly CollectionItem[];
  #pairs: readonly PairNode[] | undefined;
  #byKey: ReadonlyMap<string | undefined, PairNode> | undefined;

  constructor(token: Token, items: readonly CollectionItem[]) {
    super(token);
    this.#items = items;
  }

  get pairs(): readonly PairNode[] {
    return (this.#pairs ??= pairsOf(this.#items));
  }

  find(key: string): PairNode | undefined {
    const { pairs } = this;
    if (pairs.length > MOST_SEARCHED) return (this.#byKey ??= new Map(pairs.map((pair) => [pair.key, pair]))).get(key);
    let index = pairs.length - 1;
    while (index >= 0 && pairs[index]?.key !== key) index--;
    return pairs[index];
  }
}

function pairsOf(items: readonly CollectionItem[]): PairNode[] {
  const pairs: PairNode[] = [];
  for (const item of items) if (item.sep) pairs.push(new TokenPair(item, item.key as Token, item.sep));
  return pairs;
}

class TokenPair implements PairNode {
  readonly key: string;
  readonly isMerge = false;
  readonly keyToken: Token;
  readonly item: CollectionItem;
  readonly #sep: readonly SourceToken[];
  #value: Node | undefined;

  constructor(item: CollectionItem, key: Token, sep: readonly SourceToken[]) {
    this.key = keyOf(key);
    this.keyToken = key;
    this.item = item;
    this.#sep = sep;
  }

  get keyOffset(): number {
    return this.keyToken.offset;
  }

  get value(): Node {
    return (this.#value ??= valueNode(this.item.value, this.#sep));
  }
}

class TokenSeq extends Written implements SeqNode {
  readonly kind = 'seq';
  readonly #items: readonly CollectionItem[];
  #nodes: readonly Node[] | undefined;

  constructor(token: Token, items: readonly CollectionItem[]) {
    super(token);
    this.#items = items;
  }

  get items(): readonly Node[] {
    return (this.#nodes ??= this.#items.map(({ start, value }) => valueNode(value, start)));
  }
}

/** The node of a value behind a mark. */
function valueNode(value: Token | null | undefined, before: readonly SourceToken[]): Node {
  return value ? nodeOf(value) : new EmptyScalar(before);
}
