/** The splicer alone: any operations on any document. */
import fc from 'fast-check';
import { deepEqual, isObject, type JsonObject } from '../../src/util/json.ts';
import { applyJsonPatch, toJsonPatch } from '../../src/patch/index.ts';
import { applyTextEdits, isParsed } from '../../src/yaml/index.ts';
import { Choices, tape } from './choices.ts';
import { checkKept, checkLineEnds } from './kept-text.ts';
import { operationsFor, wishes, type Wish } from './operations.ts';
import { printDocument } from './print-block.ts';
import { printStream } from './print-stream.ts';
import type { Property } from './property.ts';
import { program } from './subject.ts';
import { document } from './values.ts';
import { readsOtherwise } from '../yaml/quick-reader.ts';

interface SplicerCase {
  readonly value: JsonObject;
  readonly presentation: readonly number[];
  readonly wishes: readonly Wish[];
}

/** What the splicer says that it cannot do, because YAML has no place for it. */
const REFUSALS = /^a (?:map|list) would lose all of its (?:keys|items)$/;

function textOf({ value, presentation }: SplicerCase): string {
  const choices = new Choices(presentation);
  return printStream([`${printDocument(value, choices, 'd').join('\n')}\n`], choices).text;
}

const inputs: fc.Arbitrary<SplicerCase> = fc.record({ value: document, presentation: tape, wishes });

/** A document in any presentation reads as the value that it was printed from: the generator is right. */
export const printed: Property<SplicerCase> = {
  name: 'printed documents read as their value',
  inputs,
  check({ value, presentation }, { parseYaml }) {
    const text = `${printDocument(value, new Choices(presentation), 'd').join('\n')}\n`;
    const parsed = parseYaml(text);
    if (!isParsed(parsed)) throw new Error(parsed.message);
    if (!deepEqual(parsed.value, value)) throw new Error(`reads as ${JSON.stringify(parsed.value)}`);
    const other = readsOtherwise(text);
    if (other !== undefined) throw new Error(`the quick reader and the package: ${other}`);
  },
  show: (input) => `${JSON.stringify(input.value)}\n${textOf(input)}`,
};

/** The result reads as the JSON Patch says, and nothing that no operation names is lost. */
export const spliced: Property<SplicerCase> = {
  name: 'spliced documents read as their patch',
  inputs,
  check(input, subject) {
    const text = textOf(input);
    const parsed = subject.parseYaml(text);
    if (!isParsed(parsed) || !isObject(parsed.value)) return;
    const { ops, edit } = operationsFor(parsed.value, input.wishes, subject);
    if (!edit) return;
    const expected = applyJsonPatch(parsed.value, toJsonPatch(parsed.value, edit));
    let output: string;
    try {
      const edits = subject.splice(parsed, edit);
      output = applyTextEdits(text, edits);
      checkKept(parsed, ops, edits, output);
    } catch (error) {
      if (error instanceof Error && REFUSALS.test(error.message)) return;
      throw error;
    }
    const again = subject.parseYaml(output);
    if (!isParsed(again)) throw new Error(`${again.message}:\n${output}`);
    if (!deepEqual(again.value, expected))
      throw new Error(`should be ${JSON.stringify(expected)}\nbut is    ${JSON.stringify(again.value)}\n${output}`);
    checkLineEnds(text, output);
  },
  show(input) {
    const text = textOf(input);
    const parsed = program.parseYaml(text);
    const ops = isParsed(parsed) ? operationsFor(parsed.value, input.wishes, program).ops : [];
    return `${ops.map((op) => JSON.stringify(op)).join('\n')}\n--- input, then as a string\n${text}\n${JSON.stringify(text)}`;
  },
};
