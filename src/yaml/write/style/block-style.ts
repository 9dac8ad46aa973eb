/** Reads the block style from the text around a place, nearest first. */
import { memo } from '../../../util/memo.ts';
import { columnOf, lineStart } from '../../source/lines.ts';
import {
  isBlockCollection,
  itemStart,
  valueStart,
  type BlockCollection,
  type CollectionItem,
  type Token,
} from '../../read/tree/tokens.ts';
import type { BlockStyle, Quote } from '../print/styles.ts';

type Measure = keyof Pick<BlockStyle, 'mapStep' | 'listStep' | 'dashWidth'>;
type Findings = Partial<Record<Measure, number>>;

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
  for (let index = chain.length - 1; index >= 0 && !isComplete(found); index--) {
    const token = chain[index];
    if (!isBlockCollection(token)) continue;
    addLeading(found, token, chain[index + 1], text);
    if (!isComplete(found)) add(found, shownBy(token, text));
    if (!isComplete(found)) add(found, shownByValues(token, text));
    if (!isComplete(found)) add(found, shownInside(token, text));
  }
  const { mapStep = 2, listStep = 0, dashWidth: width = 2 } = found;
  return { mapStep, listStep, dashWidth: width, quote };
}

function isComplete(found: Findings): boolean {
  return found.mapStep !== undefined && found.listStep !== undefined && found.dashWidth !== undefined;
}

/** Takes what `found` does not hold yet. */
function add(found: Findings, more: Findings): void {
  if (found.mapStep === undefined && more.mapStep !== undefined) found.mapStep = more.mapStep;
  if (found.listStep === undefined && more.listStep !== undefined) found.listStep = more.listStep;
  if (found.dashWidth === undefined && more.dashWidth !== undefined) found.dashWidth = more.dashWidth;
}

/** Takes what the entry or item shows that holds `value`, which leads to the new one. */
function addLeading(found: Findings, collection: BlockCollection, value: Token | undefined, text: string): void {
  const leading = value && itemWith(value, collection.items);
  if (leading) addItem(found, collection, leading, text);
}

/** What a collection shows itself: its last entry or item first, which is nearest to where new ones go. */
const shownBy = memo((collection: BlockCollection, text: string): Findings => {
  const found: Findings = {};
  const { type, items } = collection;
  for (let index = items.length - 1; index >= 0 && !isComplete(found); index--) {
    addItem(found, collection, items[index] as CollectionItem, text);
    if (type === 'block-seq' && found.dashWidth !== undefined) break;
  }
  return found;
});

/** What the values of a collection show, the last one first. */
const shownByValues = memo(({ items }: BlockCollection, text: string): Findings => {
  const found: Findings = {};
  for (let index = items.length - 1; index >= 0 && !isComplete(found); index--) {
    const value = items[index]?.value;
    if (isBlockCollection(value)) add(found, shownBy(value, text));
  }
  return found;
});

/** What stands anywhere in the values of a collection, the last one first. */
const shownInside = memo(({ items }: BlockCollection, text: string): Findings => {
  const found: Findings = {};
  for (let index = items.length - 1; index >= 0 && !isComplete(found); index--) {
    const value = items[index]?.value;
    if (!isBlockCollection(value)) continue;
    add(found, shownBy(value, text));
    if (!isComplete(found)) add(found, shownInside(value, text));
  }
  return found;
});

/** Takes from one entry or item what `found` does not hold yet. */
function addItem(found: Findings, { type }: BlockCollection, item: CollectionItem, text: string): void {
  if (type === 'block-map') addEntry(found, item, text);
  else if (found.dashWidth === undefined) note(found, 'dashWidth', dashWidth(item, text));
}

function addEntry(found: Findings, item: CollectionItem, text: string): void {
  const { value } = item;
  if (!isBlockCollection(value)) return;
  const measured = value.type === 'block-map' ? 'mapStep' : 'listStep';
  if (found[measured] === undefined) note(found, measured, collectionColumn(value, text) - columnOf(text, itemStart(item)));
  if (value.type === 'block-seq') add(found, shownBy(value, text));
}

/** From the dash of an item to its content on the same line. */
function dashWidth(item: CollectionItem, text: string): number | undefined {
  const dash = itemStart(item);
  const property = item.start.find(({ type }) => type === 'anchor' || type === 'tag');
  const content = property?.offset ?? (item.value && valueStart(item.value));
  const isOnLine = content !== undefined && lineStart(text, content) === lineStart(text, dash);
  return isOnLine ? columnOf(text, content) - columnOf(text, dash) : undefined;
}

const LEAST: Readonly<Record<Measure, number>> = { mapStep: 1, listStep: 0, dashWidth: 2 };

function note(found: Findings, measured: Measure, value: number | undefined): void {
  if (value !== undefined && value >= LEAST[measured]) found[measured] = value;
}

/** A list with more items is searched by a table of its values. */
const MOST_SEARCHED = 16;

function itemWith(value: Token, items: readonly CollectionItem[]): CollectionItem | undefined {
  return items.length > MOST_SEARCHED ? itemsByValue(items).get(value) : items.find((item) => item.value === value);
}

const itemsByValue = memo((items: readonly CollectionItem[]) => new Map(items.map((item) => [item.value, item])));
