/** The value of a token in simple block style, as kubectl reads it. */
import type { CST } from 'yaml';
import type { Json } from '../../../util/json.ts';
import { goScalar } from '../package/go-schema.ts';
import { isDash, type CollectionItem, type Token } from '../tree/tokens.ts';

/** The token has a value that only the `yaml` package can read. */
export class NeedsPackage extends Error {}

/** Reads the values of one document; of a key that occurs twice the last one counts, as for kubectl. */
export class ValueReader {
  hasDuplicates = false;

  /** @throws NeedsPackage when a key is not a string, or for an escape that JSON does not have */
  read(token: Token | null | undefined): Json {
    if (!token) return null;
    switch (token.type) {
      case 'block-map':
        return this.#map(token.items);
      case 'block-seq':
        return token.items.filter(hasDash).map(({ value }) => this.read(value));
      case 'flow-collection':
        if (token.start.type === 'flow-map-start') return this.#map(token.items);
        return token.items.map(({ value }) => this.read(value));
      default:
        return scalarValue(token);
    }
  }

  #map(items: readonly CollectionItem[]): Json {
    const map: Record<string, Json> = {};
    for (const { key, sep, value } of items) {
      if (!sep) continue;
      const name = key && scalarValue(key);
      if (typeof name !== 'string' || name === '__proto__') throw new NeedsPackage();
      this.hasDuplicates ||= Object.hasOwn(map, name);
      map[name] = this.read(value);
    }
    return map;
  }
}

/** The text of a key that `ValueReader` has read. */
export function keyOf(key: Token): string {
  return key.type === 'scalar' ? key.source : (scalarValue(key) as string);
}

/** True for an item of a block list, false for the comments and line breaks between items. */
export function hasDash({ start }: CollectionItem): boolean {
  return start.some(isDash);
}

/** @throws NeedsPackage for an escape that JSON does not have, and for what is not a scalar */
function scalarValue(token: Token): Json {
  if (token.type === 'scalar') return goScalar(token.source);
  if (token.type === 'single-quoted-scalar' || token.type === 'double-quoted-scalar') return quotedValue(token);
  throw new NeedsPackage();
}

function quotedValue({ type, source }: CST.FlowScalar): string {
  const inner = source.slice(1, -1);
  if (type === 'single-quoted-scalar') return inner.replaceAll("''", "'");
  if (!inner.includes('\\')) return inner;
  try {
    return JSON.parse(source) as string;
  } catch {
    throw new NeedsPackage();
  }
}
