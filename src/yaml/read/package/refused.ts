/** What Go's YAML parser refuses or reads otherwise although the `yaml` package reads it. kharden refuses all of it. */
import { isCollection, visit, type Document } from 'yaml';
import { isAlias, isScalar, itemOf, type Node, type PairNode } from './composed.ts';
import type { ParseProblem } from '../tree/parsed-yaml.ts';

/** Control characters, noncharacters, a carriage return alone, a byte order mark that begins a line, what looks like a marker. */
const REFUSED =
  /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]|\r(?!\n)|(?<=\n)\uFEFF|---(?<=(?:^|\n)---)(?![ \t\r\n]|$)/;

/** What is wrong with the characters of a text. JSON, which kubectl reads with another parser, may have any in its strings. */
export function refusedCharacter(text: string): ParseProblem | undefined {
  const found = REFUSED.exec(text);
  if (!found || isJson(text)) return undefined;
  return { offset: found.index, message: messageFor(found[0]) };
}

function messageFor(character: string): string {
  if (character === '---') return 'a line begins with --- and is no document marker';
  if (character === '\uFEFF') return 'a byte order mark begins a line inside the text';
  if (character === '\r') return 'a carriage return has no line feed after it';
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return `the control character U+${code} is not allowed`;
}

/** What is wrong with the keys and the strings of a document. */
export function refusedNode(text: string, document: Document.Parsed): ParseProblem | undefined {
  // The package has no such tag here and takes the text as it is.
  const binary = document.warnings.find(({ pos }) => text.startsWith('!!binary', pos[0]));
  if (binary) return { offset: binary.pos[0], message: 'unknown tag !!binary: write the plain value' };
  let problem: ParseProblem | undefined;
  const hasQuestions = text.includes('?');
  const stop = (node: Node | null, message: string): symbol => {
    problem = { offset: node?.range?.[0] ?? 0, message };
    return visit.BREAK;
  };
  visit(document, {
    Pair(_key, pair, path) {
      const { key } = pair as PairNode;
      if (!isAlias(key) && (!isScalar(key) || key.value === null)) return stop(key, 'a key must be a text');
      const parent = path.at(-1);
      const message = isCollection(parent) && parent.flow ? refusedColon(pair as PairNode, text) : undefined;
      return message === undefined ? undefined : stop(key, message);
    },
    Scalar(_key, scalar, path) {
      if (!hasQuestions || scalar.type !== 'PLAIN' || !scalar.source?.includes('?')) return undefined;
      const isInFlow = path.some((node) => isCollection(node) && node.flow);
      return isInFlow ? stop(scalar, 'a text with a question mark in brackets needs quotes') : undefined;
    },
  });
  return problem && !isJson(text) ? problem : undefined;
}

/** What is wrong with the colon after a key in brackets. Directly before a bracket or comma it is part of the key for Go. */
function refusedColon(pair: PairNode, text: string): string | undefined {
  const item = itemOf(pair);
  const colon = item?.sep?.find(({ type }) => type === 'map-value-ind')?.offset;
  if (colon === undefined || item?.start.some(({ type }) => type === 'explicit-key-ind')) return undefined;
  if (text.slice(pair.key.range?.[0], colon).includes('\n')) return 'a key and its colon must be on one line';
  const isPartOfKey = item?.key?.type === 'scalar' && /[,\]}]/.test(text[colon + 1] ?? '');
  return isPartOfKey ? 'a colon before a bracket or comma needs a space after it' : undefined;
}

/** True for JSON, which kubectl does not read as YAML; a byte order mark may come first. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}
