/** Where the value of a JSON Pointer is in the text. */
import { parsePointer } from '../../patch/index.ts';
import { mergeSources, type MapNode, type Node, type PairNode } from './tree/nodes.ts';
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
  return node && (node.kind !== 'scalar' || node.token) ? node.offset : offset;
}

/** The deepest part of a pointer that is there: the offset of its key, and its value if the whole pointer is there. */
function find(parsed: ParsedYaml, pointer: string): { offset: number; node: Node | null | undefined } {
  let node: Node | null | undefined = parsed.root;
  let { offset } = node;
  for (const key of parsePointer(pointer)) {
    if (node.kind === 'alias') node = node.target;
    if (node?.kind === 'seq') {
      node = node.items[Number(key)];
      offset = node?.offset ?? offset;
    } else if (node?.kind === 'map') {
      const pair = findThroughMerges(node, key);
      offset = pair?.keyOffset ?? offset;
      node = pair?.value;
    } else return { offset, node: undefined };
    if (!node) return { offset, node: undefined };
  }
  return { offset, node };
}

function findThroughMerges(map: MapNode, key: string): PairNode | undefined {
  const direct = map.find(key);
  if (direct) return direct;
  for (const source of map.merges.flatMap(mergeSources)) {
    const target = source?.kind === 'alias' ? source.target : source;
    const found = target?.kind === 'map' ? findThroughMerges(target, key) : undefined;
    if (found) return found;
  }
  return undefined;
}
