/** From operations on documents to the new text of a file, with its proof. */
import { compareFields } from '../kubernetes/field-order.ts';
import { compose, toJsonPatch, type Edit, type Op, type PatchOperation } from '../patch/index.ts';
import type { JsonObject } from '../util/json.ts';
import { applyTextEdits, splice, type ParsedYaml, type Slice, type TextEdit } from '../yaml/index.ts';
import { insertBefore } from './new-documents.ts';
import { disprove, type Expectation } from './prove.ts';

/** A document of a text. */
export interface Document {
  readonly slice: Slice;
  readonly parsed: ParsedYaml;
}

/** What becomes of one document; offsets are those of the file. */
export interface Rewrite {
  readonly edits: readonly TextEdit[];
  readonly operations: readonly PatchOperation[];
  readonly expectation: Expectation;
}

/**
 * Carries out operations on one document of `text`, with new documents before it; undefined when there is nothing to do.
 *
 * @param known what the operations come to, where they are composed already
 * @throws ShapeError where the author's value cannot hold what belongs into it; ConflictError and SpliceError: bugs
 */
export function rewrite(
  text: string,
  document: Document,
  ops: readonly Op[],
  newDocuments: readonly JsonObject[],
  known?: Edit,
): Rewrite | undefined {
  const { parsed, slice } = document;
  const edit = known ?? compose(parsed.value, ops, compareFields);
  if (!edit && newDocuments.length === 0) return undefined;
  const operations = edit ? toJsonPatch(parsed.value, edit) : [];
  const inside = (edit ? splice(parsed, edit) : []).map(({ start, end, text: inserted }) => ({
    start: start + slice.start,
    end: end + slice.start,
    text: inserted,
  }));
  const before = newDocuments.length > 0 ? [insertBefore(text, slice, parsed, newDocuments)] : [];
  return { edits: [...before, ...inside], operations, expectation: { slice, value: parsed.value, operations, newDocuments } };
}

/**
 * A text with all of its rewrites, or why it does not read as it should: the first difference in one line.
 */
export function rewriteText(
  text: string,
  rewrites: readonly Rewrite[],
): { output: string; edits: TextEdit[] } | { mistake: string } {
  const edits = rewrites.flatMap((one) => one.edits).sort((left, right) => left.start - right.start);
  const output = applyTextEdits(text, edits);
  const mistake = disprove(
    text,
    output,
    rewrites.map(({ expectation }) => expectation),
  );
  return mistake === undefined ? { output, edits } : { mistake };
}
