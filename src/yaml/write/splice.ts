/**
 * The splicer: turns the edit of one document into the smallest text edits, in the style of the lines around them. It knows
 * YAML and nothing of Kubernetes. No part of the document is printed again; whatever no text edit covers is copied.
 */
import { isObject, type Json, type JsonObject } from '../../util/json.ts';
import type { Edit } from '../../patch/edit.ts';
import { settleAliases } from './aliases.ts';
import { addToBlockMap, addToBlockSeq, insertInBlockSeq, removeFromBlock } from './splice-block.ts';
import { changeFlow, insertInFlowSeq } from './splice-flow.ts';
import {
  findPair,
  isMap,
  isMerge,
  isSeq,
  itemOf,
  keyOf,
  tokenOf,
  type MapNode,
  type Node,
  type PairNode,
  type SeqNode,
} from '../read/nodes.ts';
import type { ParsedYaml } from '../read/parse.ts';
import { blockEntries, flowEntries, inlineFlow } from './render.ts';
import { Sheet } from './sheet.ts';
import { flowEnd } from './style.ts';
import { SpliceError, type TextEdit } from '../source/text-edit.ts';
import { isDash, itemStart, replaceableEnd, startsLine, type CollectionItem, type Token } from '../read/tokens.ts';
import { dropTag, fillDash, fillValue, removeLines, replaceInline } from './splice-value.ts';

/** The text edits that carry out `edit` on a parsed document, sorted by offset. */
export function splice(parsed: ParsedYaml, edit: Edit): TextEdit[] {
  const sheet = new Sheet(parsed);
  const physical = parsed.hasAliases ? settleAliases(parsed, edit) : edit;
  if (physical) spliceNode(sheet, parsed.root, physical, []);
  return sheet.sorted();
}

/** A new document, without markers, in the style of a document beside it; the text ends with a line break. */
export function writeDocument(object: JsonObject, beside: ParsedYaml, lineBreak: '\n' | '\r\n'): string {
  const style = new Sheet(beside).blockStyle(beside.root.srcToken ? [beside.root.srcToken] : []);
  return blockEntries(object, 0, style)
    .map((line) => line + lineBreak)
    .join('');
}

/** `chain` holds the tokens of the collections around `node`, outermost first. */
function spliceNode(sheet: Sheet, node: Node, edit: Edit, chain: readonly Token[]): void {
  const token = tokenOf(node);
  if (!token) throw new SpliceError('a value without source');
  const inside = [...chain, token];
  if (edit.kind === 'object' && isMap(node)) spliceMap(sheet, node as MapNode, token, edit.keys, inside);
  else if (edit.kind === 'array' && isSeq(node)) spliceSeq(sheet, node as SeqNode, token, edit, inside);
  else throw new SpliceError(`cannot ${edit.kind} here`);
}

function spliceMap(sheet: Sheet, map: MapNode, token: Token, keys: ReadonlyMap<string, Edit>, chain: readonly Token[]): void {
  const added: Record<string, Json> = {};
  let removed: readonly PairNode[] = [];
  for (const [key, edit] of keys) {
    const pair = (key === '<<' ? (map.items as PairNode[]).find(isMerge) : undefined) ?? findPair(map, key);
    if (pair && edit.kind === 'remove') removed = removed.concat(pairsLike(map, pair));
    else if (pair) splicePair(sheet, pair, edit, chain);
    else if (edit.kind === 'set') Object.defineProperty(added, key, { value: edit.value, enumerable: true, configurable: true });
    else if (edit.kind !== 'remove') throw new SpliceError(`no key ${key} to change`);
  }
  const rest = removed.filter((pair) => !rename(sheet, pair, added));
  if (rest.length > 0 && rest.length === map.items.length) {
    replaceEntries(sheet, token, added, chain);
    return;
  }
  const items = new Set(rest.flatMap((pair) => itemOf(pair) ?? []));
  if (token.type === 'flow-collection') {
    const style = sheet.flowStyle(chain);
    changeFlow(sheet, token, items, flowEntries(added, sheet.nested(style)), style);
  } else if (token.type === 'block-map') {
    removeFromBlock(sheet, token.items, items, false);
    if (Object.keys(added).length > 0) addToBlockMap(sheet, token, added, chain);
  }
}

/** The pairs with the same key, which come to light when the last of them is removed; a merge key is no quoted `<<`. */
function pairsLike(map: MapNode, pair: PairNode): PairNode[] {
  const key = keyOf(pair);
  return (map.items as PairNode[]).filter((other) => keyOf(other) === key && isMerge(other) === isMerge(pair));
}

/** Puts new entries in the place of all that a map holds. */
function replaceEntries(sheet: Sheet, token: Token, entries: JsonObject, chain: readonly Token[]): void {
  const first = token.type === 'block-map' || token.type === 'flow-collection' ? token.items[0] : undefined;
  if (!first || Object.keys(entries).length === 0) throw new SpliceError('a map would lose all of its keys');
  const start = itemStart(first);
  const printed =
    token.type === 'flow-collection'
      ? flowEntries(entries, sheet.nested(sheet.flowStyle(chain))).join(', ')
      : sheet.hangingLines(entries, start, chain);
  sheet.replace(
    start,
    token.type === 'flow-collection' ? flowEnd(token, sheet.text).end : replaceableEnd(token, sheet.text),
    printed,
  );
}

/** A removed key whose value comes back under a new name: only the key's text changes. */
function rename(sheet: Sheet, pair: PairNode, added: Record<string, Json>): boolean {
  const value = sheet.valueOf(pair.value);
  const name = Object.keys(added).find((key) => added[key] === value);
  const key = tokenOf(pair.key);
  if (name === undefined || !key || typeof value !== 'string') return false;
  delete added[name];
  replaceInline(sheet, key, name);
  return true;
}

function splicePair(sheet: Sheet, pair: PairNode, edit: Edit, chain: readonly Token[]): void {
  const item = itemOf(pair);
  if (!item) throw new SpliceError('a pair without source');
  const value = tokenOf(pair.value);
  if (edit.kind === 'set') {
    fillValue(sheet, item, value, edit.value, chain);
  } else if (isEmptied(pair.value, edit)) {
    fillValue(sheet, item, value, isSeq(pair.value) ? [] : {}, chain);
  } else if (value && isEmptyFlow(value)) {
    fillValue(sheet, item, value, filled(edit), chain);
  } else if (pair.value) {
    spliceNode(sheet, pair.value, edit, chain);
  }
}

/** True when an edit removes all that a map or list holds and puts nothing in its place. */
function isEmptied(node: Node | null, edit: Edit): boolean {
  if (edit.kind === 'array' && isSeq(node)) {
    return edit.inserted.size === 0 && node.items.every((_item, index) => edit.items.get(index)?.kind === 'remove');
  }
  if (edit.kind !== 'object' || !isMap(node)) return false;
  const pairs = node.items as PairNode[];
  const isRemoved = (pair: PairNode): boolean => edit.keys.get(keyOf(pair) ?? '')?.kind === 'remove';
  return pairs.every(isRemoved) && [...edit.keys.values()].every((inner) => inner.kind === 'remove');
}

/** What an edit makes of an empty map or list. */
function filled(edit: Edit): Json {
  if (edit.kind === 'set') return edit.value;
  if (edit.kind === 'array') return [...edit.inserted.values()].flat();
  if (edit.kind === 'remove') throw new SpliceError('an empty value has nothing to remove');
  return Object.fromEntries([...edit.keys].map(([key, inner]) => [key, filled(inner)])) as JsonObject;
}

function isEmptyFlow(token: Token): boolean {
  return (
    token.type === 'flow-collection' &&
    token.items.every(
      (item) => !item.key && !item.value && item.start.every((mark) => mark.type === 'space' || mark.type === 'newline'),
    )
  );
}

function inFlow(chain: readonly Token[]): boolean {
  return chain.at(-1)?.type === 'flow-collection';
}

function spliceSeq(sheet: Sheet, seq: SeqNode, token: Token, edit: Edit & { kind: 'array' }, chain: readonly Token[]): void {
  const tokens =
    token.type === 'block-seq' || token.type === 'flow-collection'
      ? token.items.filter((item) => item.value || item.key || item.start.some(isDash))
      : [];
  const removed: CollectionItem[] = [];
  for (const [index, inner] of edit.items) {
    const node = seq.items[index];
    const item = tokens[index];
    const value = tokenOf(node);
    if (!item || !node) throw new SpliceError(`no item ${index}`);
    if (inner.kind === 'remove') removed.push(item);
    else if (inner.kind === 'set' && !value) fillDash(sheet, item, inner.value, chain);
    else if (inner.kind === 'set' && value) fillItem(sheet, item, value, inner.value, chain);
    else if (value && isEmptied(node, inner)) fillItem(sheet, item, value, isSeq(node) ? [] : {}, chain);
    else spliceNode(sheet, node, inner, chain);
  }
  if (removed.length > 0 && removed.length === tokens.length) throw new SpliceError('a list would lose all of its items');
  const inserted = [...edit.inserted].sort(([left], [right]) => left - right);
  const gone = new Set(removed);
  if (token.type === 'flow-collection') {
    const style = sheet.flowStyle(chain);
    let appended: readonly string[] = [];
    for (const [index, values] of inserted) {
      const printed = values.map((value) => inlineFlow(value, sheet.nested(style)));
      const before = tokens.slice(index).find((item) => !gone.has(item));
      if (before) insertInFlowSeq(sheet, before, printed, style);
      else appended = appended.concat(printed);
    }
    changeFlow(sheet, token, gone, appended, style);
  } else if (token.type === 'block-seq') {
    removeFromBlock(
      sheet,
      token.items,
      gone,
      inserted.some(([index]) => index > 0),
    );
    for (const [index, values] of inserted) {
      const before = tokens[index];
      if (before) insertInBlockSeq(sheet, before, values, chain);
      else addToBlockSeq(sheet, token, values, chain);
    }
  }
}

/** Replaces a whole item of a list: an alias that is expanded, or a scalar. */
function fillItem(sheet: Sheet, item: CollectionItem, value: Token, replacement: Json, chain: readonly Token[]): void {
  dropTag(sheet, item.start, replacement);
  const isInline = inFlow(chain) || !isObject(replacement) || Object.keys(replacement).length === 0;
  const isBelowDash = !inFlow(chain) && startsLine(sheet.text, value.offset) && /^block-(?:map|seq)$/.test(value.type);
  const end = replaceableEnd(value, sheet.text);
  if (isInline && isBelowDash) {
    fillDash(sheet, item, replacement, chain);
    removeLines(sheet, value);
  } else if (isInline) {
    replaceInline(sheet, value, replacement);
  } else if (item.start.some(({ type }) => type === 'anchor' || type === 'tag')) {
    sheet.replace(sheet.text.slice(0, value.offset).trimEnd().length, end, '');
    fillDash(sheet, item, replacement, chain);
  } else {
    sheet.replace(value.offset, end, sheet.hangingLines(replacement, value.offset, chain));
  }
}
