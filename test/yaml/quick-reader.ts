/**
 * Compares the readers of simple style with the `yaml` package: tokens, value and nodes of the one, and the value of the other, must
 * be the same.
 */
import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, Parser, type Node, type Pair } from 'yaml';
import { composeDocument } from '../../src/yaml/read/package/compose.ts';
import { refusedCharacter, refusedNode } from '../../src/yaml/read/package/refused.ts';
import { readQuickly } from '../../src/yaml/read/quick/quick-document.ts';
import { quickTokens } from '../../src/yaml/read/quick/tokenizer.ts';
import { readSimpleValue } from '../../src/yaml/read/values/read-values.ts';

/** What the readers read otherwise than the package; undefined also for a document that both leave to the package. */
export function readsOtherwise(text: string): string | undefined {
  if (refusedCharacter(text)) return undefined;
  const tokens = quickTokens(text);
  if (tokens && !isDeepStrictEqual(plainData(tokens), plainData([...new Parser().parse(text)]))) return 'other tokens';
  const quick = readQuickly(text);
  const simple = readSimpleValue(text);
  if (!quick && simple === undefined) return undefined;
  const document = composeDocument(text);
  const [problem] = [...document.errors, ...document.warnings, refusedNode(text, document)];
  if (problem) return problem.message;
  if (simple !== undefined && !isDeepStrictEqual(simple, document.toJS())) return `values alone: ${JSON.stringify(simple)}`;
  if (!quick) return undefined;
  if (!isDeepStrictEqual(quick.value, document.toJS())) return `reads ${JSON.stringify(quick.value)}`;
  return isDeepStrictEqual(shape(quick.root), shape(document.contents)) ? undefined : 'other nodes';
}

/** Without keys whose value is undefined: the package deletes some and never sets others. */
function plainData(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

/** What the program looks at in a node. */
function shape(node: unknown): unknown {
  const { range, srcToken } = node as Node;
  const base = { at: range?.[0], token: tokenOf(srcToken) };
  if (isMap(node)) return { ...base, isFlow: node.flow ?? false, pairs: node.items.map(shapeOfPair) };
  if (isSeq(node)) return { ...base, isFlow: node.flow ?? false, items: node.items.map(shape) };
  if (!isScalar(node)) throw new Error('neither a collection nor a scalar');
  return { ...base, end: range?.[1], value: node.value, type: node.type };
}

function shapeOfPair({ key, value, srcToken }: Pair): unknown {
  return { key: shape(key), value: shape(value), token: srcToken?.start.map(tokenOf), separators: srcToken?.sep?.map(tokenOf) };
}

/** Which token it is: all that is in the tokens has been compared before. */
function tokenOf(token: { readonly type: string; readonly offset?: number } | undefined): unknown {
  return token && { type: token.type, offset: token.offset };
}
