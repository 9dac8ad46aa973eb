/** Where the value of a JSON Pointer is in the text. */
import { parentOf } from '../../patch/index.ts';
import { memo } from '../../util/memo.ts';
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
interface Place {
  readonly offset: number;
  readonly node: Node | undefined;
}

/** The places of a document that were asked for, by pointer: most of them share their parents. */
const placesOf = memo((_parsed: ParsedYaml) => new Map<string, Place>());

function find(parsed: ParsedYaml, pointer: string): Place {
  const places = placesOf(parsed);
  const known = places.get(pointer);
  if (known) return known;
  const parent = parentOf(pointer);
  const place = parent ? step(find(parsed, parent.parent), parent.key) : { offset: parsed.root.offset, node: parsed.root };
  places.set(pointer, place);
  return place;
}

/** From the place of a value to the place of a key or an item in it. */
function step({ node, offset }: Place, key: string): Place {
  const inner = node?.kind === 'alias' ? node.target : node;
  if (inner?.kind === 'seq') {
    const item = inner.items[Number(key)] ?? undefined;
    return { offset: item?.offset ?? offset, node: item };
  }
  const pair = inner?.kind === 'map' ? findThroughMerges(inner, key) : undefined;
  return { offset: pair?.keyOffset ?? offset, node: pair?.value ?? undefined };
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
