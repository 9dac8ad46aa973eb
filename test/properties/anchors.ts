/** The anchors of a document that is being printed: which aliases and merge keys may stand for what comes next. */
import { deepEqual, isObject, type Json, type JsonObject } from '../../src/util/json.ts';

interface Anchor {
  readonly value: Json;
  isClosed: boolean;
}

export class Anchors {
  readonly #anchors = new Map<string, Anchor>();

  /** Begins an anchored node; a name that is taken is defined anew. The result ends it: only then may an alias name it. */
  open(name: string, value: Json): () => void {
    const anchor: Anchor = { value, isClosed: false };
    this.#anchors.set(name, anchor);
    return () => {
      anchor.isClosed = true;
    };
  }

  /** The name of an anchor with this value. */
  same(value: Json): string | undefined {
    return [...this.#anchors].find(([, anchor]) => anchor.isClosed && deepEqual(anchor.value, value))?.[0];
  }

  /** Anchored maps whose keys are all in `value`: a merge key brings them, and the map itself what differs. */
  within(value: JsonObject): { readonly name: string; readonly value: JsonObject }[] {
    return [...this.#anchors].flatMap(([name, anchor]) => {
      const { value: source, isClosed } = anchor;
      const fits = isClosed && isObject(source) && Object.keys(source).length > 0;
      return fits && Object.keys(source).every((key) => Object.hasOwn(value, key)) ? [{ name, value: source }] : [];
    });
  }
}
