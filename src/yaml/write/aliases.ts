/**
 * Anchors, aliases and merge keys. An operation names a place in the value; in the text several places may share one anchored
 * node. An alias stays as long as its place ends up with the same value as the anchor's; otherwise it is expanded where the
 * value differs. What arrives through `<<` is overridden in the map itself, or the merge is expanded.
 */
import { deepEqual, isArray, isObject, member, type Json, type JsonObject } from '../../util/json.ts';
import { applyEdit, type Edit } from '../../patch/edit.ts';
import { isAlias, isMap, isMerge, isSeq, keyOf, type MapNode, type Node, type PairNode, type SeqNode } from '../read/nodes.ts';
import type { ParsedYaml } from '../read/parse.ts';

/** The same edit, said of the nodes of the text instead of the value; undefined when nothing is left to do. */
export function settleAliases(parsed: ParsedYaml, edit: Edit): Edit | undefined {
  return new Settler(parsed).settle(parsed.root, parsed.value, edit);
}

class Settler {
  readonly #parsed: ParsedYaml;
  /** What each anchored node is worth after the edit; anchors stand before their aliases. */
  readonly #final = new Map<Node, Json>();

  constructor(parsed: ParsedYaml) {
    this.#parsed = parsed;
  }

  settle(node: Node | null, value: Json, edit: Edit | undefined): Edit | undefined {
    const wanted = edit ? applyEdit(value, edit) : value;
    if (isAlias(node)) return deepEqual(wanted, this.#finalOf(node)) ? undefined : { kind: 'set', value: wanted };
    if (node && 'anchor' in node && node.anchor) this.#final.set(node, wanted);
    if (edit?.kind === 'set') return edit;
    if (isMap(node)) return this.#settleMap(node as MapNode, value, wanted, edit?.kind === 'object' ? edit.keys : new Map());
    if (isSeq(node)) return this.#settleSeq(node as SeqNode, value, edit?.kind === 'array' ? edit : undefined);
    return edit;
  }

  #finalOf(alias: Node): Json | undefined {
    if (!isAlias(alias)) return this.#final.get(alias);
    const target = alias.resolve(this.#parsed.document);
    return target && this.#final.get(target);
  }

  #settleMap(map: MapNode, value: Json, wanted: Json, keys: ReadonlyMap<string, Edit>): Edit | undefined {
    const result = new Map<string, Edit>();
    const own = new Set<string>();
    const sources: (Json | undefined)[] = [];
    const lastOf = new Map((map.items as PairNode[]).filter((pair) => !isMerge(pair)).map((pair) => [keyOf(pair), pair]));
    for (const pair of map.items as PairNode[]) {
      const key = keyOf(pair);
      if (isMerge(pair)) {
        for (const source of this.#sources(pair.value)) sources.push(source);
      } else if (key !== undefined && lastOf.get(key) !== pair) {
        // A key that stands twice: nothing is changed in the first, but an anchor in it counts.
        this.settle(pair.value, pair.value?.toJS(this.#parsed.document) as Json, undefined);
      } else if (key !== undefined) {
        own.add(key);
        const edit = keys.get(key);
        const settled = edit?.kind === 'remove' ? edit : this.settle(pair.value, member(value, key) ?? null, edit);
        if (settled) result.set(key, settled);
      }
    }
    const inherited: JsonObject = Object.fromEntries(
      sources.reverse().flatMap((source) => Object.entries(isObject(source) ? source : {})),
    );
    const target = isObject(wanted) ? wanted : {};
    const unwanted = !sources.every(isObject) || Object.keys(inherited).some((key) => !Object.hasOwn(target, key));
    if (unwanted) result.set('<<', { kind: 'remove' });
    for (const [key, value] of Object.entries(target)) {
      if (!own.has(key) && (unwanted || !deepEqual(member(inherited, key), value))) result.set(key, { kind: 'set', value });
    }
    return result.size > 0 ? { kind: 'object', keys: result } : undefined;
  }

  /** The maps that a merge key names, the strongest first; undefined for one that is removed. */
  #sources(node: Node | null): (Json | undefined)[] {
    const sources = isSeq(node) ? (node as SeqNode).items : [node];
    return sources.map((source) =>
      isAlias(source) ? this.#finalOf(source) : (source?.toJS(this.#parsed.document) as Json | undefined),
    );
  }

  #settleSeq(seq: SeqNode, value: Json, edit: (Edit & { kind: 'array' }) | undefined): Edit | undefined {
    const items = new Map<number, Edit>();
    seq.items.forEach((item, index) => {
      const inner = edit?.items.get(index);
      const settled =
        inner?.kind === 'remove' ? inner : this.settle(item, (isArray(value) ? value[index] : undefined) ?? null, inner);
      if (settled) items.set(index, settled);
    });
    const inserted = edit?.inserted ?? new Map<number, readonly Json[]>();
    return items.size > 0 || inserted.size > 0 ? { kind: 'array', items, inserted } : undefined;
  }
}
