/** One file: the plans of its objects carried out, document by document. */
import type { KubernetesObject } from '../kubernetes/object.ts';
import { ConflictError, ShapeError, type Edit, type Op } from '../patch/index.ts';
import { stringAt, type JsonObject } from '../util/json.ts';
import { duplicateKeys, SpliceError } from '../yaml/index.ts';
import { describe, observation } from '../observations/observation.ts';
import type { Outcome, Report } from './outcomes.ts';
import { appliedOps, type Plan } from './plan.ts';
import type { ReadDocument, ReadFile } from './read.ts';
import { standingsOf } from './levels.ts';
import type { Finding, RawFinding } from './findings/finding.ts';
import type { AppliedChange, DocumentPatch, FileResult, ObjectName } from './result.ts';
import { rewrite, rewriteText, type Rewrite } from '../rewrite/rewrite.ts';

/** A file with the plans of the objects of each document. */
export interface PlannedFile {
  readonly file: ReadFile;
  readonly documents: readonly PlannedDocument[];
}

export interface PlannedDocument {
  readonly document: ReadDocument;
  readonly plans: readonly Plan[];
}

/** What becomes of a file, before it is decided which of its findings are shown. */
export interface FileOutcome extends Omit<FileResult, 'findings' | 'known'> {
  readonly findings: readonly RawFinding[];
}

/** What became of one document. */
interface DocumentResult {
  readonly index: number;
  readonly rewrite: Rewrite | undefined;
  readonly changes: readonly AppliedChange[];
  readonly findings: readonly RawFinding[];
}

/** Hardens a planned file; one with an error keeps every byte. */
export function hardenFile({ file, documents }: PlannedFile): FileOutcome {
  const creations = new Creations();
  const results = documents.map((planned) => hardenDocument(file, planned, creations));
  const findings = [...file.findings, ...results.flatMap((result) => result.findings)].sort(
    (left, right) => left.line - right.line || left.column - right.column,
  );
  const standings = standingsOf(documents, file, nameOf);
  const unchanged: FileOutcome = {
    path: file.path,
    input: file.text,
    output: file.text,
    workloads: documents.flatMap(({ plans }) => plans).filter(({ object }) => object.pods.length > 0).length,
    standings: standings.map((one) => ({ ...one, after: one.before })),
    changes: [],
    findings,
    patches: [],
    edits: [],
  };
  const rewrites = results.flatMap((result) => result.rewrite ?? []);
  if (findings.some((finding) => finding.severity === 'error') || rewrites.length === 0) return unchanged;
  const written = rewriteText(file.text, rewrites);
  if ('mistake' in written) return { ...unchanged, findings: [...findings, internalError(file.path, written.mistake)] };
  return {
    ...unchanged,
    ...written,
    standings,
    changes: results.flatMap((result) => result.changes),
    patches: results.flatMap(({ index, rewrite: done }) => (done ? [patchOf(index, done)] : [])),
  };
}

function patchOf(document: number, { expectation, operations }: Rewrite): DocumentPatch {
  return { document, value: expectation.value, before: expectation.newDocuments, operations };
}

function internalError(path: string, mistake: string): Finding {
  return { ...describe('internal-error', `the new text is not what it should be, because ${mistake}`), path, line: 1, column: 1 };
}

function hardenDocument(file: ReadFile, { document, plans }: PlannedDocument, creations: Creations): DocumentResult {
  const { index, parsed, slice, offsetOf } = document;
  const findings = [
    ...plans.flatMap(({ object, reports }) => reports.map((report) => findingOf(report, file, document, object))),
    ...(plans.some(({ object }) => object.pods.length > 0) ? repeatedKeys(file, document) : []),
  ];
  const applied = plans.flatMap(({ object, outcomes }) =>
    outcomes.filter(({ status }) => status === 'applied').map((outcome) => ({ object, outcome })),
  );
  if (applied.length === 0) return { index, rewrite: undefined, changes: [], findings };
  const { ops, newDocuments } = creations.place(applied);
  const inOrder = [...applied.map(({ outcome }) => outcome), ...ops]
    .map(({ at, ops: some }) => ({ offset: offsetOf(at), ops: some }))
    .sort((left, right) => left.offset - right.offset)
    .flatMap((one) => one.ops);
  try {
    const done = rewrite(file.text, { parsed, slice }, inOrder, newDocuments, editOf(document, plans, inOrder));
    const changes = done ? applied.map((one) => changeOf(one, file, document)) : [];
    return { index, rewrite: done, changes, findings };
  } catch (error) {
    const refused = findingOf(refusal(error, index), file, document);
    return { index, rewrite: undefined, changes: [], findings: [...findings, refused] };
  }
}

/** The edit of the only object of a document, where the order of the text does not change what it adds to lists. */
function editOf({ parsed }: ReadDocument, plans: readonly Plan[], inOrder: readonly Op[]): Edit | undefined {
  const [plan] = plans;
  if (!plan?.edit || plan.object.value !== parsed.value) return undefined;
  const several = [...addedItems(appliedOps(plan.outcomes))].filter(([, ops]) => ops.length > 1);
  const inText = several.length === 0 ? undefined : addedItems(inOrder);
  const isSame = ([list, ops]: readonly [string, readonly Op[]]): boolean =>
    ops.every((op, index) => op === inText?.get(list)?.[index]);
  return several.every(isSame) ? plan.edit : undefined;
}

/** The operations that may add to a list, by the pointer to the list. */
function addedItems(ops: readonly Op[]): ReadonlyMap<string, readonly Op[]> {
  const lists = new Map<string, Op[]>();
  for (const op of ops) {
    const slash = op.path.lastIndexOf('/');
    if (op.op !== 'add' || !/^[-0-9]/.test(op.path.slice(slash + 1))) continue;
    const list = op.path.slice(0, slash);
    const others = lists.get(list);
    if (others) others.push(op);
    else lists.set(list, [op]);
  }
  return lists;
}

interface Applied {
  readonly object: KubernetesObject;
  readonly outcome: Outcome;
}

/** The objects that a file creates: each once, wherever it is asked for first. */
class Creations {
  readonly #created = new Set<string>();

  /** Those of one document: as items of the list that holds the object that needs them, or as documents before it. */
  place(applied: readonly Applied[]): { ops: { at: string; ops: Op[] }[]; newDocuments: JsonObject[] } {
    const ops: { at: string; ops: Op[] }[] = [];
    const newDocuments: JsonObject[] = [];
    for (const { object, outcome } of applied) {
      const created = outcome.newObjects.filter((one) => this.#isNew(one));
      const { placement } = object;
      if (placement.kind !== 'item') newDocuments.push(...created);
      else {
        const path = placement.pointer as `/${string}`;
        ops.push({ at: outcome.at, ops: created.map((value) => ({ op: 'add', path, value })) });
      }
    }
    return { ops, newDocuments };
  }

  #isNew(object: JsonObject): boolean {
    const { apiVersion = null, kind = null } = object;
    const key = JSON.stringify([
      apiVersion,
      kind,
      stringAt(object, 'metadata', 'namespace'),
      stringAt(object, 'metadata', 'name'),
    ]);
    if (this.#created.has(key)) return false;
    this.#created.add(key);
    return true;
  }
}

function findingOf(report: Report, file: ReadFile, document: ReadDocument, object?: KubernetesObject): RawFinding {
  const { id, severity, message, at, container, controls, accepted, oncePerRun } = report;
  return {
    id,
    severity,
    message,
    path: file.path,
    ...file.lines.position(document.offsetOf(at)),
    pointer: at,
    ...(object ? { object: nameOf(object) } : {}),
    ...(container === undefined ? {} : { container }),
    ...(controls === undefined ? {} : { controls }),
    ...(accepted === undefined ? {} : { accepted }),
    ...(oncePerRun === undefined ? {} : { oncePerRun }),
  };
}

function changeOf({ object, outcome }: Applied, file: ReadFile, { index, offsetOf }: ReadDocument): AppliedChange {
  const { transform, message, safety, guess, because, container, at, ops, newObjects } = outcome;
  return {
    transform,
    message,
    safety,
    ...(guess === undefined || safety === 'safe' ? {} : { guess }),
    ...(because === undefined ? {} : { because }),
    object: nameOf(object),
    ...(container === undefined ? {} : { container }),
    line: file.lines.position(offsetOf(at)).line,
    document: index,
    pointers: ops.map(({ path }) => path),
    ...(newObjects.length === 0 ? {} : { creates: newObjects.map(createdName) }),
  };
}

function createdName(object: JsonObject): ObjectName {
  const namespace = stringAt(object, 'metadata', 'namespace');
  return nameOf({ kind: stringAt(object, 'kind') ?? '', namespace, name: stringAt(object, 'metadata', 'name') ?? '' });
}

function nameOf({ kind, namespace, name }: Pick<KubernetesObject, 'kind' | 'namespace' | 'name'>): ObjectName {
  return { kind, ...(namespace === undefined ? {} : { namespace }), name };
}

/** Why a document could not be rewritten: a value of the author has another type than the API server accepts, or a bug. */
function refusal(error: unknown, index: number): Report {
  if (error instanceof ShapeError) return observation('skipped-malformed', error.message, { at: error.pointer });
  if (!(error instanceof ConflictError || error instanceof SpliceError)) throw error;
  return observation('internal-error', `document ${index + 1}: ${error.message}`, { at: '' });
}

function repeatedKeys(file: ReadFile, { parsed, slice }: ReadDocument): Finding[] {
  return duplicateKeys(parsed).map(({ key, offset }) => ({
    ...describe('duplicate-key', `${key} is there twice in this map`),
    path: file.path,
    ...file.lines.position(slice.start + offset),
  }));
}
