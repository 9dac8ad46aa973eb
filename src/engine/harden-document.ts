/** One document: its workloads and accounts, the composed operations, and the text edits that carry them out. */
import { observeRbac } from '../observations/rbac.ts';
import { stringAt } from '../util/json.ts';
import { compareFields } from '../kubernetes/field-order.ts';
import { parseImageReference } from '../kubernetes/image-reference.ts';
import { isWorkload, objectsOf, readWorkload, type NoWorkload, type Room, type Workload } from '../kubernetes/workload.ts';
import { compose, ConflictError, ShapeError, toJsonPatch, type Op, type PatchOperation } from '../patch/index.ts';
import { duplicateKeys, locate, splice, SpliceError, type ParsedYaml, type Position, type TextEdit } from '../yaml/index.ts';
import { accountOutcome } from './accounts.ts';
import { hardenWorkload, type Report } from './harden-workload.ts';
import { insertBefore } from './new-objects.ts';
import type { Expectation } from './prove.ts';
import type { ReadDocument, ReadFile } from './read.ts';
import type { AppliedChange, Finding, WorkloadName } from './result.ts';
import type { Outcome, RunContext } from './run-transforms.ts';

/** What one document contributes to its file; offsets are those of the file. */
export interface DocumentResult {
  readonly index: number;
  readonly edits: readonly TextEdit[];
  readonly expectation: Expectation | undefined;
  readonly operations: readonly PatchOperation[];
  readonly workloads: number;
  readonly changes: readonly AppliedChange[];
  readonly findings: readonly Finding[];
}

const SKIPPED: Readonly<Record<NoWorkload['reason'], string>> = {
  'skipped-foreign': 'is of an API group that Kubernetes does not serve this kind in: left alone',
  'skipped-patch': 'has containers without an image, so it is a patch of another manifest: harden that one',
  'skipped-malformed': 'is not shaped as the API server wants it: mend it and run again',
};

/** Hardens one document; the new ServiceAccounts of earlier documents of the file are in `created`. */
export function hardenDocument(file: ReadFile, document: ReadDocument, run: RunContext, created: Set<string>): DocumentResult {
  const { parsed, slice } = document;
  const at = (pointer: string): Position => file.lines.position(slice.start + locate(parsed, pointer));
  const findings: Finding[] = [];
  const changes: AppliedChange[] = [];
  const outcomes: Outcome[] = [];
  let workloads = 0;

  const report = ({ id, severity, message, at: pointer, container }: Report, workload?: WorkloadName): void => {
    findings.push({
      id,
      severity,
      message,
      path: file.path,
      ...at(pointer),
      pointer,
      ...(workload ? { workload } : {}),
      ...(container === undefined ? {} : { container }),
    });
  };
  const accept = (outcome: Outcome, workload: WorkloadName): void => {
    if (run.settings.safeOnly && outcome.safety !== 'safe') return;
    outcomes.push(outcome);
    const { transform, message, safety, container } = outcome;
    changes.push({
      transform,
      message,
      safety,
      workload,
      ...(container === undefined ? {} : { container }),
      line: at(outcome.at).line,
    });
  };

  for (const { object, pointer } of objectsOf(parsed.value)) {
    const name = { kind: stringAt(object, 'kind') ?? '', name: stringAt(object, 'metadata', 'name') ?? '' };
    for (const seen of observeRbac(object)) report({ ...seen, severity: 'warning', at: `${pointer}${seen.at}` }, name);
    const account = accountOutcome(object, pointer, file.path, run);
    if (account) accept(account, name);
    const read = readWorkload(object, pointer, roomOf(document, pointer), file.path, (image) => isWindowsImage(image, run));
    if (!read) continue;
    if (!isWorkload(read)) {
      report(
        {
          id: read.reason,
          severity: read.reason === 'skipped-malformed' ? 'error' : 'info',
          message: SKIPPED[read.reason],
          at: pointer,
        },
        name,
      );
      continue;
    }
    workloads++;
    const result = hardenWorkload(read, run);
    const workload = nameOf(read);
    for (const one of result.reports) report(one, workload);
    for (const outcome of result.outcomes) {
      if (outcome.ops.length > 0) accept(placeObjects(outcome, read, created), workload);
      else
        report(
          {
            id: outcome.id,
            severity: 'warning',
            message: outcome.message,
            at: outcome.at,
            ...(outcome.container === undefined ? {} : { container: outcome.container }),
          },
          workload,
        );
    }
  }
  if (workloads > 0) {
    for (const { key, offset } of duplicateKeys(parsed)) {
      const message = `${key} stands twice in this map and Kubernetes takes the last one: remove the others`;
      findings.push({
        id: 'duplicate-key',
        severity: 'warning',
        message,
        path: file.path,
        ...file.lines.position(slice.start + offset),
      });
    }
  }
  const base = { index: document.index, edits: [], expectation: undefined, operations: [], workloads, changes: [], findings };
  if (outcomes.length === 0) return base;
  try {
    return { ...base, ...carryOut(file, document, outcomes), changes };
  } catch (error) {
    if (error instanceof ShapeError)
      report({
        id: 'skipped-malformed',
        severity: 'error',
        message: `${error.message}: mend it and run again`,
        at: error.pointer,
      });
    else if (error instanceof ConflictError || error instanceof SpliceError)
      report({
        id: 'internal-error',
        severity: 'error',
        message: `document ${document.index + 1}: ${error.message}: please report this with the file`,
        at: '',
      });
    else throw error;
    return base;
  }
}

function carryOut(
  file: ReadFile,
  { parsed, slice }: ReadDocument,
  outcomes: readonly Outcome[],
): Pick<DocumentResult, 'edits' | 'expectation' | 'operations'> {
  const newObjects = outcomes.flatMap((outcome) => outcome.newObjects);
  const edit = compose(parsed.value, inOrderOfText(parsed, outcomes), compareFields);
  if (!edit) return { edits: [], expectation: undefined, operations: [] };
  const operations = toJsonPatch(parsed.value, edit);
  const edits = splice(parsed, edit).map((one) => ({
    start: one.start + slice.start,
    end: one.end + slice.start,
    text: one.text,
  }));
  if (newObjects.length > 0) edits.unshift(insertBefore(file.text, slice, parsed, newObjects));
  return { edits, expectation: { slice, value: parsed.value, operations, newObjects }, operations };
}

/** The operations by where their targets stand: what several transforms add to one list must not show the order of the transforms. */
function inOrderOfText(parsed: ParsedYaml, outcomes: readonly Outcome[]): Op[] {
  const placed = outcomes.map(({ at, ops }) => ({ offset: locate(parsed, at), ops }));
  return placed.sort((left, right) => left.offset - right.offset).flatMap(({ ops }) => ops);
}

/** In a list, new objects are items before the workload's own. One that the file creates already is not created again. */
function placeObjects(outcome: Outcome, workload: Workload, created: Set<string>): Outcome {
  const newObjects = outcome.newObjects.filter((object) => {
    const key = `${stringAt(object, 'metadata', 'namespace') ?? ''}/${stringAt(object, 'metadata', 'name') ?? ''}`;
    return !created.has(key) && created.add(key);
  });
  if (workload.room !== 'item') return { ...outcome, newObjects };
  const items = newObjects.map((value) => ({ op: 'add', path: workload.pointer as `/${string}`, value }) as const);
  return { ...outcome, ops: [...outcome.ops, ...items], newObjects: [] };
}

function roomOf({ parsed }: ReadDocument, pointer: string): Room {
  if (pointer !== '') return 'item';
  return parsed.isFlowDocument ? 'none' : 'document';
}

function isWindowsImage(image: string, run: RunContext): boolean {
  const reference = parseImageReference(image);
  return reference !== undefined && run.lookup(reference)?.os === 'windows';
}

function nameOf(workload: Workload): WorkloadName {
  const namespace = workload.namespace === undefined ? {} : { namespace: workload.namespace };
  return { kind: workload.kind, ...namespace, name: workload.name };
}
