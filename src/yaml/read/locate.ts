/** Where the value of a JSON Pointer stands. */
import { parsePointer } from '../../patch/pointer.ts';
import {
  findPair,
  isAlias,
  isMap,
  isMerge,
  isScalar,
  isSeq,
  type MapNode,
  type Node,
  type PairNode,
  type SeqNode,
} from './nodes.ts';
import type { ParsedYaml } from './parse.ts';

/**
 * The offset of the key (or list item) that a pointer names, in the text of the document. Of a pointer that leads further
 * than the document, the deepest part that is there.
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
  for (const token of parsePointer(pointer)) {
    if (isAlias(node)) node = node.resolve(parsed.document) as Node | undefined;
    if (isSeq(node)) {
      node = (node as SeqNode).items[Number(token)];
      offset = node?.range?.[0] ?? offset;
    } else if (isMap(node)) {
      const pair: PairNode | undefined = findThroughMerges(parsed, node as MapNode, token);
      offset = pair?.key.range?.[0] ?? offset;
      node = pair?.value;
    } else return { offset, node: undefined };
    if (!node) return { offset, node: undefined };
  }
  return { offset, node };
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

/** A place in a text, line and column counted from 1 as editors show them; a byte order mark takes no column. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The lines of a text, to ask for many positions. */
export class Lines {
  readonly #text: string;
  #starts: readonly number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  position(offset: number): Position {
    this.#starts ??= startsOf(this.#text);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.max(1, offset - (this.#starts[low] ?? 0) + 1) };
  }
}

function startsOf(text: string): number[] {
  const starts = [text.startsWith('\uFEFF') ? 1 : 0];
  for (let newline = text.indexOf('\n'); newline !== -1; newline = text.indexOf('\n', newline + 1)) starts.push(newline + 1);
  return starts;
}

/** The position of one offset. */
export function position(text: string, offset: number): Position {
  return new Lines(text).position(offset);
}
