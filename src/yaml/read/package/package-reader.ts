/** Reads any document with the `yaml` package, as Go's parser reads it. */
import type { Document } from 'yaml';
import { copyOf, type Json } from '../../../util/json.ts';
import type { ParsedYaml, ParseProblem } from '../tree/parsed-yaml.ts';
import { bindAliases, findRecursion, isAliasBomb } from './aliases.ts';
import type { Node } from './composed.ts';
import { composeDocument } from './compose.ts';
import { foldOldBreaks, hasOldBreaks, refusedLineBreak } from './line-breaks.ts';
import { NodeTree } from './node-tree.ts';
import { isJson, refusedNode } from './refused.ts';
import { composeUnderIndented } from './under-indented.ts';

/** Reads one document whose characters are all allowed (`refusedCharacter`), or tells why it cannot be read. */
export function readWithPackage(text: string): ParsedYaml | ParseProblem {
  try {
    return read(text);
  } catch (error) {
    return thrownProblem(text, error);
  }
}

function read(text: string): ParsedYaml | ParseProblem {
  const document = composeUnderIndented(text, composeDocument);
  const error = document.errors[0];
  if (error) return { offset: Math.min(error.pos[0], text.length), message: error.message };
  if (!document.contents) return { offset: 0, message: 'the document is empty' };
  const hasBreaks = hasOldBreaks(text) && !isJson(text);
  const refused = refusedNode(text, document) ?? (hasBreaks ? refusedLineBreak(text, document) : undefined);
  if (refused) return refused;
  if (hasBreaks) foldOldBreaks(document, text, composeDocument);
  const hasAliases = bindAliases(document);
  const problem = hasAliases ? aliasProblem(text, document) : undefined;
  if (problem) return problem;
  const value = document.toJS({ maxAliasCount: -1 }) as Json;
  const root = document.contents as Node;
  return {
    text,
    value: hasAliases ? copyOf(value) : value,
    document,
    root: new NodeTree(document).nodeOf(root),
    hasAliases,
    hasDuplicates: true,
    isFlowDocument: root.srcToken?.type === 'flow-collection',
  };
}

function aliasProblem(text: string, document: Document.Parsed): ParseProblem | undefined {
  const recursion = findRecursion(document);
  if (recursion !== undefined) return { offset: recursion, message: 'an anchor contains an alias to itself' };
  if (!isAliasBomb(document)) return undefined;
  return { offset: Math.max(0, text.search(/\*\w/)), message: 'too many aliases: this looks like an alias bomb' };
}

/** What the package throws instead of adding it to the errors of the document. */
function thrownProblem(text: string, error: unknown): ParseProblem {
  if (error instanceof RangeError) return { offset: deepestBracket(text), message: 'nested too deeply to be read' };
  const message = error instanceof Error ? error.message : String(error);
  const offsetOf = (pattern: RegExp): number => Math.max(0, text.search(pattern));
  if (message.startsWith('Merge sources'))
    return { offset: offsetOf(/<<["']?\s*:/), message: 'a merge key takes a map or a list of maps' };
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
