/**
 * A quick reader of plain block style, in which nearly all manifests are written: maps and lists of values on one line. It makes
 * the tokens that the `yaml` package's parser makes, to the last space; any other text it leaves to the package.
 */
import type { CST } from 'yaml';
import { PlainTree, type Leaf } from './plain-tree.ts';
import type { CollectionItem, SourceToken, Token } from './tokens.ts';

const [SPACE, HASH, DASH, COLON, CARRIAGE_RETURN] = [32, 35, 45, 58, 13];
/** A value without quotes does not begin with these; with a dash only when more follows. */
const INDICATORS = '?:,[]{}#&*!|>\'"%@`';
/** What a value without quotes may begin with in brackets, and what it may hold there. */
const [WORD_START, WORD] = [/[\w./]/, /[\w./=+@-]/];
/** The package refuses a key of more than 1024 characters. */
const LONGEST_KEY = 1000;
const DEEPEST_FLOW = 20;

/** The tokens of a text whose characters are all allowed; undefined when it needs the package's parser. */
export function plainTokens(text: string): Token[] | undefined {
  if (text.includes('\t') || text.startsWith('\uFEFF')) return undefined;
  const reader = new PlainReader(text);
  while (!reader.isDone) {
    if (!reader.readLine()) return undefined;
  }
  return reader.tree.tokens();
}

class PlainReader {
  readonly tree = new PlainTree();
  readonly #text: string;
  #at = 0;
  /** Where the break of the line begins. */
  #end = 0;
  /** The columns of spaces and dashes before the first other thing on the line. */
  #indent = 0;
  /** The value that owns the rest of its line. */
  #leaf: Leaf | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  get isDone(): boolean {
    return this.#at === this.#text.length;
  }

  /** Reads one line; false when it is not plain. */
  readLine(): boolean {
    const text = this.#text;
    const newline = text.indexOf('\n', this.#at);
    const next = newline === -1 ? text.length : newline + 1;
    this.#end =
      newline > this.#at && text.charCodeAt(newline - 1) === CARRIAGE_RETURN ? newline - 1 : newline === -1 ? next : newline;
    this.#indent = 0;
    this.#leaf = undefined;
    if (!this.#content()) return false;
    const spaces = this.#spaces();
    if (this.#at < this.#end) {
      if (text.charCodeAt(this.#at) !== HASH || (this.#leaf && spaces === 0)) return false;
      this.#put(this.#take('comment', this.#end));
    }
    if (next > this.#end) this.#put(this.#take('newline', next));
    return true;
  }

  /** Reads a line up to the comment at its end. */
  #content(): boolean {
    const start = this.#at;
    const indent = this.#afterSpaces() - start;
    if (!this.#isBare(start + indent)) {
      if (this.#text.startsWith('...', start)) return false;
      if (this.#text.startsWith('---', start)) return this.#marker();
      this.tree.begin(start);
    }
    this.#indent = this.#spaces();
    const hasDash = this.#isDash();
    while (this.#isDash()) {
      if (!this.tree.dash(this.#take('seq-item-ind', this.#at + 1))) return false;
      this.#indent++;
      this.#indent += this.#spaces();
    }
    if (this.#isBare(this.#at)) return true;
    const leaf = this.#value();
    if (!leaf) return false;
    if (this.#isColon()) return leaf.type !== 'flow-collection' && this.#entry(leaf);
    return hasDash && this.#own(leaf);
  }

  /** The colon of an entry and its value. */
  #entry(key: CST.FlowScalar): boolean {
    if (key.source.length > LONGEST_KEY || key.source === '<<') return false;
    if (!this.tree.key(key, this.#take('map-value-ind', this.#at + 1))) return false;
    this.#spaces();
    if (this.#isBare(this.#at)) return true;
    const leaf = this.#value();
    return leaf !== undefined && !this.#isColon() && this.#own(leaf);
  }

  #marker(): boolean {
    if (this.tree.isBegun || this.#end !== this.#at + 3) return false;
    this.tree.begin(this.#at);
    this.#put(this.#take('doc-start', this.#end));
    return true;
  }

  #own(leaf: Leaf): boolean {
    this.tree.value(leaf);
    this.#leaf = leaf;
    return true;
  }

  #value(): Leaf | undefined {
    const first = this.#text[this.#at] as string;
    if (first === '"' || first === "'") return this.#quoted(first);
    if (first === '{' || first === '[') return this.#flow();
    return INDICATORS.includes(first) || this.#isDash() ? undefined : this.#take('scalar', this.#plainEnd());
  }

  #quoted(quote: '"' | "'"): CST.FlowScalar | undefined {
    const text = this.#text;
    let close = text.indexOf(quote, this.#at + 1);
    for (;;) {
      if (close === -1 || close >= this.#end) return undefined;
      if (quote === "'" && text[close + 1] === "'") close = text.indexOf(quote, close + 2);
      else if (quote === '"' && this.#isEscaped(close)) close = text.indexOf(quote, close + 1);
      else return this.#take(quote === '"' ? 'double-quoted-scalar' : 'single-quoted-scalar', close + 1);
    }
  }

  #isEscaped(offset: number): boolean {
    let before = offset - 1;
    while (this.#text[before] === '\\') before--;
    return (offset - before) % 2 === 0;
  }

  /** Where a value without quotes ends: before a comment, a colon that is followed by a space, and the spaces before them. */
  #plainEnd(): number {
    const text = this.#text;
    let end = this.#at;
    for (let index = end; index < this.#end; index++) {
      const code = text.charCodeAt(index);
      if (code === COLON && this.#isGap(index + 1)) return end;
      if (code === HASH && end < index) return end;
      if (code !== SPACE) end = index + 1;
    }
    return end;
  }

  /** A map or list in brackets on one line: of words, quoted texts, and more of its kind. */
  #flow(depth = 0): CST.FlowCollection | undefined {
    const [offset, indent, isMap] = [this.#at, this.#indent, this.#text[this.#at] === '{'];
    const close = isMap ? '}' : ']';
    const start = this.#take(isMap ? 'flow-map-start' : 'flow-seq-start', offset + 1);
    const items: CST.FlowCollection['items'] = [];
    while (this.#text[this.#at] !== close || items.length > 0) {
      const comma = items.length > 0 ? [this.#take('comma', this.#at + 1)] : [];
      const before = [...comma, ...this.#gap()];
      const item = isMap ? this.#flowEntry(before, depth) : this.#flowItem(before, depth);
      if (!item) return undefined;
      items.push(item);
      if (this.#text[this.#at] === close) break;
      if (this.#text[this.#at] !== ',') return undefined;
    }
    const end = [this.#take(isMap ? 'flow-map-end' : 'flow-seq-end', this.#at + 1)];
    return { type: 'flow-collection', offset, indent, start, items, end };
  }

  #flowItem(start: SourceToken[], depth: number): CollectionItem | undefined {
    const value = this.#flowValue(depth);
    if (value) (value.end ??= []).push(...this.#gap());
    return value && { start, value };
  }

  #flowEntry(start: SourceToken[], depth: number): CollectionItem | undefined {
    const key = this.#flowValue(depth);
    if (!key || key.type === 'flow-collection' || key.source === '<<' || !this.#isColon()) return undefined;
    const sep = [this.#take('map-value-ind', this.#at + 1), ...this.#gap()];
    const value = this.#flowValue(depth);
    const gap = this.#gap();
    if (value && gap.length > 0) value.end = [...(value.end ?? []), ...gap];
    return value && { start, key, sep, value };
  }

  #flowValue(depth: number): Leaf | undefined {
    const first = this.#text[this.#at];
    if (first === '"' || first === "'") return this.#quoted(first);
    if (first === '{' || first === '[') return depth < DEEPEST_FLOW ? this.#flow(depth + 1) : undefined;
    let end = this.#at;
    if (!WORD_START.test(first ?? '')) return undefined;
    while (end < this.#end && this.#isWord(end)) end++;
    return this.#take('scalar', end);
  }

  /** True inside of a word in brackets, where a colon is nothing special before more of the word. */
  #isWord(at: number): boolean {
    return WORD.test(this.#text[at] as string) || (this.#text[at] === ':' && WORD.test(this.#text[at + 1] ?? ''));
  }

  #gap(): SourceToken[] {
    const to = this.#afterSpaces();
    return to > this.#at ? [this.#take('space', to)] : [];
  }

  #spaces(): number {
    const start = this.#at;
    for (const space of this.#gap()) this.#put(space);
    return this.#at - start;
  }

  #afterSpaces(): number {
    let at = this.#at;
    while (at < this.#end && this.#text.charCodeAt(at) === SPACE) at++;
    return at;
  }

  #put(token: SourceToken): void {
    if (this.#leaf) (this.#leaf.end ??= []).push(token);
    else this.tree.blank(token);
  }

  #take<T extends SourceToken['type'] | CST.FlowScalar['type']>(type: T, to: number) {
    const token = { type, offset: this.#at, indent: this.#indent, source: this.#text.slice(this.#at, to) };
    this.#at = to;
    return token;
  }

  /** True where nothing but a comment stands on the line. */
  #isBare(at: number): boolean {
    return at === this.#end || this.#text.charCodeAt(at) === HASH;
  }

  #isGap(at: number): boolean {
    return at === this.#end || this.#text.charCodeAt(at) === SPACE;
  }

  #isDash(): boolean {
    return this.#text.charCodeAt(this.#at) === DASH && this.#isGap(this.#at + 1);
  }

  #isColon(): boolean {
    return this.#text.charCodeAt(this.#at) === COLON && this.#isGap(this.#at + 1);
  }
}
