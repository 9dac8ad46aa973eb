/**
 * Splits shell text into simple commands: the grammar of POSIX.1-2017, XCU chapter 2, and what bash adds to it in daily
 * use (`[[`, `((`, arrays, `&>`, `<<<`, `<( )`, `$' '`). Nothing is expanded or run. Any text is accepted and read in
 * linear time: one pass over the characters with an explicit stack.
 */
import { CommandList } from './shell-list.ts';
import type { ListKind, Sink, SimpleCommand } from './shell-list.ts';

export type { Redirect, SimpleCommand } from './shell-list.ts';

/** A list of commands, or a text in which expansions are looked for; a text adds to the word of the list around it. */
interface Frame {
  readonly closer: ')' | '`' | '"' | '}' | undefined;
  readonly isText: boolean;
  readonly list: CommandList;
}

const REDIRECTION = /<<<|<<-|<<|<>|<&|<\(|<|>>|>&|>\||>\(|>/y;
const BOTH_REDIRECTION = /&>>?/y;
const TERMINATOR = /;;&|;;|;&|;|&&|&|\|\||\|&|\|/y;
/** A here-document is read once more for every here-document around it: those further in are not looked into. */
const MAX_HEREDOC_DEPTH = 8;

/**
 * @param text what a shell would be given after `-c`
 * @returns every simple command of the text, also those in substitutions, functions and the bodies of loops, in the
 *   order in which they end. A here-document is data: only its `$( )` are commands.
 */
export function splitCommands(text: string): readonly SimpleCommand[] {
  return new Reader(text).read();
}

class Reader {
  readonly #text: string;
  #position = 0;
  readonly #sink: Sink = { commands: [], heredocs: [] };
  readonly #frames: Frame[] = [{ closer: undefined, isText: false, list: new CommandList(this.#sink) }];
  /** How many open frames are backticks: while there are any, a backtick closes. */
  #backticks = 0;
  /** The here-documents around the position: where each ends, where reading goes on then, how many frames stay open. */
  readonly #regions: { readonly end: number; readonly next: number; readonly depth: number }[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(): readonly SimpleCommand[] {
    for (;;) {
      while (this.#position < this.#end) {
        if (this.#frame.isText) this.#readText();
        else this.#readList();
      }
      const region = this.#regions.pop();
      while (this.#frames.length > (region?.depth ?? 0)) this.#close();
      if (region === undefined) return this.#sink.commands;
      this.#position = region.next;
    }
  }

  get #frame(): Frame {
    return this.#frames.at(-1)!;
  }

  get #end(): number {
    return this.#regions.at(-1)?.end ?? this.#text.length;
  }

  #readText(): void {
    const { closer, list } = this.#frame;
    const character = this.#text[this.#position]!;
    if (character === closer) {
      if (closer === '}') list.append(closer);
      this.#position++;
      this.#close();
    } else if (character === '"' && closer === '}') {
      this.#openText('"', '');
    } else if (!this.#readExpansion()) {
      this.#append(list, character);
    }
  }

  #readList(): void {
    const { list } = this.#frame;
    const character = this.#text[this.#position]!;
    const isOperator = !list.isTest;
    if (character === ' ' || character === '\t' || character === '\r') {
      this.#position++;
      list.endWord();
    } else if (character === '\n') {
      this.#position++;
      list.endCommand();
      this.#readHeredocs();
    } else if (character === "'") {
      this.#readQuoted(list, false);
    } else if (character === '"') {
      list.quoted = true;
      this.#openText('"', '');
    } else if (character === '#' && list.word === undefined && !list.kind.arithmetic) {
      this.#skipComment();
    } else if (character === ';' || (isOperator && (character === '&' || character === '|'))) {
      this.#readTerminator(list);
    } else if (isOperator && character === '(') {
      this.#readOpeningBracket(list);
    } else if (isOperator && character === ')') {
      this.#position++;
      if (list.endPattern()) return;
      if (this.#frame.closer === ')') this.#close();
      else list.endCommand();
    } else if (isOperator && !list.kind.arithmetic && (character === '<' || character === '>')) {
      this.#readRedirection(list);
    } else if (!this.#readExpansion()) {
      this.#append(list, character);
    }
  }

  /** Reads an escape, or opens what begins with `$` or a backtick; false when the character stands for itself. */
  #readExpansion(): boolean {
    const { list, isText } = this.#frame;
    const [character, following] = [this.#text[this.#position], this.#text[this.#position + 1]];
    if (character === '\\' && following !== undefined) {
      list.quoted ||= !isText;
      if (following === '\n') this.#position += 2;
      else this.#append(list, isText && !'"\\$`'.includes(following) ? `\\${following}` : following, 2);
    } else if (character === '`') {
      this.#readBacktick(list);
    } else if (character === '$' && following === '(') {
      list.append('$()');
      this.#position += 2;
      this.#openList(')', { data: false, arithmetic: this.#text[this.#position] === '(' });
    } else if (character === '$' && following === '{') {
      this.#position++;
      this.#openText('}', '${');
    } else if (character === '$' && following === "'" && !isText) {
      this.#position++;
      this.#readQuoted(list, true);
    } else {
      return false;
    }
    return true;
  }

  /** Ends what the last backtick opened, whatever is open inside; without one, opens a list. */
  #readBacktick(list: CommandList): void {
    this.#position++;
    if (this.#backticks === 0) {
      list.append('$()');
      this.#openList('`');
    } else {
      const before = this.#backticks;
      while (this.#backticks === before) this.#close();
    }
  }

  #readQuoted(list: CommandList, hasEscapes: boolean): void {
    const start = this.#position + 1;
    let end = start;
    while (end < this.#end && this.#text[end] !== "'") end += hasEscapes && this.#text[end] === '\\' ? 2 : 1;
    list.quoted = true;
    list.append(this.#text.slice(start, end));
    this.#position = end + 1;
  }

  #skipComment(): void {
    const isEnd = (character: string): boolean => character === '\n' || (character === '`' && this.#backticks > 0);
    while (this.#position < this.#end && !isEnd(this.#text[this.#position]!)) this.#position++;
  }

  #readTerminator(list: CommandList): void {
    const both = list.kind.arithmetic ? '' : this.#match(BOTH_REDIRECTION);
    const operator = both === '' ? this.#match(TERMINATOR) : '';
    if (both !== '') list.startRedirect(both);
    else if (operator.startsWith(';') && operator.length > 1) list.endBranch();
    else list.endCommand();
  }

  #readRedirection(list: CommandList): void {
    const operator = this.#match(REDIRECTION);
    if (operator.endsWith('(')) {
      list.append(`${operator})`);
      this.#openList(')');
    } else {
      list.startRedirect(operator);
    }
  }

  #readOpeningBracket(list: CommandList): void {
    this.#position++;
    const kind = list.openBracket();
    if (kind) this.#openList(')', { ...kind, arithmetic: kind.arithmetic || this.#text[this.#position] === '(' });
  }

  /** Takes the bodies that begin after this line, and goes back into those in which the shell expands `$( )`. */
  #readHeredocs(): void {
    const regions = [];
    for (const { delimiter, quoted, indented, command } of this.#sink.heredocs.splice(0)) {
      const start = this.#position;
      const end = this.#skipHeredoc(delimiter, indented);
      command.input = this.#text.slice(start, end);
      if (!quoted && this.#regions.length < MAX_HEREDOC_DEPTH) regions.push({ start, end });
    }
    for (const { start, end } of regions.reverse()) {
      this.#regions.push({ end, next: this.#position, depth: this.#frames.length });
      this.#frames.push({ closer: undefined, isText: true, list: new CommandList(this.#sink) });
      this.#position = start;
    }
  }

  /** Moves behind the line of the delimiter, or to the end when there is none; returns where the body ends. */
  #skipHeredoc(delimiter: string, indented: boolean): number {
    while (this.#position < this.#end) {
      const start = this.#position;
      const newline = this.#text.indexOf('\n', start);
      const end = newline === -1 ? this.#end : Math.min(newline, this.#end);
      this.#position = Math.min(end + 1, this.#end);
      const line = this.#text.slice(start, end).trimEnd();
      if ((indented ? line.replace(/^\t+/, '') : line) === delimiter) return start;
    }
    return this.#end;
  }

  #openText(closer: '"' | '}', opener: string): void {
    this.#append(this.#frame.list, opener, 1);
    this.#frames.push({ closer, isText: true, list: this.#frame.list });
  }

  #openList(closer: ')' | '`', kind?: ListKind): void {
    if (closer === '`') this.#backticks++;
    this.#frames.push({ closer, isText: false, list: new CommandList(this.#sink, kind) });
  }

  #close(): void {
    const { closer, isText, list } = this.#frames.pop()!;
    if (closer === '`') this.#backticks--;
    if (!isText) list.endCommand();
  }

  #append(list: CommandList, text: string, length = 1): void {
    list.append(text);
    this.#position += length;
  }

  /** Moves over what the sticky pattern matches here and returns it, or the empty text. */
  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#position;
    const operator = pattern.exec(this.#text)?.[0] ?? '';
    this.#position += operator.length;
    return operator;
  }
}
