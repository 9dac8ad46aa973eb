/** The pipeline: documents, facts, transforms, edits, proof. Pure: text in, result out; runs in a browser as well. */
import { observe } from '../decisions/observations.ts';
import { isWorkload, objectsOf, readWorkload, type NoWorkload, type Room, type Workload } from '../kubernetes/workload.ts';
import { parseImageReference } from '../kubernetes/image-reference.ts';
import { compareFields } from '../kubernetes/field-order.ts';
import { compose, ConflictError, toJsonPatch, type PatchOperation } from '../patch/index.ts';
import { applyTextEdits, duplicateKeys, locate, position, splice, SpliceError, type TextEdit } from '../yaml/index.ts';
import { insertBefore } from './new-objects.ts';
import { disprove, type Expectation } from './prove.ts';
import type { ReadDocument, ReadFile } from './read.ts';
import type { AppliedChange, DocumentPatch, FileResult, Finding, WorkloadName } from './result.ts';
import { runTransforms, type Outcome, type RunContext } from './run-transforms.ts';

/** What one document contributes to its file. */
interface DocumentResult {
  readonly edits: readonly TextEdit[];
  readonly expectation: Expectation | undefined;
  readonly operations: readonly PatchOperation[];
  readonly workloads: number;
  readonly changes: readonly AppliedChange[];
  readonly findings: readonly Finding[];
}

const SKIPPED: Readonly<Record<NoWorkload['reason'], string>> = {
  'skipped-foreign': 'of an API group that Kubernetes does not serve this kind in: left alone',
  'skipped-patch': 'has containers without an image, so it is a patch of another manifest: harden that one',
  'skipped-malformed': 'is not shaped as the API server wants it: mend it and run again',
};

/** Hardens one file that was read; a file with an error keeps every byte. */
export function hardenFile(file: ReadFile, run: RunContext): FileResult {
  const results = file.documents.filter((document) => document.mayHoldWorkload).map((document) => hardenDocument(file, document, run));
  const findings = [...file.findings, ...results.flatMap((result) => result.findings)];
  const unchanged: FileResult = {
    path: file.path,
    input: file.text,
    output: file.text,
    workloads: results.reduce((sum, result) => sum + result.workloads, 0),
    changes: [],
    findings: withoutRepeats(findings).sort((left, right) => left.line - right.line || left.column - right.column),
    patches: [],
  };
  const edits = results.flatMap((result) => result.edits).sort((left, right) => left.start - right.start);
  if (findings.some((finding) => finding.severity === 'error') || edits.length === 0) return unchanged;
  const output = applyTextEdits(file.text, edits);
  const expectations = results.flatMap((result) => result.expectation ?? []);
  const mistake = disprove(file.text, output, expectations);
  if (mistake !== undefined) return { ...unchanged, findings: [...findings, internalError(file.path, mistake)] };
  const patches = results.flatMap((result, index): DocumentPatch[] =>
    result.operations.length > 0 ? [{ document: documentIndex(file, index), operations: result.operations }] : [],
  );
  return { ...unchanged, output, changes: results.flatMap((result) => result.changes), patches };
}

/** Several transforms may leave one place alone for one reason: it is said once. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ id, line, column, container }) => {
    const key = `${id} ${line}:${column} ${container ?? ''}`;
    return !seen.has(key) && seen.add(key);
  });
}

function documentIndex(file: ReadFile, index: number): number {
  return file.documents.filter((document) => document.mayHoldWorkload)[index]?.index ?? 0;
}

function internalError(path: string, mistake: string): Finding {
  return { id: 'internal-error', severity: 'error', message: `not written, because ${mistake}: please report this with the file`, path, line: 1, column: 1 };
}

function hardenDocument(file: ReadFile, document: ReadDocument, run: RunContext): DocumentResult {
  const { parsed, slice } = document;
  const at = (pointer: string): { line: number; column: number } => position(file.text, slice.start + locate(parsed, pointer));
  const findings: Finding[] = [];
  const changes: AppliedChange[] = [];
  const outcomes: Outcome[] = [];
  const nothing: DocumentResult = { edits: [], expectation: undefined, operations: [], workloads: 0, changes: [], findings };
  let workloads = 0;
  for (const read of workloadsIn(file, document, run)) {
    if (!isWorkload(read)) {
      findings.push(skippedFinding(file.path, read, at(read.pointer)));
      continue;
    }
    workloads++;
    const workload = nameOf(read);
    for (const { id, message, at: place, container } of observe(read.pod)) {
      const pointer = `${read.pointer}${read.pod.pointer}${place}`;
      findings.push({ id, severity: 'warning', message, path: file.path, ...at(pointer), workload, ...(container ? { container: container.name } : {}) });
    }
    for (const outcome of runTransforms(read, run)) {
      const container = outcome.container === undefined ? {} : { container: outcome.container };
      const place = at(outcome.at);
      if (outcome.ops.length === 0) {
        findings.push({ id: outcome.id, severity: 'warning', message: outcome.message, path: file.path, ...place, workload, ...container });
      } else if (!run.settings.safeOnly || outcome.safety === 'safe') {
        outcomes.push(read.room === 'item' ? asItems(outcome, read) : outcome);
        changes.push({ transform: outcome.transform, message: outcome.message, safety: outcome.safety, workload, ...container, line: place.line });
      }
    }
  }
  if (workloads > 0) {
    for (const { key, offset } of duplicateKeys(parsed)) {
      findings.push({ id: 'duplicate-key', severity: 'warning', message: `${key} stands twice in this map and Kubernetes takes the last one: remove the others`, path: file.path, ...position(file.text, slice.start + offset) });
    }
  }
  if (outcomes.length === 0) return { ...nothing, workloads };
  try {
    const newObjects = outcomes.flatMap((outcome) => outcome.newObjects);
    const edit = compose(parsed.value, outcomes.flatMap((outcome) => outcome.ops), compareFields);
    if (!edit) return { ...nothing, workloads };
    const operations = toJsonPatch(parsed.value, edit);
    const edits = splice(parsed, edit).map((one) => ({ start: one.start + slice.start, end: one.end + slice.start, text: one.text }));
    if (newObjects.length > 0) edits.unshift(insertBefore(file.text, slice, parsed, newObjects));
    return { edits, expectation: { slice, value: parsed.value, operations, newObjects }, operations, workloads, changes, findings };
  } catch (error) {
    if (!(error instanceof ConflictError || error instanceof SpliceError)) throw error;
    findings.push({ id: 'internal-error', severity: 'error', message: `document ${document.index + 1}: ${error.message}`, path: file.path, ...at('') });
    return { ...nothing, workloads };
  }
}

/** In a list, new objects are items before the workload's own. */
function asItems(outcome: Outcome, workload: Workload): Outcome {
  const items = outcome.newObjects.map((value) => ({ op: 'add', path: workload.pointer as `/${string}`, value }) as const);
  return { ...outcome, ops: [...outcome.ops, ...items], newObjects: [] };
}

function workloadsIn(file: ReadFile, { parsed }: ReadDocument, run: RunContext): (Workload | NoWorkload)[] {
  const isFlow = parsed.root.srcToken?.type === 'flow-collection';
  return [...objectsOf(parsed.value)].flatMap(({ object, pointer }) => {
    const room: Room = pointer !== '' ? 'item' : isFlow ? 'none' : 'document';
    return readWorkload(object, pointer, room, file.path, (image) => isWindowsImage(image, run)) ?? [];
  });
}

function isWindowsImage(image: string, run: RunContext): boolean {
  const reference = parseImageReference(image);
  return reference !== undefined && run.lookup(reference)?.os === 'windows';
}

function skippedFinding(path: string, read: NoWorkload, place: { line: number; column: number }): Finding {
  const severity = read.reason === 'skipped-malformed' ? 'error' : 'info';
  return { id: read.reason, severity, message: `${read.kind} ${read.name} ${SKIPPED[read.reason]}`, path, ...place };
}

/** The name of a workload in results. */
export function nameOf(workload: Workload): WorkloadName {
  const namespace = workload.namespace === undefined ? {} : { namespace: workload.namespace };
  return { kind: workload.kind, ...namespace, name: workload.name };
}
