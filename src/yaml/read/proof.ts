/** Reads documents again for the proof of a rewrite. */
import type { Json } from '../../util/json.ts';
import { readWithPackage } from './package/package-reader.ts';
import { refusedCharacter } from './package/refused.ts';
import { parseYaml } from './parse.ts';
import { isParsed } from './tree/parsed-yaml.ts';

/** About three workloads. Reading them with the package alone adds some 30 ms of CPU to a run (docs/reliability.md). */
const MOST_CHARACTERS = 5_000;

/** How many characters of the results of one run are still read with the `yaml` package alone. */
export class ProofBudget {
  #characters: number;

  constructor(characters = MOST_CHARACTERS) {
    this.#characters = characters;
  }

  /** Takes the length of a text from the budget; false, and nothing is taken, when too little is left. */
  take(text: string): boolean {
    if (text.length > this.#characters) return false;
    this.#characters -= text.length;
    return true;
  }
}

/**
 * The value of a document as kubectl reads it, undefined when it cannot be read. Within the budget it is read with the `yaml`
 * package alone, so that a fault of the quick reader cannot hide itself; beyond, with the quick reader where that is possible.
 */
export function readForProof(text: string, budget: ProofBudget): Json | undefined {
  const parsed = budget.take(text) ? (refusedCharacter(text) ?? readWithPackage(text)) : parseYaml(text);
  return isParsed(parsed) ? parsed.value : undefined;
}
