/** The files that a ConfigMap or a Secret becomes in a volume. */
import { objectAt, type JsonObject } from '../util/json.ts';

/**
 * The texts of a ConfigMap or a Secret by key. Binary data is left out; what is no Base64, or no UTF-8, is left out too
 * (API reference, ConfigMap v1 and Secret v1; `stringData` wins over `data`).
 */
export function dataFilesOf(object: JsonObject): ReadonlyMap<string, string> {
  const isSecret = object['kind'] === 'Secret';
  const data = Object.entries(objectAt(object, 'data')).flatMap(([key, value]): [string, string][] => {
    const text = typeof value !== 'string' ? undefined : isSecret ? fromBase64(value) : value;
    return text === undefined ? [] : [[key, text]];
  });
  const plain = Object.entries(isSecret ? objectAt(object, 'stringData') : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return new Map([...data, ...plain]);
}

function fromBase64(text: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
