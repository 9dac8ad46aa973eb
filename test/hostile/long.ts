/** Lists that are longer than what a function takes as arguments (V8: about 120,000). */
import type { Edit } from '../../src/patch/index.ts';
import { applyTextEdits, isParsed, parseYaml, splice } from '../../src/yaml/index.ts';

export const MANY = 150_000;

export function spliced(text: string, edit: Edit): string {
  const parsed = parseYaml(text);
  if (!isParsed(parsed)) throw new Error(parsed.message);
  return applyTextEdits(text, splice(parsed, edit));
}
