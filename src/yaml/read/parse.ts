/** Parses one document as the API server's parser (Go, YAML 1.1) reads it. */
import { visit, type Document } from 'yaml';
import { copyOf, type Json } from '../../util/json.ts';
import { bindAliases, isBomb, recursion } from './anchors.ts';
import { composeDocument } from './compose.ts';
import { parsePlain } from './plain-document.ts';
import { straighten } from './straighten.ts';
import { oddCharacter, oddNode } from './refused.ts';
import { keyOf, type MapNode, type Node, type PairNode } from './nodes.ts';

/** A document with its source; offsets are relative to `text`. */
export interface ParsedYaml {
  readonly text: string;
  readonly value: Json;
  readonly document: Document.Parsed;
  readonly root: Node;
  /** True when a value stands in several places, or comes through a merge key. */
  readonly hasAliases: boolean;
  /** True when a key may stand twice in a map. */
  readonly hasDuplicates: boolean;
  /** True when the root of a document is a flow collection: JSON, or YAML written like it. */
  readonly isFlowDocument: boolean;
}

/** Why a document cannot be read; `offset` is relative to its text. */
export interface ParseProblem {
  readonly offset: number;
  readonly message: string;
}

/**
 * Parses one document. The errors of the `yaml` package that kubectl and helm do not share are mended before (see
 * `straighten`); what only the package takes is refused (see `refused.ts`). An empty document is the value null.
 */
export function parseYaml(text: string): ParsedYaml | ParseProblem {
  const odd = oddCharacter(text);
  if (odd) return odd;
  const plain = parsePlain(text);
  if (plain) return plain;
  try {
    const document = straighten(text, composeDocument);
    const error = document.errors[0];
    if (error) return { offset: Math.min(error.pos[0], text.length), message: error.message };
    if (!document.contents) return { offset: 0, message: 'the document is empty' };
    const oddity = oddNode(text, document);
    if (oddity) return oddity;
    const hasAliases = bindAliases(document);
    const loop = hasAliases ? recursion(document) : undefined;
    if (loop !== undefined) return { offset: loop, message: 'an anchor contains an alias to itself' };
    if (hasAliases && isBomb(document)) return { offset: Math.max(0, text.search(/\*\w/)), message: BOMB };
    const value = document.toJS({ maxAliasCount: -1 }) as Json;
    const root = document.contents as Node;
    return {
      text,
      value: hasAliases ? copyOf(value) : value,
      document,
      root,
      hasAliases,
      hasDuplicates: true,
      isFlowDocument: root.srcToken?.type === 'flow-collection',
    };
  } catch (error) {
    return thrownProblem(text, error);
  }
}

const BOMB = 'too many aliases: this looks like an alias bomb';

/** What the package throws instead of noting it as an error of the document. */
function thrownProblem(text: string, error: unknown): ParseProblem {
  if (error instanceof RangeError) return { offset: deepestBracket(text), message: 'nested too deeply to be read' };
  const message = error instanceof Error ? error.message : String(error);
  const found = (pattern: RegExp): number => Math.max(0, text.search(pattern));
  if (message.startsWith('Merge sources'))
    return { offset: found(/<<["']?\s*:/), message: 'a merge key takes a map or a list of maps' };
  if (message.startsWith('Unresolved alias')) return { offset: Math.max(0, text.indexOf(`*${message.split(': ')[1]}`)), message };
  return { offset: 0, message };
}

function deepestBracket(text: string): number {
  let depth = 0;
  let deepest = 0;
  let offset = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (depth > deepest) [deepest, offset] = [depth, index];
  }
  return offset;
}

/** The keys that stand twice in one map, as offsets of the later ones. */
export function duplicateKeys(parsed: ParsedYaml): { key: string; offset: number }[] {
  if (!parsed.hasDuplicates) return [];
  const duplicates: { key: string; offset: number }[] = [];
  visit(parsed.document, {
    Map: (_key, map) => {
      const seen = new Set<string>();
      for (const pair of (map as MapNode).items as PairNode[]) {
        const key = keyOf(pair);
        if (key === undefined) continue;
        if (seen.has(key)) duplicates.push({ key, offset: pair.key.range?.[0] ?? 0 });
        seen.add(key);
      }
    },
  });
  return duplicates;
}

/** True when the result of `parseYaml` is a document. */
export function isParsed(result: ParsedYaml | ParseProblem): result is ParsedYaml {
  return 'document' in result;
}

/** The ranges of all quoted and block scalars, in order. */
export function quotedRanges(parsed: ParsedYaml): (readonly [start: number, end: number])[] {
  const ranges: (readonly [number, number])[] = [];
  visit(parsed.document, {
    Scalar: (_key, scalar) => {
      if (scalar.range && scalar.type !== 'PLAIN') ranges.push([scalar.range[0], scalar.range[1]]);
    },
  });
  return ranges;
}
