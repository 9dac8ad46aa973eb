/** What must hold for any input, however broken. */
import { applyPatch } from 'diff';
import { parseAllDocuments } from 'yaml';
import { harden, type FileResult, type HardenOptions } from '../../src/index.ts';
import { transforms } from '../../transforms/index.ts';
import { deepEqual, stringAt, type Json } from '../../src/util/json.ts';
import { KINDS, podSpecKeys } from '../objects.ts';
import { applyJsonPatch } from '../../src/patch/index.ts';
import { fileDiff } from '../../src/report/diff.ts';
import { findingLine } from '../../src/report/terminal/findings.ts';
import { paint } from '../../src/report/text.ts';
import { isParsed, parseYaml, splitStream } from '../../src/yaml/index.ts';
import { readsOtherwise } from '../yaml/quick-reader.ts';

/** The kinds without pod templates that transforms change. */
const TARGETS = new Set(transforms.flatMap(({ meta }) => meta.kinds ?? []).map(({ kind }) => kind));

/** The kinds of objects that transforms create. */
const CREATED: ReadonlySet<string> = new Set(['ServiceAccount', 'NetworkPolicy']);

/** What is wrong with the way in which kharden treats an input, as one line; undefined when all is well. */
export function complaintAbout(path: string, bytes: Uint8Array, options: HardenOptions): string | undefined {
  try {
    const [file] = harden([{ path, content: bytes }], options).files;
    if (!file) return 'no result';
    return (
      readOtherwise(file) ??
      brokenFinding(file) ??
      (file.output === file.input ? wrongSilence(file, bytes) : wrongChange(file, bytes, options))
    );
  } catch (error) {
    return `throws ${error instanceof Error ? error.stack?.split('\n').slice(0, 3).join(' ') : String(error)}`;
  }
}

function readOtherwise({ input }: FileResult): string | undefined {
  const found = splitStream(input).flatMap(({ start, end }) => readsOtherwise(input.slice(start, end)) ?? []);
  return found[0] && `the quick reader and the package: ${found[0]}`;
}

function brokenFinding({ findings }: FileResult): string | undefined {
  const internal = findings.find(({ id }) => id === 'internal-error');
  if (internal) return `internal error: ${internal.message}`;
  const line = findings
    .map((finding) => findingLine(finding, paint(false)))
    .find((text) => /[\u0000-\u001F\u007F-\u009F]/.test(text));
  return line === undefined ? undefined : `a finding of more than one line: ${JSON.stringify(line)}`;
}

/** A file that stays as it is names the reason when something in it should have been hardened. */
function wrongSilence(file: FileResult, bytes: Uint8Array): string | undefined {
  if (file.edits.length > 0 || file.changes.length > 0 || file.patches.length > 0)
    return 'changes are named, and nothing changed';
  if (file.findings.length > 0 || file.workloads > 0) return undefined;
  if (!isUtf8(bytes)) return 'not UTF-8, and nothing is said';
  const silent = splitStream(file.input).find(({ start, end }) => isBrokenWorkload(file.input.slice(start, end)));
  return silent && `nothing is said about the broken workload at ${silent.start}`;
}

/** True for a document that cannot be read and says in plain words that it is a workload of Kubernetes itself. */
function isBrokenWorkload(text: string): boolean {
  const kinds = [...text.matchAll(/^kind: ?(.*)$/gm)].map(([, kind = '']) => kind);
  if (!kinds.some((kind) => KINDS.workloads.some((one) => one.isBuiltIn && one.kind === kind))) return false;
  return (
    parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false }).some(({ errors }) => errors.length > 0) &&
    !isParsed(parseYaml(text))
  );
}

function wrongChange(file: FileResult, bytes: Uint8Array, options: HardenOptions): string | undefined {
  if (!Buffer.from(file.input).equals(bytes)) return 'the input was not decoded as it is';
  if (file.findings.some(({ severity }) => severity === 'error')) return 'changed in spite of an error';
  if (file.changes.length === 0 || file.patches.length === 0) return 'changed, and no change is named';
  const [again] = harden([{ path: file.path, content: file.output }], options).files;
  if (again?.output !== file.output) return 'the second run changes it again';
  if (applyPatch(file.input, fileDiff({ ...file, path: 'x' }), { autoConvertLineEndings: false }) !== file.output)
    return 'the diff does not lead to the output';
  return wrongDocument(file);
}

/** Each document reads as its operations say, and one without operations is the same to the byte. */
function wrongDocument({ input, output, patches }: FileResult): string | undefined {
  const after = splitStream(output).map(({ start, end }) => output.slice(start, end));
  let next = 0;
  for (const [index, { start, end }] of splitStream(input).entries()) {
    const text = input.slice(start, end);
    const operations = patches.find(({ document }) => document === index)?.operations;
    const before = valueOf(text);
    if (operations && !isChangeable(before)) return `document ${index} is changed and of no kind that may be`;
    const wanted = operations && applyJsonPatch(before ?? null, operations);
    while (
      next < after.length &&
      !(wanted === undefined ? after[next] === text : deepEqual(valueOf(after[next] ?? ''), wanted))
    ) {
      if (!CREATED.has(stringAt(valueOf(after[next++] ?? ''), 'kind') ?? '')) return `document ${index} is not what it should be`;
    }
    if (next++ >= after.length) return `document ${index} is lost`;
  }
  return next === after.length ? undefined : 'there are documents that nobody asked for';
}

function valueOf(text: string): Json | undefined {
  const parsed = parseYaml(text);
  return isParsed(parsed) ? parsed.value : undefined;
}

function isChangeable(value: Json | undefined): boolean {
  const kind = stringAt(value, 'kind') ?? '';
  return podSpecKeys(kind) !== undefined || TARGETS.has(kind) || KINDS.isList(kind);
}

function isUtf8(bytes: Uint8Array): boolean {
  return Buffer.from(Buffer.from(bytes).toString('utf8')).equals(bytes);
}
