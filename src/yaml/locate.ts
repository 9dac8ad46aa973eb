/** Where the value of a JSON Pointer stands. */
import { parsePointer } from '../patch/pointer.ts';
import { findPair, isAlias, isMap, isMerge, isSeq, type MapNode, type Node, type PairNode, type SeqNode } from './nodes.ts';
import type { ParsedYaml } from './parse.ts';

/**
 * The offset of the key (or list item) that a pointer names, in the text of the document. Of a pointer that leads further
 * than the document, the deepest part that is there.
 */
export function locate(parsed: ParsedYaml, pointer: string): number {
  let node: Node | null | undefined = parsed.root;
  let offset = parsed.root.range?.[0] ?? 0;
  for (const token of parsePointer(pointer)) {
    if (isAlias(node)) node = node.resolve(parsed.document) as Node | undefined;
    if (isSeq(node)) {
      node = (node as SeqNode).items[Number(token)];
      offset = node?.range?.[0] ?? offset;
    } else if (isMap(node)) {
      const pair: PairNode | undefined = findThroughMerges(parsed, node as MapNode, token);
      offset = pair?.key.range?.[0] ?? offset;
      node = pair?.value;
    } else return offset;
    if (!node) return offset;
  }
  return offset;
}

function findThroughMerges(parsed: ParsedYaml, map: MapNode, key: string): PairNode | undefined {
  const own = findPair(map, key);
  if (own) return own;
  for (const pair of (map.items as PairNode[]).filter(isMerge)) {
    for (const source of isSeq(pair.value) ? (pair.value as SeqNode).items : [pair.value]) {
      const target = isAlias(source) ? source.resolve(parsed.document) : source;
      const found = isMap(target) ? findThroughMerges(parsed, target as MapNode, key) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

/** Line and column of an offset, both counted from 1, as editors show them. */
export function position(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let newline = text.indexOf('\n'); newline !== -1 && newline < offset; newline = text.indexOf('\n', newline + 1)) {
    line++;
    start = newline + 1;
  }
  if (start === 0 && text.startsWith('\uFEFF')) start = 1;
  return { line, column: Math.max(1, offset - start + 1) };
}
