/**
 * Compares the readers of simple style with the `yaml` package: tokens, value and nodes of the one, and the value of the other, must
 * be the same.
 */
import { isDeepStrictEqual } from 'node:util';
import { Parser, type Node as Composed } from 'yaml';
import { composeDocument } from '../../src/yaml/read/package/compose.ts';
import { NodeTree } from '../../src/yaml/read/package/node-tree.ts';
import { refusedCharacter, refusedNode } from '../../src/yaml/read/package/refused.ts';
import { readQuickly } from '../../src/yaml/read/quick/quick-document.ts';
import { quickTokens } from '../../src/yaml/read/quick/tokenizer.ts';
import type { Node, PairNode } from '../../src/yaml/read/tree/nodes.ts';
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
  const nodes = new NodeTree(document).nodeOf(document.contents as Composed);
  return isDeepStrictEqual(shape(quick.root), shape(nodes)) ? undefined : 'other nodes';
}

/** Without keys whose value is undefined: the package deletes some and never sets others. */
function plainData(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

/** What the program looks at in a node. */
function shape(node: Node | null): unknown {
  if (!node) return node;
  const { kind, offset, token, value, hasAnchor } = node;
  const base = { kind, offset, token: tokenOf(token), value, hasAnchor };
  if (node.kind === 'seq') return { ...base, items: node.items.map(shape) };
  if (node.kind !== 'map') return base;
  const found = node.pairs.map(({ key }) => key !== undefined && node.find(key)?.keyOffset);
  return { ...base, pairs: node.pairs.map(shapeOfPair), merges: node.merges.length, found };
}

function shapeOfPair({ key, isMerge, keyOffset, keyToken, value, item }: PairNode): unknown {
  const marks = { start: item?.start.map(tokenOf), separators: item?.sep?.map(tokenOf) };
  return { key, isMerge, keyOffset, keyToken: tokenOf(keyToken), value: shape(value), ...marks };
}

/** Which token it is: all that is in the tokens has been compared before. */
function tokenOf(token: { readonly type: string; readonly offset?: number } | undefined): unknown {
  return token && { type: token.type, offset: token.offset };
}
