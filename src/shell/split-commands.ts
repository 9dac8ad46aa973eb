/** Splits shell text into simple commands, with the package `unbash` as the reader. Nothing is expanded or run. */
import { forEachChild, parse } from 'unbash';
import type { Assignment, Command, Redirection, SyntaxNode, Word, WordPart } from 'unbash';
import { folderAfter } from './folder.ts';

export interface Redirect {
  /** `>`, `>>`, `>|`, `<`, `<>`, `>&`, `<&`, `&>`, `&>>` or `<<<`; a here-document is the `input` of its command. */
  readonly op: string;
  readonly path: string;
}

export interface SimpleCommand {
  /**
   * Without quotes and without the assignments before them. Parameters stay as written, a command substitution and
   * arithmetic are `$()`. Empty when a redirection stands alone or follows a loop: `> /etc/hosts`.
   */
  readonly words: readonly string[];
  readonly redirects: readonly Redirect[];
  /** The body of a here-document, without its delimiter. */
  readonly input: string | undefined;
  /** The folder in which the command runs, as `folderAfter` tells it. */
  readonly folder: string;
}

/** A shell or a subshell: `cd` changes the folder of the commands that follow in it, and of no others. */
interface Shell {
  folder: string;
}

interface Step {
  readonly node: SyntaxNode;
  readonly shell: Shell;
  /** How many expansions are around the node. */
  readonly depth: number;
}

/** The parser reads an expansion once more for each expansion around it. What is deeper is left out, so that time stays linear. */
const MAX_DEPTH = 6;
const EXPANSIONS = new Set(['CommandExpansion', 'ProcessSubstitution', 'ArithmeticExpansion', 'ParameterExpansion']);
/**
 * What has a subshell inside (Bash reference manual, 3.2.3 and 3.7.3): the brackets, substitutions, also those in the words
 * of a command. A function runs later.
 */
const SUBSHELLS = new Set(['Subshell', 'CommandExpansion', 'ProcessSubstitution', 'Coproc', 'Command', 'Function']);

/**
 * @param text what a shell would be given after `-c`; text that is no valid shell is read as far as possible
 * @param folder where the shell starts
 * @returns every simple command of the text in the order in which they begin, also those in substitutions, functions and
 *   the bodies of loops. A here-document is data: only its `$( )` are commands.
 */
export function splitCommands(text: string, folder: string): readonly SimpleCommand[] {
  const commands: SimpleCommand[] = [];
  const script = parsed(text);
  const steps: Step[] = script ? [{ node: script, shell: { folder }, depth: 0 }] : [];
  for (let step = steps.pop(); step; step = steps.pop()) {
    const { node, shell } = step;
    const inner = innerSteps(step);
    const command = simpleCommand(node, shell.folder);
    if (command) {
      commands.push(command);
      shell.folder = folderAfter(shell.folder, command.words);
    }
    for (const one of inner.reverse()) steps.push(one);
  }
  return commands;
}

/** Undefined for thousands of functions in functions, for which the parser has no stack: no text that somebody wrote. */
function parsed(text: string): SyntaxNode | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The children of a node, each with the shell that runs it. */
function innerSteps({ node, shell, depth }: Step): Step[] {
  const isExpansion = EXPANSIONS.has(node.type);
  if (isExpansion && depth === MAX_DEPTH) return [];
  const isPipe = node.type === 'Pipeline' && node.commands.length > 1;
  const isSubshell = SUBSHELLS.has(node.type) || isPipe || (node.type === 'Statement' && node.background === true);
  const steps: Step[] = [];
  forEachChild(node, (child) => {
    steps.push({ node: child, shell: isSubshell ? { ...shell } : shell, depth: depth + Number(isExpansion) });
  });
  return steps;
}

function simpleCommand(node: SyntaxNode, folder: string): SimpleCommand | undefined {
  if (node.type !== 'Command' && node.type !== 'Redirected') return undefined;
  const words = node.type === 'Command' ? wordsOf(node) : [];
  const document = node.redirects.findLast((one) => one.type === 'HereDoc');
  const redirects = node.redirects.flatMap(redirectOf);
  const isEmpty = words.length + redirects.length === 0 && !document;
  return isEmpty ? undefined : { words, redirects, input: document?.body.text, folder };
}

function redirectOf(redirection: Redirection): readonly Redirect[] {
  if (redirection.type === 'HereDoc' || !redirection.target) return [];
  return [{ op: redirection.operator, path: textOf(redirection.target) }];
}

function wordsOf({ name, args }: Command): readonly string[] {
  return [...(name ? [name] : []), ...args].map((word) => (word.type === 'Word' ? textOf(word) : assignmentText(word)));
}

/** An assignment that is the argument of a command: `export A=b`. */
function assignmentText({ name, append, value }: Assignment): string {
  return `${name}${append ? '+=' : '='}${value.type === 'Word' ? textOf(value) : '()'}`;
}

function textOf({ parts, value }: Word): string {
  return parts ? parts.map(partText).join('') : value;
}

function partText(part: WordPart): string {
  switch (part.type) {
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.map(partText).join('');
    case 'CommandExpansion':
    case 'ArithmeticExpansion':
      return '$()';
    case 'ProcessSubstitution':
      return `${part.operator}()`;
    case 'Literal':
    case 'Glob':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return part.value;
    default:
      return part.text;
  }
}
