/** Finds the mutants of a source and weaves them into it, so that one build holds all of them. */
import { readSource, walk, type SyntaxNode } from '../syntax.ts';
import { MUTATORS, type Replacement } from './mutators.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A change to a source, made where `host` is evaluated: an expression, or statements that are left out. */
export interface Mutant extends Replacement {
  readonly file: string;
  readonly host: Range;
  readonly isStatement: boolean;
}

/** What describes a transform to its readers is no code: these properties of its metadata keep their texts. */
const PROSE = new Set(['title', 'description', 'rationale', 'breaks', 'messages', 'advice', 'remedy']);
const TEXTS = new Set(['StringLiteral', 'TemplateLiteral']);
const TYPE_WRAPPERS = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression']);
const FUNCTIONS = /Function|Method$/;

/** All mutants of a source, in the order of their places. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const nodes = [...walk(readSource(text), entersCode)];
  const hosts = nodes.filter(({ node, above, field }) => isHost(node, above.at(-1), field)).map(({ node }) => node);
  const found = new Map<string, Mutant>();
  for (const { node, above } of nodes) {
    if (repeatsCondition(node, above) || (TEXTS.has(node.type) && isProse(above))) continue;
    for (const result of MUTATORS[node.type]?.(node, text) ?? []) {
      const {
        start,
        end,
        text: other,
      } = typeof result === 'string' ? { start: node.start, end: node.end, text: result } : result;
      const isStatement = /(?:Statement|SwitchCase)$/.test(node.type) && other === '';
      const around = hosts
        .filter((one) => one.start <= start && one.end >= end)
        .sort((left, right) => left.end - left.start - right.end + right.start);
      const host = isStatement ? { start, end } : around[0];
      const key = `${start}:${end}:${other}`;
      if (host && !found.has(key))
        found.set(key, { file, start, end, text: other, host: { start: host.start, end: host.end }, isStatement });
    }
  }
  return [...found.values()].sort((left, right) => left.start - right.start || right.end - left.end);
}

/** False for types and for what names another module. */
function entersCode(node: SyntaxNode, parent: SyntaxNode | undefined, field: string): boolean {
  if (parent && TYPE_WRAPPERS.has(parent.type)) return field === 'expression';
  return (!node.type.startsWith('TS') || TYPE_WRAPPERS.has(node.type)) && field !== 'source' && field !== 'attributes';
}

/** True where a node can be put into parentheses: an expression that is not written to, called, a name or part of a chain. */
function isHost(node: SyntaxNode, parent: SyntaxNode | undefined, field: string): boolean {
  if (!parent || !/(?:Expression|Literal)$|^Identifier$/.test(node.type)) return false;
  const isPart =
    node.type.startsWith('Optional') && parent.type.startsWith('Optional') && (field === 'object' || field === 'callee');
  const isMethod = field === 'callee' && node.type.endsWith('MemberExpression');
  const isName = (field === 'key' || field === 'property') && parent['computed'] !== true;
  const isWritten =
    (field === 'left' && parent.type === 'AssignmentExpression') ||
    (field === 'argument' && (parent.type === 'UpdateExpression' || parent['operator'] === 'delete'));
  return !isPart && !isMethod && !isName && !isWritten;
}

/** True when leaving a statement out is the same as a condition that is false, or when it is the last of its function. */
function repeatsCondition(node: SyntaxNode, above: readonly SyntaxNode[]): boolean {
  const [outer, parent] = above.slice(-2);
  const isBody = (one: SyntaxNode, holder: SyntaxNode | undefined): boolean =>
    holder?.type === 'IfStatement' && holder['consequent'] === one && !holder['alternate'];
  if (!parent || !/Statement$/.test(node.type)) return false;
  const isAlone = parent.type === 'BlockStatement' && (parent['body'] as SyntaxNode[]).length === 1;
  const isResult = node.type === 'ReturnStatement' && (outer === undefined || FUNCTIONS.test(outer.type));
  return isResult || isBody(node, parent) || (isAlone && isBody(parent, outer));
}

/** True for a text of the documentation, of a message or of a finding: its wording is no logic. */
function isProse(above: readonly SyntaxNode[]): boolean {
  const isNamed = ({ type, key }: SyntaxNode): boolean =>
    type === 'ObjectProperty' && PROSE.has(String((key as SyntaxNode)['name']));
  return above.some(isNamed);
}

/** The source with each mutant behind a question to `$`: true for the number of the one that is on. */
export function weave(text: string, mutants: readonly (Mutant & { readonly id: number })[]): string {
  const hosts = new Map<string, (Mutant & { readonly id: number })[]>();
  for (const mutant of mutants) {
    const key = `${mutant.host.start}:${mutant.host.end}:${mutant.isStatement}`;
    hosts.set(key, [...(hosts.get(key) ?? []), mutant]);
  }
  const sorted = [...hosts.values()].sort(([one], [other]) => orderOf(one, other));
  let next = 0;
  return between(0, text.length);

  function between(start: number, end: number): string {
    let result = '';
    let offset = start;
    for (let group = sorted[next]; group?.[0] && group[0].host.end <= end; group = sorted[next]) {
      const { host, isStatement } = group[0];
      next++;
      const inner = between(host.start, host.end);
      result += text.slice(offset, host.start) + (isStatement ? statements(group, inner) : choice(group, inner));
      offset = host.end;
    }
    return result + text.slice(offset, end);
  }

  function choice(group: readonly (Mutant & { readonly id: number })[], inner: string): string {
    const others = group.map(
      ({ id, host, start, end, text: other }) =>
        `$(${id}) ? (${text.slice(host.start, start)}${other}${text.slice(end, host.end)}) : `,
    );
    return `(${others.join('')}(${inner}))`;
  }

  function statements(group: readonly (Mutant & { readonly id: number })[], inner: string): string {
    return `{ if (!$(${group[0]?.id})) { ${inner} } }`;
  }
}

/** Outer places before inner ones, statements before the expression that they consist of. */
function orderOf(one: Mutant | undefined, other: Mutant | undefined): number {
  if (!one || !other) return 0;
  return (
    one.host.start - other.host.start || other.host.end - one.host.end || Number(other.isStatement) - Number(one.isStatement)
  );
}
