/** TypeScript sources as syntax trees, for the tests that look at the program's own text. */
import { parse } from '@babel/parser';

/** A node of the tree, as loosely as a walk over it needs. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** Reads a source; all offsets are into `text`. */
export function readSource(text: string): SyntaxNode {
  return parse(text, { sourceType: 'module', plugins: ['typescript'] }).program as unknown as SyntaxNode;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string' && 'start' in value;
}

/** The nodes right below a node, each with the name of the field that holds it. */
function childrenOf(node: SyntaxNode): (readonly [field: string, child: SyntaxNode])[] {
  const children: (readonly [string, SyntaxNode])[] = [];
  for (const field in node) {
    if (field.endsWith('Comments')) continue;
    const value = node[field];
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) children.push([field, child]);
  }
  return children;
}

/** A node with those above it, outermost first, and the field of the innermost one that holds it. */
export interface Visit {
  readonly node: SyntaxNode;
  readonly above: readonly SyntaxNode[];
  readonly field: string;
}

/** The nodes of a tree, each before what is below it; `enters` can leave out a node with all below it. */
export function* walk(
  node: SyntaxNode,
  enters: (node: SyntaxNode, parent: SyntaxNode | undefined, field: string) => boolean = () => true,
  above: readonly SyntaxNode[] = [],
  field = '',
): Generator<Visit> {
  if (!enters(node, above.at(-1), field)) return;
  yield { node, above, field };
  for (const [name, child] of childrenOf(node)) yield* walk(child, enters, [...above, node], name);
}
