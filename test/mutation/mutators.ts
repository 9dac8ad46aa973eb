/** What can be changed in a source: each mutant replaces one piece of its text. After the default set of Stryker. */
import { isNode, type SyntaxNode } from '../syntax.ts';
import { regexVariants } from './regex-mutators.ts';

/** Replaces `text.slice(start, end)` by `text`. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '+=': ['-='],
  '-=': ['+='],
  '??=': ['&&='],
  '++': ['--'],
  '--': ['++'],
};

const METHODS: Readonly<Record<string, string>> = {
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  trimStart: 'trimEnd',
  trimEnd: 'trimStart',
  toUpperCase: 'toLowerCase',
  toLowerCase: 'toUpperCase',
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  find: 'findLast',
  findLast: 'find',
  indexOf: 'lastIndexOf',
  lastIndexOf: 'indexOf',
};

/** Calls that can be left out: what they are called on is of the same type as the result. */
const PASSING = new Set(['filter', 'sort', 'reverse', 'slice', 'trim', 'trimStart', 'trimEnd', 'replaceAll', 'replace']);

const CONDITIONS = new Set(['===', '!==', '<', '<=', '>', '>=', 'in', 'instanceof']);

type Mutator = (node: SyntaxNode, text: string) => (string | Replacement)[];

const child = (node: SyntaxNode, field: string): SyntaxNode => node[field] as SyntaxNode;
const listOf = (node: SyntaxNode, field: string): SyntaxNode[] => (node[field] as (SyntaxNode | null)[]).filter(isNode);
const sourceOf = (text: string, node: SyntaxNode): string => text.slice(node.start, node.end);

/** The operator between two operands, or beside one: the first occurrence in the text that no operand covers. */
function swapped(node: SyntaxNode, text: string, left: number, right: number): Replacement[] {
  const operator = String(node['operator']);
  const start = text.indexOf(operator, left);
  return start === -1 || start >= right
    ? []
    : (OPERATORS[operator] ?? []).map((other) => ({ start, end: start + operator.length, text: other }));
}

function binary(node: SyntaxNode, text: string): (string | Replacement)[] {
  const [left, right] = [child(node, 'left'), child(node, 'right')];
  const isText = [left, right].some((side) => side.type === 'StringLiteral' || side.type === 'TemplateLiteral');
  const operators = isText && node['operator'] === '+' ? [] : swapped(node, text, left.end, right.start);
  return [...operators, ...(CONDITIONS.has(String(node['operator'])) ? ['true', 'false'] : [])];
}

/** With parentheses: the language does not let `??` stand beside `&&`. */
function logical(node: SyntaxNode, text: string): string[] {
  const [left, right] = [child(node, 'left'), child(node, 'right')];
  const others = OPERATORS[String(node['operator'])] ?? [];
  const isCondition = node['operator'] !== '??';
  return [
    ...others.map((other) => `((${sourceOf(text, left)}) ${other} (${sourceOf(text, right)}))`),
    ...(isCondition ? ['true', 'false'] : []),
  ];
}

function test(...values: readonly string[]): Mutator {
  return (node) => {
    const condition = node['test'];
    return isNode(condition) ? values.map((text) => ({ start: condition.start, end: condition.end, text })) : [];
  };
}

function call(node: SyntaxNode, text: string): (string | Replacement)[] {
  const callee = child(node, 'callee');
  const optional = node['optional'] === true ? [dropQuestionMark(text, callee.end)] : [];
  if (!callee.type.endsWith('MemberExpression') || callee['computed'] === true) return optional;
  const property = child(callee, 'property');
  const name = String(property['name']);
  const other = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  const dot = property.start - (callee['optional'] === true ? 2 : 1);
  return [
    ...optional,
    ...(other === undefined ? [] : [{ start: property.start, end: property.end, text: other }]),
    ...(PASSING.has(name) ? [{ start: dot, end: node.end, text: '' }] : []),
  ];
}

function dropQuestionMark(text: string, from: number): Replacement {
  const start = text.indexOf('?.', from);
  const isName = /[\w$#]/.test(text[start + 2] ?? '');
  return { start, end: start + 2, text: isName ? '.' : '' };
}

function array(node: SyntaxNode, text: string): string[] {
  const elements = listOf(node, 'elements');
  if (elements.length === 0) return ['["mutated"]'];
  const shorter =
    elements.length > 1
      ? [
          `[${elements
            .slice(1)
            .map((element) => sourceOf(text, element))
            .join(', ')}]`,
        ]
      : [];
  return ['[]', ...shorter];
}

function regex(node: SyntaxNode): string[] {
  return regexVariants(String(node['pattern']), String(node['flags'])).map((pattern) => `/${pattern}/${String(node['flags'])}`);
}

/** Leaves a statement out. */
const leftOut: Mutator = () => [''];

function emptied(field: string): Mutator {
  return (node) => {
    const statements = listOf(node, field);
    const [first, last] = [statements[0], statements.at(-1)];
    return first && last ? [{ start: first.start, end: last.end, text: '' }] : [];
  };
}

/** The mutants of one node alone, without those of the nodes below it. A plain text replaces the whole node. */
export const MUTATORS: Readonly<Record<string, Mutator>> = {
  ArrayExpression: array,
  AssignmentExpression: (node, text) => swapped(node, text, child(node, 'left').end, child(node, 'right').start),
  BinaryExpression: binary,
  BlockStatement: emptied('body'),
  BooleanLiteral: (node) => [String(node['value'] !== true)],
  BreakStatement: leftOut,
  CallExpression: call,
  ConditionalExpression: test('true', 'false'),
  ContinueStatement: leftOut,
  DoWhileStatement: test('false'),
  ExpressionStatement: leftOut,
  ForStatement: test('false'),
  IfStatement: test('true', 'false'),
  LogicalExpression: logical,
  NumericLiteral: (node) => [String(Number(node['value']) + 1), String(Number(node['value']) - 1)],
  ObjectExpression: (node) => (listOf(node, 'properties').length > 0 ? ['{}'] : []),
  OptionalCallExpression: call,
  OptionalMemberExpression: (node, text) =>
    node['optional'] === true ? [dropQuestionMark(text, child(node, 'object').end)] : [],
  RegExpLiteral: regex,
  ReturnStatement: leftOut,
  StringLiteral: (node) => [node['value'] === '' ? '"mutated"' : '""'],
  SwitchCase: emptied('consequent'),
  TemplateLiteral: (node, text) => [sourceOf(text, node) === '``' ? '"mutated"' : '``'],
  ThrowStatement: leftOut,
  UnaryExpression: (node, text) => {
    const operand = sourceOf(text, child(node, 'argument'));
    const other = { '-': `+${operand}`, '+': `-${operand}`, '!': `(${operand})` }[String(node['operator'])];
    return other === undefined ? [] : [other];
  },
  UpdateExpression: (node, text) => swapped(node, text, node.start, node.end),
  WhileStatement: test('false'),
};
