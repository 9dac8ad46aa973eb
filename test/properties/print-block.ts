/**
 * Writes a value as a YAML document in random presentation. The `yaml` package would print every document in one way; the
 * splicer must find its way in all of them.
 */
import { deepEqual, isArray, isObject, type Json, type JsonObject } from '../../src/util/json.ts';
import { Anchors } from './anchors.ts';
import type { Choices } from './choices.ts';
import { printFlow, type Printing } from './print-flow.ts';
import { printBlockScalar, printKey, printScalar } from './print-scalar.ts';

/**
 * What the last line printed does to lines that follow: a block scalar takes in deeper ones, with `+` also blank ones; behind a
 * dash on the same line nothing may come between.
 */
type Open = 'none' | 'scalar' | 'kept' | 'dash';

const NOTES = ['', ' note', ' a: b, {c} [d]', ' — 😀 é', ' "quoted', '\ttab'] as const;

/** A document without markers, as lines; `name` sets its comments apart from those of other documents. */
export function printDocument(value: Json, choices: Choices, name: string): string[] {
  return new BlockPrinter(choices, name).document(value);
}

class BlockPrinter implements Printing {
  readonly choices: Choices;
  readonly anchors = new Anchors();
  readonly #name: string;
  #comments = 0;
  #open: Open = 'none';

  constructor(choices: Choices, name: string) {
    this.choices = choices;
    this.#name = name;
  }

  comment(place: string): string {
    return `#${this.#name}${this.#comments++}.${this.choices.of(`${place} note`, NOTES)}`;
  }

  document(value: Json): string[] {
    if ((!isObject(value) && !isArray(value)) || isEmpty(value) || this.choices.chance('flow document', 6)) {
      return this.#below(value, '', 0);
    }
    const lines = this.#block(value, '', this.choices.chance('indented document', 5) ? 2 : 0);
    return [...lines, ...this.#apart('end', 0)];
  }

  /** The lines of a map or list in block style, with its keys or dashes at `column`. */
  #block(value: JsonObject | readonly Json[], place: string, column: number): string[] {
    if (isArray(value)) return value.flatMap((item, index) => this.#item(item, `${place}/${index}`, column));
    const sources = this.#merged(value, place);
    const inherited: JsonObject = Object.assign({}, ...sources.map((source) => source.value).reverse());
    const isRepeated = this.choices.chance(`${place} repeats`, 20);
    const own = Object.entries(value).filter(([key, inner]) => isRepeated || !deepEqual(inherited[key], inner));
    const names = sources.map((source) => `*${source.name}`);
    const merge =
      names.length === 0
        ? []
        : [`${' '.repeat(column)}<<: ${names.length === 1 ? names[0] : `[${names.join(', ')}]`}${this.#trailing(`${place}/<<`)}`];
    if (merge.length > 0) this.#open = 'none';
    return [...merge, ...own.flatMap(([key, inner]) => this.#entry(key, inner, `${place}/${key}`, column))];
  }

  #merged(value: JsonObject, place: string): { readonly name: string; readonly value: JsonObject }[] {
    if (!this.choices.chance(`${place} merge`, 60)) return [];
    return this.anchors.within(value).slice(0, this.choices.chance(`${place} merges`, 30) ? 2 : 1);
  }

  #entry(key: string, value: Json, place: string, column: number): string[] {
    const before = this.#apart(place, column);
    const indent = ' '.repeat(column);
    const name = printKey(key, this.choices, place);
    if (this.choices.chance(`${place} explicit key`, 3)) {
      const after =
        value === null && this.choices.chance(`${place} no value`, 50)
          ? undefined
          : this.#after(value, `${place}`, column, 'key');
      const first = `${indent}? ${name}${this.#trailing(`${place} key`)}`;
      if (after === undefined) this.#open = 'none';
      return [...before, first, ...(after ? [`${indent}:${after[0]}`, ...after.slice(1)] : [])];
    }
    const decoy = this.choices.chance(`${place} duplicate`, 1) ? [`${indent}${name}: 0`] : [];
    if (decoy.length > 0) this.#open = 'none';
    const space = this.choices.chance(`${place} space`, 5) ? ' ' : '';
    const [first = '', ...rest] = this.#after(value, place, column, 'key');
    return [...before, ...decoy, `${indent}${name}${space}:${first}`, ...rest];
  }

  #item(value: Json, place: string, column: number): string[] {
    const before = this.#apart(place, column);
    const [first = '', ...rest] = this.#after(value, place, column, 'dash');
    return [...before, `${' '.repeat(column)}-${first}`, ...rest];
  }

  /** What follows a colon or a dash at `column`: the rest of its line, then further lines. */
  #after(value: Json, place: string, column: number, mark: 'key' | 'dash'): string[] {
    const { choices, anchors } = this;
    const alias = value === null ? undefined : anchors.same(value);
    if (alias !== undefined && choices.chance(`${place} alias`, 60)) return this.#inline(` *${alias}`, place);
    const isAnchored = value !== null && choices.chance(`${place} anchor`, isObject(value) ? 25 : 4);
    const name = `a${choices.pick(`${place} anchor name`, 6)}`;
    const close = isAnchored ? anchors.open(name, value) : undefined;
    const lines = this.#value(value, place, column, mark, isAnchored ? ` &${name}` : '');
    close?.();
    return lines;
  }

  #value(value: Json, place: string, column: number, mark: 'key' | 'dash', anchor: string): string[] {
    const { choices } = this;
    const isCollection = isObject(value) || isArray(value);
    if (isCollection && !isEmpty(value) && !choices.chance(`${place} flow`, 12))
      return this.#collection(value, place, column, mark, anchor);
    if (value === null && anchor === '' && choices.chance(`${place} empty`, 40)) return this.#inline('', place);
    const block =
      typeof value === 'string' && choices.chance(`${place} block`, value.includes('\n') ? 80 : 12)
        ? printBlockScalar(value, choices, place, column)
        : undefined;
    if (block) {
      const first = `${anchor} ${block.header}${this.#trailing(place)}`;
      this.#open = block.isKept ? 'kept' : 'scalar';
      return [first, ...block.lines];
    }
    if (choices.chance(`${place} next line`, isCollection ? 8 : 2)) {
      const step = 1 + choices.pick(`${place} next line step`, 4);
      const first = anchor + this.#trailing(`${place} first`);
      return [first, ...this.#below(value, place, column + step)];
    }
    const text = isCollection ? printFlow(value, this, place, column + 1) : printScalar(value, choices, place, column + 1);
    return this.#inline(`${anchor}${choices.of(`${place} gap`, [' ', '  '])}${text}`, place);
  }

  #collection(
    value: JsonObject | readonly Json[],
    place: string,
    column: number,
    mark: 'key' | 'dash',
    anchor: string,
  ): string[] {
    const { choices } = this;
    const isFlush = isArray(value) && mark === 'key';
    const usual = isFlush ? choices.of('list step', [0, 2, 4]) : choices.of('map step', [2, 4, 3, 1]);
    const isOdd = choices.chance(`${place} odd step`, 8);
    const step = isOdd ? (isFlush ? 0 : 1) + choices.pick(`${place} step`, 5) : usual;
    const isCompact = mark === 'dash' && anchor === '' && !choices.chance(`${place} dash alone`, 8);
    if (!isCompact) {
      const first = anchor + this.#trailing(`${place} first`);
      this.#open = 'none';
      return [first, ...this.#block(value, place, column + Math.max(step, mark === 'dash' ? 1 : 0))];
    }
    const width = choices.chance(`${place} wide dash`, 10) ? 4 : 2;
    this.#open = 'dash';
    const [first = '', ...rest] = this.#block(value, place, column + width);
    return [`${' '.repeat(width - 1)}${first.slice(column + width)}`, ...rest];
  }

  /** A scalar or flow collection on a line of its own. */
  #below(value: Json, place: string, column: number): string[] {
    const text =
      isObject(value) || isArray(value) ? printFlow(value, this, place, column) : printScalar(value, this.choices, place, column);
    return this.#inline(' '.repeat(column) + text, place);
  }

  #inline(text: string, place: string): string[] {
    this.#open = 'none';
    return (text + this.#trailing(place)).split('\n');
  }

  /** A comment or white space behind a value. */
  #trailing(place: string): string {
    if (this.choices.chance(`${place} trailing`, 8))
      return `${this.choices.of(`${place} gap`, [' ', '   ', '\t'])}${this.comment(place)}`;
    return this.choices.chance(`${place} trailing space`, 3) ? this.choices.of(`${place} space`, [' ', '\t', '  ']) : '';
  }

  /** Blank lines and comment lines before an entry; none where the last line would take them in, or on the line of a dash. */
  #apart(place: string, column: number): string[] {
    const { choices } = this;
    const lines: string[] = [];
    const open = this.#open;
    this.#open = 'none';
    if (open === 'dash') return lines;
    if (open !== 'kept' && choices.chance(`${place} blank`, 6))
      lines.push(...Array<string>(1 + choices.pick(`${place} blanks`, 3)).fill(''));
    if (choices.chance(`${place} above`, 10)) {
      const places = open !== 'none' ? [column, 0] : [column, column + 2, 0, Math.max(0, column - 2), column + 7];
      for (let count = 1 + choices.pick(`${place} lines above`, 2); count > 0; count--) {
        const at = places[choices.pick(`${place} above ${count}`, places.length)] ?? column;
        lines.push(' '.repeat(at) + this.comment(`${place} above ${count}`));
      }
      if (choices.chance(`${place} blank below`, 20)) lines.push('');
    }
    return lines;
  }
}

function isEmpty(value: JsonObject | readonly Json[]): boolean {
  return Object.keys(value).length === 0;
}
