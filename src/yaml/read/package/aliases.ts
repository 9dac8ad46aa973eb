/** The targets of aliases, and limits for how much aliases and merge keys may add to a document. */
import { Alias, visit, type Document } from 'yaml';
import {
  isAlias,
  isMap,
  isMerge,
  isSeq,
  mergeSources,
  pairsOf,
  type MapNode,
  type Node,
  type PairNode,
  type SeqNode,
} from './composed.ts';

/** How many nodes aliases may add to those that are written: about what Go's parser takes for an alias bomb. */
const MOST_COPIES = 400_000;
/** How many merge keys may lead from one map to the next: the package follows all of them again for each map. */
const DEEPEST_MERGE = 50;

/**
 * Finds the target of each alias, once for the whole document: the package would search the document again for every alias.
 * True when there are aliases or merge keys.
 */
export function bindAliases(document: Document.Parsed): boolean {
  const anchored = new Map<string, Node>();
  let hasAliases = false;
  visit(document, {
    Pair: (_key, pair) => void (hasAliases ||= isMerge(pair as PairNode)),
    Node(_key, node) {
      if (!isAlias(node)) {
        if ('anchor' in node && node.anchor) anchored.set(node.anchor, node as Node);
        return;
      }
      hasAliases = true;
      const target = anchored.get(node.source);
      node.resolve = (inside, context) => {
        const isKnown = context === undefined || target === undefined || context.anchors.get(target)?.res !== undefined;
        return isKnown ? (target as ReturnType<Alias['resolve']>) : Alias.prototype.resolve.call(node, inside, context);
      };
    },
  });
  return hasAliases;
}

/** The offset of an alias inside of its own anchor; undefined when there is none. */
export function findRecursion(document: Document.Parsed): number | undefined {
  let found: number | undefined;
  visit(document, {
    Alias: (_key, alias, path) => {
      const target = alias.resolve(document);
      if (target && path.includes(target)) {
        found = alias.range?.[0] ?? 0;
        return visit.BREAK;
      }
      return undefined;
    },
  });
  return found;
}

/** True when aliases and merge keys copy more than anybody writes by hand. The document has no recursion. */
export function isAliasBomb(document: Document.Parsed): boolean {
  const meter = new Meter(document);
  return meter.sizeOf(document.contents as Node) - meter.written > MOST_COPIES || meter.deepestMerge > DEEPEST_MERGE;
}

/** Measures a document with all aliases expanded, each node once. */
class Meter {
  /** How many nodes are written. */
  written = 0;
  deepestMerge = 0;
  readonly #document: Document.Parsed;
  readonly #sizes = new Map<Node, number>();
  readonly #mergeDepths = new Map<Node, number>();

  constructor(document: Document.Parsed) {
    this.#document = document;
  }

  /** How many nodes a node comes to with its aliases expanded. */
  sizeOf(node: Node | null | undefined): number {
    if (!node) return 1;
    if (isAlias(node)) return this.sizeOf(node.resolve(this.#document));
    const known = this.#sizes.get(node);
    if (known !== undefined) return known;
    this.written++;
    let size = 1;
    if (isSeq(node)) for (const item of (node as SeqNode).items) size += this.sizeOf(item);
    else if (isMap(node)) for (const pair of pairsOf(node as MapNode)) size += this.#sizeOfPair(node as MapNode, pair);
    this.#sizes.set(node, size);
    return size;
  }

  #sizeOfPair(map: MapNode, pair: PairNode): number {
    const size = this.sizeOf(pair.value);
    for (const source of isMerge(pair) ? mergeSources(pair) : []) {
      const target = isAlias(source) ? source.resolve(this.#document) : source;
      const depth = 1 + ((target && this.#mergeDepths.get(target as Node)) ?? 0);
      this.#mergeDepths.set(map, Math.max(depth, this.#mergeDepths.get(map) ?? 0));
      this.deepestMerge = Math.max(this.deepestMerge, depth);
    }
    return size;
  }
}
