/**
 * Edits of documents with aliases and merge keys. An operation names a place in the value; in the text several places may share
 * one anchored node. An alias stays as long as its place gets the same value as the anchor; otherwise it is replaced by the
 * value. What comes through `<<` is overridden in the map itself, or the merge key is replaced by what it brings.
 */
import { applyEdit, type Edit } from '../../patch/index.ts';
import { deepEqual, isArray, isObject, member, type Json } from '../../util/json.ts';
import { mergeSources, type AliasNode, type MapNode, type Node, type PairNode, type SeqNode } from '../read/tree/nodes.ts';
import type { ParsedYaml } from '../read/tree/parsed-yaml.ts';

/** The edit of the nodes of the text that makes an edit of the value true; undefined when the text need not change. */
export function editOfNodes(parsed: ParsedYaml, edit: Edit): Edit | undefined {
  return new AliasEditor().editOf(parsed.root, parsed.value, edit);
}

class AliasEditor {
  /** The value of each anchored node after the edit; an anchor comes before its aliases in the text. */
  readonly #anchored = new Map<Node, Json>();

  /** The edit of a node that has `value` and is to get what `edit` makes of it. */
  editOf(node: Node | null, value: Json, edit: Edit | undefined): Edit | undefined {
    const wanted = edit ? applyEdit(value, edit) : value;
    if (node?.kind === 'alias') return deepEqual(wanted, this.#valueAfterEdit(node)) ? undefined : { kind: 'set', value: wanted };
    if (node?.hasAnchor) this.#anchored.set(node, wanted);
    if (edit?.kind === 'set') return edit;
    if (node?.kind === 'map') return this.#editOfMap(node, value, wanted, edit?.kind === 'object' ? edit.keys : new Map());
    if (node?.kind === 'seq') return this.#editOfSeq(node, value, edit?.kind === 'array' ? edit : undefined);
    return edit;
  }

  /** The value of an alias; undefined for one whose anchor is removed. */
  #valueAfterEdit({ target }: AliasNode): Json | undefined {
    return target && this.#anchored.get(target);
  }

  #editOfMap(map: MapNode, value: Json, wanted: Json, keys: ReadonlyMap<string, Edit>): Edit | undefined {
    const { edits, written, merged } = this.#editEntries(map, value, keys);
    const target = isObject(wanted) ? wanted : {};
    const inherited = Object.fromEntries(
      [...merged].reverse().flatMap((source) => Object.entries(isObject(source) ? source : {})),
    );
    const mergeMustGo = !merged.every(isObject) || Object.keys(inherited).some((key) => !Object.hasOwn(target, key));
    if (mergeMustGo) edits.set('<<', { kind: 'remove' });
    for (const [key, wantedValue] of Object.entries(target)) {
      if (written.has(key)) continue;
      if (mergeMustGo || !deepEqual(member(inherited, key), wantedValue)) edits.set(key, { kind: 'set', value: wantedValue });
    }
    return edits.size > 0 ? { kind: 'object', keys: edits } : undefined;
  }

  /** The edits of a map's entries, their keys, and the maps of its merge keys after the edit, strongest first. */
  #editEntries(map: MapNode, value: Json, keys: ReadonlyMap<string, Edit>) {
    const edits = new Map<string, Edit>();
    const written = new Set<string>();
    const merged: (Json | undefined)[] = [];
    for (const pair of map.pairs) {
      const { key } = pair;
      if (pair.isMerge) {
        for (const source of mergeSources(pair)) merged.push(this.#mergedValue(source));
      } else if (key !== undefined && map.find(key) !== pair) {
        // A key that occurs twice: the first one is not changed, but an anchor in it counts.
        this.editOf(pair.value, pair.value?.value ?? null, undefined);
      } else if (key !== undefined) {
        written.add(key);
        const edit = this.#editOfEntry(pair, member(value, key) ?? null, keys.get(key));
        if (edit) edits.set(key, edit);
      }
    }
    return { edits, written, merged };
  }

  #editOfEntry(pair: PairNode, value: Json, edit: Edit | undefined): Edit | undefined {
    return edit?.kind === 'remove' ? edit : this.editOf(pair.value, value, edit);
  }

  /** The map that a merge key brings; undefined for one that is removed. */
  #mergedValue(source: Node | null): Json | undefined {
    return source?.kind === 'alias' ? this.#valueAfterEdit(source) : source?.value;
  }

  #editOfSeq(seq: SeqNode, value: Json, edit: (Edit & { kind: 'array' }) | undefined): Edit | undefined {
    const items = new Map<number, Edit>();
    for (const [index, item] of seq.items.entries()) {
      const inner = edit?.items.get(index);
      const current = (isArray(value) ? value[index] : undefined) ?? null;
      const itemEdit = inner?.kind === 'remove' ? inner : this.editOf(item, current, inner);
      if (itemEdit) items.set(index, itemEdit);
    }
    const inserted = edit?.inserted ?? new Map<number, readonly Json[]>();
    return items.size > 0 || inserted.size > 0 ? { kind: 'array', items, inserted } : undefined;
  }
}
