/**
 * The proof of a write. The new text is read again and compared with what an independent JSON Patch library makes of the old
 * value; every document that no operation names must be the same to the byte. docs/reliability.md says what the proof shares
 * with the splicer.
 */
import { deepEqual, type Json, type JsonObject } from '../util/json.ts';
import { applyJsonPatch, type PatchOperation } from '../patch/index.ts';
import { readForProof, splitStream, type Slice } from '../yaml/index.ts';

/** What a document must have become. */
export interface Expectation {
  readonly slice: Slice;
  readonly value: Json;
  readonly operations: readonly PatchOperation[];
  /** Documents that must now come before it. */
  readonly newDocuments: readonly JsonObject[];
}

/**
 * Undefined when `output` is exactly what the expectations say of `input`, else one line that names the first difference.
 */
export function disprove(input: string, output: string, expectations: readonly Expectation[]): string | undefined {
  const results = splitStream(output).map(({ start, end }) => output.slice(start, end));
  const bySlice = new Map(expectations.map((expectation) => [expectation.slice.start, expectation]));
  let next = 0;
  for (const [index, slice] of splitStream(input).entries()) {
    const expectation = bySlice.get(slice.start);
    if (!expectation) {
      if (results[next++] !== input.slice(slice.start, slice.end))
        return `document ${index + 1} changed although no operation names it`;
      continue;
    }
    for (const object of expectation.newDocuments) {
      if (!isValue(results[next++], object))
        return `the new document before document ${index + 1} does not have the expected value`;
    }
    let expected: Json;
    try {
      expected = applyJsonPatch(expectation.value, expectation.operations);
    } catch (error) {
      return `document ${index + 1}: the patch does not apply: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
    }
    if (!isValue(results[next++], expected)) return `document ${index + 1} does not have the value that its operations give`;
  }
  return next === results.length ? undefined : 'the number of documents is wrong';
}

function isValue(text: string | undefined, value: Json): boolean {
  if (text === undefined) return false;
  return deepEqual(jsonIn(text), value) || deepEqual(readForProof(text), value);
}

/** What a text says as JSON, which is YAML too; undefined when it is none. */
function jsonIn(text: string): Json | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
