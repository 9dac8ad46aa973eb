/** Reads the block style from the text around a place, nearest first. */
import { memo } from '../../../util/memo.ts';
import { columnOf, lineStart } from '../../source/lines.ts';
import { isBlockCollection, itemStart, valueStart, type CollectionItem, type Token } from '../../read/tree/tokens.ts';
import type { BlockStyle, Quote } from '../print/styles.ts';

type Measure = keyof Pick<BlockStyle, 'mapStep' | 'listStep' | 'dashWidth'>;
type Findings = Partial<Record<Measure, number>>;

const DEFAULTS: Readonly<Record<Measure, number>> = { mapStep: 2, listStep: 0, dashWidth: 2 };

/** The column of a block collection's keys or dashes. */
export function collectionColumn(token: Token, text: string): number {
  return columnOf(text, valueStart(token));
}

/**
 * The block style for something new inside the last collection of `chain` (outermost first). What the collection itself
 * shows counts most, then what its neighbours in the same list show, then what is inside of these, then the same for the
 * collections around it, where the value that leads to the new one counts before its neighbours.
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
  if (!isBlockCollection(token)) return;
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
  if (token.type === 'block-map') measureMap(token.items, text, found, first);
  else if (token.type === 'block-seq') measureSeq(token.items, text, found, first);
}

function measureMap(items: readonly CollectionItem[], text: string, found: Findings, first: Token | undefined): void {
  for (const item of nearestFirst(items, first)) {
    if (isComplete(found)) return;
    const { value } = item;
    if (!value || !isBlockCollection(value)) continue;
    const step = collectionColumn(value, text) - columnOf(text, itemStart(item));
    note(found, value.type === 'block-map' ? 'mapStep' : 'listStep', step);
    if (value.type === 'block-seq') measure(value, text, found);
  }
}

function measureSeq(items: readonly CollectionItem[], text: string, found: Findings, first: Token | undefined): void {
  for (const item of nearestFirst(items, first)) {
    if (found.dashWidth !== undefined) return;
    const dash = itemStart(item);
    const property = item.start.find(({ type }) => type === 'anchor' || type === 'tag');
    const content = property?.offset ?? (item.value && valueStart(item.value));
    if (content !== undefined && lineStart(text, content) === lineStart(text, dash)) {
      note(found, 'dashWidth', columnOf(text, content) - columnOf(text, dash));
    }
  }
}

function* nearestFirst(items: readonly CollectionItem[], first: Token | undefined): Generator<CollectionItem> {
  const leading = first && itemsByValue(items).get(first);
  if (leading) yield leading;
  for (let index = items.length - 1; index >= 0; index--) yield items[index] as CollectionItem;
}

const itemsByValue = memo((items: readonly CollectionItem[]) => new Map(items.map((item) => [item.value, item])));

function note(found: Findings, measured: Measure, value: number): void {
  const least = measured === 'listStep' ? 0 : measured === 'mapStep' ? 1 : 2;
  if (found[measured] === undefined && value >= least) found[measured] = value;
}
