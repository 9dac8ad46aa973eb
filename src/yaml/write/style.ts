/** Reads the style of what is around a place, nearest first. */
import {
  column,
  itemEnd,
  itemStart,
  lineBreakAt,
  lineEnd,
  lineStart,
  startsLine,
  type CollectionItem,
  type Token,
} from '../read/tokens.ts';
import { memo } from '../../util/memo.ts';
import { oneLine, type BlockStyle, type FlowLines, type FlowStyle } from './render.ts';
import type { Quote } from './scalar.ts';

type Measure = keyof Pick<BlockStyle, 'mapStep' | 'listStep' | 'dashWidth'>;
type Findings = Partial<Record<Measure, number>>;

const DEFAULTS: Readonly<Record<Measure, number>> = { mapStep: 2, listStep: 0, dashWidth: 2 };

/**
 * The block style for something new inside the last collection of `chain` (outermost first). What the collection itself
 * shows counts most, then what its neighbours in the same list show, then what is inside of these, then the same for the
 * collections around it, where the way down to the place counts before what stands beside it.
 */
export function blockStyle(chain: readonly Token[], text: string, quote: Quote): BlockStyle {
  const found: Findings = {};
  for (const [index, token] of [...chain.entries()].reverse()) {
    measure(token, text, found, chain[index + 1]);
    if (isComplete(found)) break;
    Object.assign(found, { ...shownBelow(token, text), ...found });
  }
  return { ...DEFAULTS, ...found, quote };
}

/** What the values of a collection show, the nearest ones before what is inside of them; measured once for each collection. */
const shownBelow = memo((token: Token, text: string): Findings => {
  const found: Findings = {};
  for (const inner of valuesOf(token)) {
    if (isComplete(found)) break;
    measure(inner, text, found);
  }
  if (!isComplete(found)) measureInside(token, text, found);
  return found;
});

function isComplete(found: Findings): boolean {
  return found.mapStep !== undefined && found.listStep !== undefined && found.dashWidth !== undefined;
}

/** The values of a block collection, from the last to the first. */
function* valuesOf(token: Token): Generator<Token> {
  if (token.type !== 'block-map' && token.type !== 'block-seq') return;
  for (let index = token.items.length - 1; index >= 0; index--) {
    const value = token.items[index]?.value;
    if (value) yield value;
  }
}

function measureInside(token: Token, text: string, found: Findings): void {
  for (const inner of valuesOf(token)) {
    if (isComplete(found)) return;
    measure(inner, text, found);
    measureInside(inner, text, found);
  }
}

/**
 * Takes from one collection what `found` does not hold yet. The entry with the value `first` counts before the others, then
 * the last one, which is nearest to where new ones go.
 */
function measure(token: Token, text: string, found: Findings, first?: Token): void {
  if (token.type === 'block-map') {
    for (const item of nearestFirst(token.items, first)) {
      if (isComplete(found)) return;
      if (item.value?.type === 'block-map')
        note(found, 'mapStep', collectionColumn(item.value, text) - column(text, itemStart(item)));
      if (item.value?.type !== 'block-seq') continue;
      note(found, 'listStep', collectionColumn(item.value, text) - column(text, itemStart(item)));
      measure(item.value, text, found);
    }
  } else if (token.type === 'block-seq') {
    for (const item of nearestFirst(token.items, first)) {
      if (found.dashWidth !== undefined) return;
      const dash = itemStart(item);
      const mark = item.start.find(({ type }) => type === 'anchor' || type === 'tag');
      const value = mark?.offset ?? (item.value && valueStart(item.value));
      if (value !== undefined && lineStart(text, value) === lineStart(text, dash)) {
        note(found, 'dashWidth', column(text, value) - column(text, dash));
      }
    }
  }
}

function* nearestFirst(items: readonly CollectionItem[], first: Token | undefined): Generator<CollectionItem> {
  const way = first && itemsByValue(items).get(first);
  if (way) yield way;
  for (let index = items.length - 1; index >= 0; index--) yield items[index] as CollectionItem;
}

const itemsByValue = memo((items: readonly CollectionItem[]) => new Map(items.map((item) => [item.value, item])));

function note(found: Findings, measured: Measure, value: number): void {
  const least = measured === 'listStep' ? 0 : measured === 'mapStep' ? 1 : 2;
  if (found[measured] === undefined && value >= least) found[measured] = value;
}

/** The offset of the first key, dash or character of a value. */
export function valueStart(token: Token): number {
  const first = token.type === 'block-map' || token.type === 'block-seq' ? token.items[0] : undefined;
  return first ? itemStart(first) : token.offset;
}

/** The column of a block collection's keys or dashes. */
export function collectionColumn(token: Token, text: string): number {
  return column(text, valueStart(token));
}

/** The quote that the document uses most for its values. */
export function quoteStyle(text: string): Quote {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return count(/[:-] +'/g) > count(/[:-] +"/g) ? "'" : '"';
}

/** The item of a flow collection that new ones go behind; a trailing comma is an item without content. */
export function lastFlowItem(token: Token): CollectionItem | undefined {
  return token.type === 'flow-collection' ? token.items.findLast((item) => item.key || item.value || item.sep) : undefined;
}

/** The style of a flow collection; what it does not show itself, it takes from `around`, the style of what it stands in. */
export function flowStyle(token: Token, text: string, around: FlowStyle): FlowStyle {
  const last = lastFlowItem(token);
  if (!last) return around;
  const style = inlineStyle(token, last, text, oneLine(around));
  const lines = flowLines(token, last, text);
  return lines ? { ...style, lines } : style;
}

function inlineStyle(token: Token, last: CollectionItem, text: string, around: FlowStyle): FlowStyle {
  const inner = last.key ? undefined : last.value && lastFlowItem(last.value);
  if (last.value && inner) return { ...inlineStyle(last.value, inner, text, around), comma: commaOf(last) ?? around.comma };
  if (!last.key) return { ...around, comma: commaOf(last) ?? around.comma };
  const quoteKeys = last.key.type === 'double-quoted-scalar';
  const isBare = quoteKeys && last.sep !== undefined && last.sep.length === 1;
  const pad = /^\{( ?)(?!\s)/.exec(text.slice(token.offset, token.offset + 3))?.[1];
  return {
    quoteKeys,
    colon: isBare ? ':' : ': ',
    comma: (quoteKeys ? commaOf(last) : ', ') ?? (isBare ? ',' : around.comma),
    pad: pad === undefined ? around.pad : pad === '' ? '' : ' ',
    quote: around.quote,
  };
}

/** The comma before an item, undefined when there is none or when a line ends behind it. */
function commaOf({ start }: CollectionItem): FlowStyle['comma'] | undefined {
  if (start[0]?.type !== 'comma' || start[1]?.type === 'newline') return undefined;
  return start.length === 1 ? ',' : ', ';
}

function flowLines(token: Token, last: CollectionItem, text: string): FlowLines | undefined {
  const start = itemStart(last);
  const comma = last.start.find((mark) => mark.type === 'comma')?.offset ?? start;
  const first = startsLine(text, start) ? start : startsLine(text, comma) ? comma : undefined;
  if (first === undefined) return undefined;
  const indent = text.slice(lineStart(text, first), first);
  const outer = /^\uFEFF?([ \t]*)/.exec(text.slice(lineStart(text, token.offset)))?.[1] ?? '';
  const hangs = /^[ \t]*(?:#.*)?\r?$/m.test(text.slice(token.offset + 1, lineEnd(text, token.offset)));
  const step = indent.startsWith(outer) && indent.length > outer.length ? indent.slice(outer.length) : '  ';
  const lines = { indent, unit: hangs ? step : undefined, lineBreak: lineBreakAt(text, first) };
  return first === start ? lines : { ...lines, unit: undefined, leadingComma: text.slice(comma, start) };
}

/** Where new items of a flow collection go: behind the last one, and behind its trailing comma when it has one. */
export function flowEnd(token: Token, text: string): { end: number; hasComma: boolean; rest: number } {
  const last = lastFlowItem(token);
  if (token.type !== 'flow-collection' || !last) return { end: token.offset + 1, hasComma: true, rest: token.offset + 1 };
  const trailing = token.items.at(-1);
  const comma = trailing !== last ? trailing?.start.find((mark) => mark.type === 'comma') : undefined;
  const end = comma ? comma.offset + 1 : itemEnd(last, text);
  const line = lineEnd(text, end);
  const onlyComment = /^[ \t]*(?:[ \t]#.*)?$/.test(text.slice(end, line));
  return { end, hasComma: comma !== undefined, rest: onlyComment ? line : end };
}
