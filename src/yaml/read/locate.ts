/** Where the value of a JSON Pointer is in the text. */
import { parsePointer } from '../../patch/index.ts';
import {
  findPair,
  isAlias,
  isMap,
  isMerge,
  isScalar,
  isSeq,
  mergeSources,
  pairsOf,
  type MapNode,
  type Node,
  type PairNode,
  type SeqNode,
} from './tree/nodes.ts';
import type { ParsedYaml } from './tree/parsed-yaml.ts';

/**
 * The offset of the key (or list item) that a pointer names, in the text of the document. For a pointer that leads further
 * than the document, the deepest part that exists.
 */
export function locate(parsed: ParsedYaml, pointer: string): number {
  return find(parsed, pointer).offset;
}

/** The offset of the value that a pointer names; of a value without text, and of one that is not there, as `locate`. */
export function locateValue(parsed: ParsedYaml, pointer: string): number {
  const { node, offset } = find(parsed, pointer);
  const [start, end] = node?.range ?? [offset, offset];
  return isScalar(node) && start === end ? offset : start;
}

/** The deepest part of a pointer that is there: the offset of its key, and its value if the whole pointer is there. */
function find(parsed: ParsedYaml, pointer: string): { offset: number; node: Node | null | undefined } {
  let node: Node | null | undefined = parsed.root;
  let offset = parsed.root.range?.[0] ?? 0;
  for (const key of parsePointer(pointer)) {
    if (isAlias(node)) node = node.resolve(parsed.document) as Node | undefined;
    if (isSeq(node)) {
      node = (node as SeqNode).items[Number(key)];
      offset = node?.range?.[0] ?? offset;
    } else if (isMap(node)) {
      const pair: PairNode | undefined = findThroughMerges(parsed, node as MapNode, key);
      offset = pair?.key.range?.[0] ?? offset;
      node = pair?.value;
    } else return { offset, node: undefined };
    if (!node) return { offset, node: undefined };
  }
  return { offset, node };
}

function findThroughMerges(parsed: ParsedYaml, map: MapNode, key: string): PairNode | undefined {
  const direct = findPair(map, key);
  if (direct) return direct;
  for (const source of pairsOf(map).filter(isMerge).flatMap(mergeSources)) {
    const target = isAlias(source) ? source.resolve(parsed.document) : source;
    const found = isMap(target) ? findThroughMerges(parsed, target as MapNode, key) : undefined;
    if (found) return found;
  }
  return undefined;
}
