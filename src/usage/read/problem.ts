/** What is wrong with a file of usage. */
import { isParsed, locateValue, parseYaml } from '../../yaml/index.ts';

/** Ends the reading of a file; `offset` is a place in its text. */
export class UsageProblem extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** The offset of what a JSON Pointer names in JSON or YAML; the beginning where the text cannot be read as one document. */
export function offsetOf(text: string, pointer: string): number {
  const parsed = parseYaml(text);
  return isParsed(parsed) ? locateValue(parsed, pointer) : 0;
}
