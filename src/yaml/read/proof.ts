/** Reads documents again for the proof of a rewrite. */
import type { Json } from '../../util/json.ts';
import { readWithPackage } from './package/package-reader.ts';
import { refusedCharacter } from './package/refused.ts';
import { isParsed } from './tree/parsed-yaml.ts';
import { readSimpleValue } from './values/read-values.ts';

/**
 * The value of a document as kubectl reads it, undefined when it cannot be read. The quick reader of tokens has no part in it, so
 * that a fault of it cannot hide itself: simple style is read straight from its lines, all else with the `yaml` package.
 */
export function readForProof(text: string): Json | undefined {
  if (refusedCharacter(text)) return undefined;
  const value = readSimpleValue(text);
  if (value !== undefined) return value;
  const parsed = readWithPackage(text);
  return isParsed(parsed) ? parsed.value : undefined;
}
