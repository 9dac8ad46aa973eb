/** What aliases stand for, and how much they make of a document. */
import { Alias, visit, type Document } from 'yaml';
import { isAlias, isMap, isMerge, isSeq, type MapNode, type Node, type PairNode, type SeqNode } from './nodes.ts';

/** How many more nodes aliases may make of a document than stand in it: about what Go's parser takes for a bomb. */
const MOST_COPIES = 400_000;
/** How many merge keys may lead from one map to the next: the package follows all of them again for each map. */
const DEEPEST_MERGE = 50;

/**
 * Finds what each alias stands for, once for the whole document: left to itself, the package looks through the document again
 * for every alias. True when there are aliases or merge keys.
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

/** The offset of an alias inside of its own anchor. */
export function recursion(document: Document.Parsed): number | undefined {
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
export function isBomb(document: Document.Parsed): boolean {
  const sizes = new Map<Node, number>();
  const depths = new Map<Node, number>();
  let deepest = 0;
  let written = 0;
  const sizeOf = (node: Node | null | undefined): number => {
    if (!node) return 1;
    if (isAlias(node)) return sizeOf(node.resolve(document));
    const known = sizes.get(node);
    if (known !== undefined) return known;
    written++;
    let size = 1;
    if (isSeq(node)) for (const item of (node as SeqNode).items) size += sizeOf(item);
    else if (isMap(node)) for (const pair of (node as MapNode).items as PairNode[]) size += sizeOfPair(node as MapNode, pair);
    sizes.set(node, size);
    return size;
  };
  const sizeOfPair = (map: MapNode, pair: PairNode): number => {
    const size = sizeOf(pair.value);
    for (const source of isMerge(pair) ? (isSeq(pair.value) ? (pair.value as SeqNode).items : [pair.value]) : []) {
      const target = isAlias(source) ? source.resolve(document) : source;
      const depth = 1 + ((target && depths.get(target as Node)) ?? 0);
      depths.set(map, Math.max(depth, depths.get(map) ?? 0));
      deepest = Math.max(deepest, depth);
    }
    return size;
  };
  return sizeOf(document.contents as Node) - written > MOST_COPIES || deepest > DEEPEST_MERGE;
}
