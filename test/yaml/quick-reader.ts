/** Compares the quick reader of plain block style with the `yaml` package: tokens, value and nodes must be the same. */
import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, Parser, type Node, type Pair } from 'yaml';
import { composeDocument } from '../../src/yaml/read/compose.ts';
import { parsePlain } from '../../src/yaml/read/plain-document.ts';
import { plainTokens } from '../../src/yaml/read/plain.ts';
import { oddCharacter, oddNode } from '../../src/yaml/read/refused.ts';

/** What the quick reader reads otherwise than the package; undefined also for a document that it leaves to the package. */
export function readsOtherwise(text: string): string | undefined {
  if (oddCharacter(text)) return undefined;
  const tokens = plainTokens(text);
  if (tokens && !isDeepStrictEqual(plainData(tokens), plainData([...new Parser().parse(text)]))) return 'other tokens';
  const plain = parsePlain(text);
  if (!plain) return undefined;
  const document = composeDocument(text);
  const [problem] = [...document.errors, ...document.warnings, oddNode(text, document)];
  if (problem) return problem.message;
  if (!isDeepStrictEqual(plain.value, document.toJS())) return `reads ${JSON.stringify(plain.value)}`;
  return isDeepStrictEqual(shape(plain.root), shape(document.contents)) ? undefined : 'other nodes';
}

/** Without keys whose value is undefined: the package deletes some and never sets others. */
function plainData(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

/** What the program looks at in a node. */
function shape(node: unknown): unknown {
  const { range, srcToken } = node as Node;
  const base = { at: range?.[0], token: srcToken && plainData(srcToken) };
  if (isMap(node)) return { ...base, isFlow: node.flow ?? false, pairs: node.items.map(shapeOfPair) };
  if (isSeq(node)) return { ...base, isFlow: node.flow ?? false, items: node.items.map(shape) };
  if (!isScalar(node)) throw new Error('neither a collection nor a scalar');
  return { ...base, end: range?.[1], value: node.value, type: node.type };
}

function shapeOfPair({ key, value, srcToken }: Pair): unknown {
  return { key: shape(key), value: shape(value), token: plainData(srcToken) };
}
