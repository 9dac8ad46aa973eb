/**
 * The splicer: turns the edit of one document into the smallest text edits, in the style of the lines around them. It knows
 * YAML and nothing of Kubernetes. No part of the document is printed again; what no text edit covers is copied.
 */
import type { Json, JsonObject } from '../../util/json.ts';
import type { TextEdit } from '../../util/text-edit.ts';
import type { Edit } from '../../patch/index.ts';
import type { MapNode, Node, PairNode, SeqNode } from '../read/tree/nodes.ts';
import type { ParsedYaml } from '../read/tree/parsed-yaml.ts';
import { isDash, type CollectionItem, type Token } from '../read/tree/tokens.ts';
import { SpliceError } from '../source/text-edit.ts';
import { editOfNodes } from './alias-edits.ts';
import { DocumentEditor, type Chain } from './document-editor.ts';
import { changedEmptyValue, isEmptied, isEmptyFlow } from './empty-values.ts';
import { setEntryValue } from './entry-value.ts';
import { setItemValue } from './item-value.ts';
import { changeEntries } from './map-entries.ts';
import { blockEntries } from './print/block.ts';
import { changeItems } from './seq-items.ts';

/**
 * The text edits that carry out `edit` on a parsed document, sorted by offset.
 *
 * @throws SpliceError when the edit does not fit the document, or when a map or list would be left without content
 */
export function splice(parsed: ParsedYaml, edit: Edit): TextEdit[] {
  const editor = new DocumentEditor(parsed);
  const nodeEdit = parsed.hasAliases ? editOfNodes(parsed, edit) : edit;
  if (nodeEdit) changeNode(editor, parsed.root, nodeEdit, []);
  return editor.sorted();
}

/** A new document, without markers, in the style of the document `model`; the text ends with a line break. */
export function writeDocument(object: JsonObject, model: ParsedYaml, lineBreak: '\n' | '\r\n'): string {
  const style = new DocumentEditor(model).blockStyle(model.root.token ? [model.root.token] : []);
  return blockEntries(object, 0, style)
    .map((line) => line + lineBreak)
    .join('');
}

/** `chain` has the collections around `node`. */
function changeNode(editor: DocumentEditor, node: Node, edit: Edit, chain: Chain): void {
  const { token } = node;
  if (!token) throw new SpliceError('a value without source');
  const inside = [...chain, token];
  if (edit.kind === 'object' && node.kind === 'map') changeMap(editor, node, token, edit.keys, inside);
  else if (edit.kind === 'array' && node.kind === 'seq') changeSeq(editor, node, token, edit, inside);
  else throw new SpliceError(`cannot ${edit.kind} here`);
}

function changeMap(editor: DocumentEditor, map: MapNode, token: Token, keys: ReadonlyMap<string, Edit>, chain: Chain): void {
  const added = new Map<string, Json>();
  let removed: readonly PairNode[] = [];
  for (const [key, edit] of keys) {
    const pair = (key === '<<' ? map.merges[0] : undefined) ?? map.find(key);
    if (pair && edit.kind === 'remove') removed = removed.concat(pairsLike(map, pair));
    else if (pair) changeEntry(editor, pair, edit, chain);
    else if (edit.kind === 'set') added.set(key, edit.value);
    else if (edit.kind !== 'remove') throw new SpliceError(`no key ${key} to change`);
  }
  changeEntries(editor, map, token, { removed, added }, chain);
}

/** The pairs with the same key, which would count when only the last of them is removed; a merge key is no quoted `<<`. */
function pairsLike(map: MapNode, { key, isMerge }: PairNode): PairNode[] {
  return map.pairs.filter((other) => other.key === key && other.isMerge === isMerge);
}

function changeEntry(editor: DocumentEditor, pair: PairNode, edit: Edit, chain: Chain): void {
  const { item, value } = pair;
  if (!item) throw new SpliceError('a pair without source');
  const token = value?.token;
  if (edit.kind === 'set') {
    setEntryValue(editor, item, token, edit.value, chain);
  } else if (isEmptied(value, edit)) {
    setEntryValue(editor, item, token, value?.kind === 'seq' ? [] : {}, chain);
  } else if (token && isEmptyFlow(token)) {
    setEntryValue(editor, item, token, changedEmptyValue(edit), chain);
  } else if (value) {
    changeNode(editor, value, edit, chain);
  }
}

function changeSeq(editor: DocumentEditor, seq: SeqNode, token: Token, edit: Edit & { kind: 'array' }, chain: Chain): void {
  const items = itemsOf(token);
  const removed = new Set<CollectionItem>();
  for (const [index, inner] of edit.items) {
    const node = seq.items[index];
    const item = items[index];
    if (!item || !node) throw new SpliceError(`no item ${index}`);
    if (inner.kind === 'remove') removed.add(item);
    else changeItem(editor, item, node, inner, chain);
  }
  if (removed.size > 0 && removed.size === items.length) throw new SpliceError('a list would lose all of its items');
  changeItems(editor, token, items, { removed, inserted: edit.inserted }, chain);
}

/** The items of a list, without what is only space and comments. */
function itemsOf(token: Token): readonly CollectionItem[] {
  if (token.type !== 'block-seq' && token.type !== 'flow-collection') return [];
  return token.items.filter((item) => item.value || item.key || item.start.some(isDash));
}

function changeItem(editor: DocumentEditor, item: CollectionItem, node: Node, edit: Edit, chain: Chain): void {
  const { token } = node;
  if (edit.kind === 'set') setItemValue(editor, item, token, edit.value, chain);
  else if (token && isEmptied(node, edit)) setItemValue(editor, item, token, node.kind === 'seq' ? [] : {}, chain);
  else changeNode(editor, node, edit, chain);
}
