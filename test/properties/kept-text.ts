/** What of a text an edit may touch: told from the `yaml` package's own ranges, not by the splicer's means. */
import { isAlias, isMap, isPair, isScalar, isSeq, visit, type CST, type Node, type Pair } from 'yaml';
import { parsePointer, type Op } from '../../src/patch/index.ts';
import type { ParsedYaml, TextEdit } from '../../src/yaml/index.ts';

type Range = readonly [start: number, end: number];

/** The comments of the generators: `#`, a name, a number and a dot. */
const COMMENT = /#[a-z]\d+\./g;

/** Throws when the edits take away something that no operation names. */
export function checkKept(parsed: ParsedYaml, ops: readonly Op[], edits: readonly TextEdit[], output: string): void {
  const named = namedRanges(parsed, ops);
  const isNamed = (offset: number): boolean => named.some(([start, end]) => offset >= start && offset < end);
  for (const { start, end } of edits) {
    const offsets = Array.from({ length: end - start }, (_, index) => start + index);
    const free = parsed.text.endsWith('\n') && !offsets.some(isNamed) && !isNamed(start - 1) ? /[ \t,]/ : /[ \t,\r\n]/;
    const lost = offsets.find((offset) => !isNamed(offset) && !free.test(parsed.text[offset] ?? ''));
    if (lost !== undefined)
      throw new Error(`lost ${JSON.stringify(parsed.text[lost])} at ${lost}, which nothing names:\n${output}`);
  }
  const kept = [...parsed.text.matchAll(COMMENT)].filter(({ index }) => !isNamed(index)).map(([comment]) => comment);
  const found: readonly string[] = output.match(COMMENT) ?? [];
  const missing = kept.find((comment) => !found.includes(comment));
  if (missing !== undefined) throw new Error(`lost the comment ${missing}:\n${output}`);
  if (new Set(found).size < found.length) throw new Error(`a comment stands twice:\n${output}`);
}

/** Throws when an edit brings a kind of line end that the text around it does not have. */
export function checkLineEnds(input: string, output: string): void {
  const [bare, both] = [/(?<!\r)\n/, /\r\n/];
  if (bare.test(output) && !bare.test(input) && both.test(input))
    throw new Error(`a line ends without its \\r:\n${JSON.stringify(output)}`);
  if (both.test(output) && !both.test(input)) throw new Error(`a line ends with a \\r:\n${JSON.stringify(output)}`);
  const isCut = !input.endsWith('\n') && (/\n\r?\n|[|>]\d?\+/.test(input) || input.startsWith(output));
  if (/\n[ \t]*$/.test(input) !== /\n[ \t]*$/.test(output) && !isCut)
    throw new Error(`the end of the file changed:\n${JSON.stringify(output)}`);
}

function namedRanges(parsed: ParsedYaml, ops: readonly Op[]): Range[] {
  const parents = [...new Set(ops.flatMap(({ op, path }) => (op === 'remove' ? [path] : [])))].map(parentOf);
  const ranges = ops.flatMap(({ op, path }) => [
    ...named(parsed, parsePointer(path), op, parents.filter((one) => one === parentOf(path)).length),
  ]);
  if (parsed.hasAliases) {
    visit(parsed.document, {
      Alias: (_key, alias) => void ranges.push([rangeOf(alias)[0], valueEnd(alias)]),
      Pair: (_key, pair) =>
        void (
          isScalar(pair.key) &&
          /^(?:<<|Symbol\(<<\))$/.test(String(pair.key.value)) &&
          ranges.push(wholeLines(parsed.text, pairRange(pair as Pair<Node, Node | null>)))
        ),
    });
  }
  return ranges;
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}

/** What an operation may take away: the node that it names, an empty one on the way to it, one of which all is removed. */
function* named(parsed: ParsedYaml, tokens: readonly string[], op: Op['op'], removedBeside: number): Generator<Range> {
  let node: Node | null | undefined = parsed.document.contents;
  let above = 0;
  for (const [index, token] of tokens.entries()) {
    const isRemoved = op === 'remove' && index === tokens.length - 1;
    if (isAlias(node)) node = node.resolve(parsed.document) as Node | undefined;
    if (isRemoved && node && sizeOf(node) === removedBeside) yield [above, rangeOf(node)[1]];
    if (isMap(node)) {
      const pairs: Pair<Node, Node | null>[] = (node.items as Pair<Node, Node | null>[]).filter(
        ({ key }) => isScalar(key) && String(key.value ?? '') === token,
      );
      if (isRemoved) for (const pair of pairs) yield wholeLines(parsed.text, pairRange(pair));
      const pair = pairs.at(-1);
      above = pair?.key.range?.[1] ?? above;
      node = pair?.value;
    } else if (isSeq(node)) {
      const item: unknown = token === '-' ? undefined : node.items[Number(token)];
      const [start, end] = isPair(item) ? pairRange(item as Pair<Node, Node | null>) : rangeOf(item as Node | undefined);
      const range: Range = [dashOf(node.srcToken, Number(token)) ?? start, behindComma(parsed.text, end)];
      if (isRemoved) yield wholeLines(parsed.text, range);
      above = range[0];
      node = item as Node | undefined;
    } else return;
    if (node && (index === tokens.length - 1 || isEmptyNode(node)))
      yield [besideTag(parsed.text, rangeOf(node)[0]), valueEnd(node)];
  }
}

function sizeOf(node: Node): number | undefined {
  if (isMap(node)) return new Set(node.items.map(({ key }) => String(isScalar(key) ? key.value : key))).size;
  return isSeq(node) ? node.items.length : undefined;
}

/** The end of a line on which only a comma and a comment follow. */
function behindComma(text: string, end: number): number {
  return end + (/^[ \t]*,[ \t]+#.*/.exec(text.slice(end))?.[0].length ?? 0);
}

function dashOf(token: unknown, index: number): number | undefined {
  const items = (token as CST.BlockSequence | undefined)?.items ?? [];
  const marks = items.flatMap(({ start }) => start.filter(({ type }) => type === 'seq-item-ind'));
  return marks[index]?.offset;
}

/** The place behind what stands before a value and its tag. */
function besideTag(text: string, start: number): number {
  return text.slice(0, start).replace(/\s*(?:![^\s[\]{},]*)?\s*$/, '').length;
}

/** A comment behind a value that is replaced stays, one inside of it goes with it. */
function valueEnd(node: Node): number {
  const isBlock = (isMap(node) || isSeq(node)) && !node.flow;
  return node.range?.[isBlock ? 2 : 1] ?? 0;
}

function isEmptyNode(node: Node): boolean {
  return isScalar(node) ? node.value === null : (isMap(node) || isSeq(node)) && node.items.length === 0;
}

/** From the first character to behind the comment on the last line. */
function rangeOf(node: Node | undefined): Range {
  const [start = 0, , end = 0] = node?.range ?? [];
  return [start, end];
}

function pairRange({ key, value }: Pair<Node, Node | null>): Range {
  return [rangeOf(key)[0], Math.max(rangeOf(key)[1], value ? rangeOf(value)[1] : 0)];
}

/** At an end without line break, the one before belongs to the last line. */
function wholeLines(text: string, [start, end]: Range): Range {
  const newline = text.indexOf('\n', Math.max(start, end - 1));
  const first = text.lastIndexOf('\n', start - 1) + 1;
  return newline === -1 ? [text.slice(0, first).replace(/\r?\n$/, '').length, text.length] : [first, newline + 1];
}
