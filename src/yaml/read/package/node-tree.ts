/** What the `yaml` package composes as the nodes of a document. */
import type { Document } from 'yaml';
import type { Json } from '../../../util/json.ts';
import type { AliasNode, MapNode, Node, PairNode, ScalarNode, SeqNode } from '../tree/nodes.ts';
import type { CollectionItem, Token } from '../tree/tokens.ts';
import * as composed from './composed.ts';

/** The nodes of one document, each made once. */
export class NodeTree {
  readonly document: Document.Parsed;
  readonly #nodes = new Map<composed.Node, Node>();

  constructor(document: Document.Parsed) {
    this.document = document;
  }

  nodeOf(node: composed.Node): Node {
    const known = this.#nodes.get(node);
    if (known) return known;
    const made = this.#make(node);
    this.#nodes.set(node, made);
    return made;
  }

  #make(node: composed.Node): Node {
    if (composed.isMap(node)) return new ComposedMap(this, node as composed.MapNode);
    if (composed.isSeq(node)) return new ComposedSeq(this, node as composed.SeqNode);
    if (composed.isAlias(node)) return new ComposedAlias(this, node);
    return new ComposedScalar(this, node);
  }
}

class Composed<N extends composed.Node> {
  protected readonly tree: NodeTree;
  protected readonly node: N;

  constructor(tree: NodeTree, node: N) {
    this.tree = tree;
    this.node = node;
  }

  get offset(): number {
    return this.node.range?.[0] ?? 0;
  }

  get token(): Token | undefined {
    return composed.tokenOf(this.node);
  }

  get value(): Json {
    return this.node.toJS(this.tree.document, { maxAliasCount: -1 }) as Json;
  }

  get hasAnchor(): boolean {
    return 'anchor' in this.node && Boolean(this.node.anchor);
  }
}

class ComposedMap extends Composed<composed.MapNode> implements MapNode {
  readonly kind = 'map';
  #pairs: readonly PairNode[] | undefined;
  #merges: readonly PairNode[] | undefined;
  #byKey: ReadonlyMap<string, PairNode> | undefined;

  get pairs(): readonly PairNode[] {
    return (this.#pairs ??= composed.pairsOf(this.node).map((pair) => new ComposedPair(this.tree, pair)));
  }

  get merges(): readonly PairNode[] {
    return (this.#merges ??= this.pairs.filter(({ isMerge }) => isMerge));
  }

  find(key: string): PairNode | undefined {
    return (this.#byKey ??= pairsByKey(this.pairs)).get(key);
  }
}

function pairsByKey(pairs: readonly PairNode[]): ReadonlyMap<string, PairNode> {
  const byKey = new Map<string, PairNode>();
  for (const pair of pairs) if (pair.key !== undefined && !pair.isMerge) byKey.set(pair.key, pair);
  return byKey;
}

class ComposedSeq extends Composed<composed.SeqNode> implements SeqNode {
  readonly kind = 'seq';
  #items: readonly (Node | null)[] | undefined;

  get items(): readonly (Node | null)[] {
    return (this.#items ??= this.node.items.map((item) => item && this.tree.nodeOf(item)));
  }
}

class ComposedScalar extends Composed<composed.Node> implements ScalarNode {
  readonly kind = 'scalar';
}

class ComposedAlias extends Composed<composed.AliasNode> implements AliasNode {
  readonly kind = 'alias';

  get target(): Node | undefined {
    const target = this.node.resolve(this.tree.document);
    return target && this.tree.nodeOf(target as composed.Node);
  }
}

class ComposedPair implements PairNode {
  readonly key: string | undefined;
  readonly isMerge: boolean;
  readonly #tree: NodeTree;
  readonly #pair: composed.PairNode;

  constructor(tree: NodeTree, pair: composed.PairNode) {
    this.#tree = tree;
    this.#pair = pair;
    this.key = composed.keyOf(pair);
    this.isMerge = composed.isMerge(pair);
  }

  get keyOffset(): number {
    return this.#pair.key.range?.[0] ?? 0;
  }

  get keyToken(): Token | undefined {
    return composed.tokenOf(this.#pair.key);
  }

  get value(): Node | null {
    return this.#pair.value && this.#tree.nodeOf(this.#pair.value);
  }

  get item(): CollectionItem | undefined {
    return composed.itemOf(this.#pair);
  }
}
