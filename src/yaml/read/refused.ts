/** What Go's YAML parser refuses or reads otherwise although the `yaml` package takes it. Here nothing of it is taken. */
import { isCollection, visit, type Document } from 'yaml';
import { isAlias, isScalar, itemOf, type Node, type PairNode } from './nodes.ts';
import type { ParseProblem } from './parse.ts';

/** Characters that YAML does not allow, line breaks that only YAML 1.1 knows, and lines that only seem to be markers. */
const ODD = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028\u2029\uFFFE\uFFFF]|\r(?!\n)|(?<=\n)\uFEFF|^---(?![ \t\r\n]|$)/m;

/** What is wrong with the characters of a text. JSON, for which Go has a parser of its own, may hold any in its strings. */
export function oddCharacter(text: string): ParseProblem | undefined {
  const found = ODD.exec(text);
  if (!found || isJson(text)) return undefined;
  const [character] = found;
  return { offset: found.index, message: describe(character) };
}

function describe(character: string): string {
  if (character === '---') return 'a line begins with --- and is no document marker';
  if (character === '\uFEFF') return 'a byte order mark begins a line inside the text';
  if (character === '\r') return 'a carriage return stands without a line feed';
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  const isBreak = ['\u0085', '\u2028', '\u2029'].includes(character);
  return isBreak ? `U+${code} is a line break for Kubernetes` : `the control character U+${code} is not allowed`;
}

/** What is wrong with the keys and the texts of a document. */
export function oddNode(text: string, document: Document.Parsed): ParseProblem | undefined {
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
      const oddity = isCollection(parent) && parent.flow ? oddColon(pair as PairNode, text) : undefined;
      return oddity === undefined ? undefined : stop(key, oddity);
    },
    Scalar(_key, scalar, path) {
      if (!hasQuestions || scalar.type !== 'PLAIN' || !scalar.source?.includes('?')) return undefined;
      const isInFlow = path.some((node) => isCollection(node) && node.flow);
      return isInFlow ? stop(scalar, 'a text with a question mark in brackets needs quotes') : undefined;
    },
  });
  return problem && !isJson(text) ? problem : undefined;
}

/** What is wrong with the colon behind a key in brackets. Directly before a bracket or comma it is a part of the key for Go. */
function oddColon(pair: PairNode, text: string): string | undefined {
  const item = itemOf(pair);
  const colon = item?.sep?.find(({ type }) => type === 'map-value-ind')?.offset;
  if (colon === undefined || item?.start.some(({ type }) => type === 'explicit-key-ind')) return undefined;
  if (text.slice(pair.key.range?.[0], colon).includes('\n')) return 'a key and its colon must stand on one line';
  const isGlued = item?.key?.type === 'scalar' && /[,\]}]/.test(text[colon + 1] ?? '');
  return isGlued ? 'a colon before a bracket or comma needs a space behind it' : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}
