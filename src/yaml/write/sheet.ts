/** The text of one document while edits are written onto it, with the styles that new text must follow. */
import { isArray, type Json } from '../../util/json.ts';
import { isScalar, type Node } from '../read/nodes.ts';
import type { ParsedYaml } from '../read/parse.ts';
import { blockLines, oneDeeper, oneLine, plainFlow, type BlockStyle, type FlowStyle } from './render.ts';
import type { Quote } from './scalar.ts';
import type { TextEdit } from '../source/text-edit.ts';
import { blockStyle, flowStyle, quoteStyle } from './style.ts';
import { column, lineBreakAt, lineStart, nextLine, type Token } from '../read/tokens.ts';

export class Sheet {
  readonly text: string;
  /** True when the document's root is a flow collection: JSON, or YAML written like it. */
  readonly isFlowDocument: boolean;
  readonly quote: Quote;
  readonly #edits: TextEdit[] = [];
  readonly #styles = new Map<Token | undefined, BlockStyle>();
  readonly #keptBreaks = new Set<number>();

  constructor(parsed: ParsedYaml) {
    this.text = parsed.text;
    this.isFlowDocument = parsed.isFlowDocument;
    this.quote = quoteStyle(parsed.text);
  }

  /** Edits at one offset keep the order in which they were made: inner ones first. */
  sorted(): TextEdit[] {
    return [...this.#withoutLastLines()].sort((left, right) => left.start - right.start || left.end - right.end);
  }

  /** Lines that are removed from an end without newline take the line break before them along, not one behind them. */
  #withoutLastLines(): readonly TextEdit[] {
    const { text } = this;
    const removed = this.#edits
      .filter((edit) => edit.text === '' && edit.end > edit.start)
      .sort((left, right) => right.start - left.start);
    const last = new Set<TextEdit>();
    let start = text.length;
    for (const edit of removed) {
      if (edit.end !== start) break;
      last.add(edit);
      start = edit.start;
    }
    if (last.size === 0 || text.endsWith('\n') || lineStart(text, start) !== start) return this.#edits;
    const others = this.#edits.filter((edit) => !last.has(edit));
    const added = others.filter((edit) => edit.end >= start && edit.start < text.length).at(-1);
    if (this.#keptBreaks.has(start)) {
      const next = others.find((edit) => edit.start === text.length);
      return this.#edits.map((edit) => (edit === next ? { ...edit, text: edit.text.replace(/^\r?\n/, '') } : edit));
    }
    if (!added) return [...others, { start: start - lineBreakAt(text, start - 1).length, end: text.length, text: '' }];
    const open = { ...added, text: added.text.replace(/\r?\n$/, '') };
    return this.#edits.map((edit) => (edit === added ? open : edit));
  }

  /** Says that the line break before `offset` belongs to a block scalar, so that a removed last line does not take it along. */
  keepBreakBefore(offset: number): void {
    this.#keptBreaks.add(offset);
  }

  insert(offset: number, text: string): void {
    this.#edits.push({ start: offset, end: offset, text });
  }

  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text });
  }

  /** Inserts whole lines before the line that begins at `offset`; at the end of a text without a final newline, behind it. */
  insertLines(offset: number, lines: readonly string[]): void {
    const lineBreak = lineBreakAt(this.text, Math.max(0, offset - 1));
    const atOpenEnd = offset === this.text.length && offset > 0 && this.text[offset - 1] !== '\n';
    this.insert(
      offset,
      atOpenEnd ? lines.map((line) => lineBreak + line).join('') : lines.map((line) => line + lineBreak).join(''),
    );
  }

  /** Inserts whole lines below the line that holds `offset`. */
  insertBelow(offset: number, lines: readonly string[]): void {
    this.insertLines(nextLine(this.text, offset), lines);
  }

  /** The block style for something new in the innermost collection of a chain. */
  blockStyle(chain: readonly Token[]): BlockStyle {
    const innermost = chain.at(-1);
    const style = this.#styles.get(innermost) ?? blockStyle(chain, this.text, this.quote);
    this.#styles.set(innermost, style);
    return style;
  }

  /** The style of the innermost flow collection of a chain; an empty one takes after the one around it. */
  flowStyle(chain: readonly Token[]): FlowStyle {
    let style: FlowStyle | undefined;
    for (const token of chain) {
      if (token.type === 'flow-collection')
        style = flowStyle(token, this.text, style ? oneDeeper(style) : plainFlow(this.quote, this.isFlowDocument));
    }
    return style ?? plainFlow(this.quote);
  }

  /** The style for what is inside a new item: over several lines only where the whole document is flow. */
  nested(style: FlowStyle): FlowStyle {
    return this.isFlowDocument ? style : oneLine(style);
  }

  /** A map or list as block text whose first line goes to `offset` and whose other lines hang below it. */
  hangingLines(value: Json, offset: number, chain: readonly Token[]): string {
    const lines = blockLines(value, column(this.text, offset), this.blockStyle(chain)) ?? [];
    return lines.join(lineBreakAt(this.text, offset)).trimStart();
  }

  /** The value of a scalar node; undefined for anything else. */
  valueOf(node: Node | null): Json | undefined {
    return isScalar(node) && !isArray(node.value) ? (node.value as Json) : undefined;
  }
}
