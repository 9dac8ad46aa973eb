/** New text that follows the style of no document. */
import { isArray, type Json, type JsonObject } from '../../util/json.ts';
import { blockItems, blockEntries } from './print/block.ts';
import type { BlockStyle } from './print/styles.ts';

const USUAL: BlockStyle = { mapStep: 2, listStep: 0, dashWidth: 2, quote: '"' };

/** A map, or a list with an item on each line, in block style; empty ones as `{}` and `[]`. The text ends with a line break. */
export function printYaml(value: JsonObject | readonly Json[]): string {
  const lines = isArray(value) ? blockItems(value, 0, USUAL) : blockEntries(value, 0, USUAL);
  if (lines.length === 0) return isArray(value) ? '[]\n' : '{}\n';
  return lines.map((line) => `${line}\n`).join('');
}
