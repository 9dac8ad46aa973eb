/** Parses one document as the API server's parser (Go, YAML 1.1) reads it. */
import { readWithPackage } from './package/package-reader.ts';
import { refusedCharacter } from './package/refused.ts';
import { readQuickly } from './quick/quick-document.ts';
import type { ParsedYaml, ParseProblem } from './tree/parsed-yaml.ts';

/**
 * Parses one document. Quoted scalars and flow collections with too little indentation are read as kubectl and helm read them;
 * what only the `yaml` package reads is a problem (`package/refused.ts`), and so is an empty document.
 */
export function parseYaml(text: string): ParsedYaml | ParseProblem {
  return refusedCharacter(text) ?? readQuickly(text) ?? readWithPackage(text);
}
