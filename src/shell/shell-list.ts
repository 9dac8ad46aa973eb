/** The words of one shell list, the text between two brackets, gathered into simple commands. */

export interface Redirect {
  /** `>`, `>>`, `>|`, `<`, `<>`, `>&`, `<&`, `&>`, `&>>` or `<<<`; a here-document is the `input` of its command. */
  readonly op: string;
  readonly path: string;
}

export interface SimpleCommand {
  /**
   * Without quotes, and without the keywords and assignments before them. Expansions stay as written, a command
   * substitution is `$()`. Empty when a redirection stands alone: `> /etc/hosts`.
   */
  readonly words: readonly string[];
  readonly redirects: readonly Redirect[];
  /** The body of a here-document, without its delimiter. */
  readonly input: string | undefined;
}

/** A here-document that has been announced and whose body has not been read. */
export interface Heredoc {
  readonly delimiter: string;
  /** A quoted delimiter: nothing is expanded in the body. */
  readonly quoted: boolean;
  readonly indented: boolean;
  readonly command: { input: string | undefined };
}

/** Where lists put what they have complete. */
export interface Sink {
  readonly commands: SimpleCommand[];
  readonly heredocs: Heredoc[];
}

export interface ListKind {
  /** An array or an extended pattern: its words are no commands. */
  readonly data: boolean;
  /** Inside `(( ))`: no comments, no redirections. */
  readonly arithmetic: boolean;
}

const KEYWORDS = new Set('if then elif else fi while until do done esac ! { }'.split(' '));
const ASSIGNMENT = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/;
const FILE_DESCRIPTOR = /^\d+$/;
const FUNCTION_NAME = /^[\w.:-]+$/;
/** Without a limit a long word could be tested again for every bracket after it. */
const MAX_NAME_LENGTH = 100;

export class CommandList {
  /** The word being read, undefined between words; an empty quoted word is an empty string. */
  word: string | undefined;
  /** A part of the word was quoted: it is no keyword. */
  quoted = false;
  readonly kind: ListKind;
  readonly #sink: Sink;
  #command = newCommand();
  /** A redirection operator that waits for its word. */
  #op: string | undefined;
  /** The open `case` commands; true while a pattern is being read. */
  readonly #cases: boolean[] = [];

  constructor(sink: Sink, kind: ListKind = { data: false, arithmetic: false }) {
    this.#sink = sink;
    this.kind = kind;
  }

  /** Inside `[[ ]]`, where brackets and operators are part of the words. */
  get isTest(): boolean {
    const { words } = this.#command;
    return words[0] === '[[' && words.at(-1) !== ']]';
  }

  append(text: string): void {
    this.word = (this.word ?? '') + text;
  }

  endWord(): void {
    if (this.word === undefined) return;
    const { word, quoted } = this;
    const op = this.#op;
    this.word = undefined;
    this.quoted = false;
    this.#op = undefined;
    if (op === undefined) this.#addWord(word, quoted);
    else if (op !== '<<' && op !== '<<-') this.#command.redirects.push({ op, path: word });
    else this.#sink.heredocs.push({ delimiter: word, quoted, indented: op === '<<-', command: this.#command });
  }

  endCommand(): void {
    this.endWord();
    const command = this.#command;
    const isComplete = command.words.length + command.redirects.length > 0;
    if (isComplete && !this.kind.data && !this.#isPattern) this.#sink.commands.push(command);
    this.#op = undefined;
    this.#command = newCommand();
  }

  /** Ends the command at `;;`, `;&` or `;;&`: the next words are a pattern. */
  endBranch(): void {
    this.endCommand();
    if (this.#cases.length > 0) this.#cases[this.#cases.length - 1] = true;
  }

  /** The next word belongs to a redirection; digits right before the operator are its file descriptor. */
  startRedirect(op: string): void {
    if (!this.quoted && FILE_DESCRIPTOR.test(this.word ?? '')) this.word = undefined;
    this.endWord();
    this.#op = op;
  }

  /** What `(` opens here: a list of some kind, or nothing when it only introduces a pattern. */
  openBracket(): ListKind | undefined {
    const { word } = this;
    const { words } = this.#command;
    if (word === undefined) {
      if (words.length === 0 && this.#isPattern) return undefined;
      // `name ()` begins a function, `for ((` a loop: neither runs the word before.
      if (words.length === 1) words.length = 0;
      return this.kind;
    }
    const isFunction = words.length === 0 && word.length <= MAX_NAME_LENGTH && FUNCTION_NAME.test(word);
    if (isFunction) this.word = undefined;
    return isFunction ? this.kind : { ...this.kind, data: true };
  }

  /** Takes `)` as the end of a pattern; false when it closes something else. */
  endPattern(): boolean {
    this.endWord();
    if (!this.#isPattern) return false;
    this.#command = newCommand();
    this.#cases[this.#cases.length - 1] = false;
    return true;
  }

  get #isPattern(): boolean {
    return this.#cases.at(-1) === true;
  }

  #addWord(word: string, quoted: boolean): void {
    const { words } = this.#command;
    if (words.length === 0 && !quoted && word === 'esac' && this.#cases.length > 0) {
      this.#cases.pop();
      return;
    }
    const isSkipped = ASSIGNMENT.test(word) || (!quoted && KEYWORDS.has(word));
    if (words.length === 0 && isSkipped && !this.#isPattern) return;
    words.push(word);
    const isCase = words.length === 3 && words[0] === 'case' && word === 'in';
    if (isCase) this.#cases.push(true);
    if (isCase || (words.length === 2 && words[0] === 'function')) words.length = 0;
  }
}

function newCommand(): { words: string[]; redirects: Redirect[]; input: string | undefined } {
  return { words: [], redirects: [], input: undefined };
}
