/** From bytes to documents and objects: decoding, splitting, and parsing only what can matter. */
import type { ImageLookup } from '../images/index.ts';
import { parseImageReference } from '../kubernetes/image-reference.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { objectsIn, readObject } from '../kubernetes/read-object.ts';
import { describe } from '../observations/observation.ts';
import { member } from '../util/json.ts';
import { memo, memoizedByText } from '../util/memo.ts';
import { isBuildFile } from '../workspace/build-files.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import {
  isParsed,
  Lines,
  locate,
  mayHoldContainers,
  mayHoldKind,
  parseYaml,
  position,
  splitStream,
  templateOffset,
  type ParsedYaml,
  type ParseProblem,
  type Position,
  type Slice,
} from '../yaml/index.ts';
import type { Finding, Input } from './result.ts';
import type { Run } from './run.ts';

/** A document that was parsed, with its objects: they may be changed, be facts, or both. */
export interface ReadDocument {
  readonly index: number;
  readonly slice: Slice;
  readonly parsed: ParsedYaml;
  readonly objects: readonly KubernetesObject[];
  /** Where in the file the key or item is that a JSON Pointer from the document names (`locate`). */
  offsetOf(pointer: string): number;
  /** True when one of its objects may be of a kind that is changed. */
  readonly mayBeChanged: boolean;
}

export interface ReadFile {
  /** Relative to the root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: Lines;
  readonly documents: readonly ReadDocument[];
  readonly findings: readonly Finding[];
}

type ReadRun = Pick<Run, 'kinds' | 'lookup'>;

/** A file of a run that is read at the first question. */
export interface OpenFile extends SourceFile {
  /** Its documents; read again after a `release`. */
  read(): ReadFile;
  /** Lets go of the documents. The objects stay: they may be facts for other files. */
  release(): void;
}

/** Opens an input; one that is read for facts alone keeps only its objects. */
export function openFile(input: Input, run: ReadRun): OpenFile {
  const { path } = input;
  const text = textOf(input);
  let file: ReadFile | undefined;
  let objects: readonly KubernetesObject[] | undefined;
  const read = (): ReadFile => {
    file ??= isBuildFile(path) ? unread(path, text) : text === undefined ? unreadable(input) : readText(path, text, run);
    objects ??= file.documents.flatMap((document) => document.objects);
    return file;
  };
  const release = (): void => {
    file = undefined;
  };
  return {
    path,
    text: text ?? '',
    objects() {
      const found = objects ?? read().documents.flatMap((document) => document.objects);
      if (input.role === 'facts') release();
      return found;
    },
    read,
    release,
  };
}

/** A Dockerfile and its like are no manifests. */
function unread(path: string, text = ''): ReadFile {
  return { path, text, lines: new Lines(text), documents: [], findings: [] };
}

function unreadable({ path, content }: Input): ReadFile {
  return { path, text: '', lines: new Lines(''), documents: [], findings: [invalidUtf8(path, content as Uint8Array)] };
}

/** Reads a text that is to be hardened; what cannot be read is a finding, an error where the API server would refuse it as well. */
function readText(path: string, text: string, run: ReadRun): ReadFile {
  const lines = new Lines(text);
  return { path, text, lines, ...readDocuments(path, text, lines, run) };
}

function readDocuments(path: string, text: string, lines: Lines, run: ReadRun): Pick<ReadFile, 'documents' | 'findings'> {
  const documents: ReadDocument[] = [];
  const findings: Finding[] = [];
  for (const [index, slice] of splitStream(text).entries()) {
    const source = text.slice(slice.start, slice.end);
    const mayBeChanged = mayHoldKind(source, run.kinds.changed);
    if (!mayBeChanged && !mayHoldKind(source, run.kinds.facts) && !mayHoldContainers(source)) continue;
    const at = (offset: number): Position => lines.position(slice.start + offset);
    const parsed = parseYaml(source);
    const problem = whyNotRead(source, parsed);
    if (isParsed(parsed) && !problem) {
      const offsetOf = memoizedByText((pointer) => slice.start + locate(parsed, pointer));
      const objects = readObjects(path, parsed, (pointer) => lines.position(offsetOf(pointer)).line, run);
      documents.push({ index, slice, parsed, mayBeChanged, objects, offsetOf });
    } else if (problem && mayBeChanged) {
      const { id, severity, message, offset } = problem;
      findings.push({ id, severity, message, path, ...at(offset) });
    }
  }
  return { documents, findings };
}

function readObjects(file: string, parsed: ParsedYaml, lineOf: (pointer: string) => number, run: ReadRun): KubernetesObject[] {
  const { kinds } = run;
  const context = {
    kinds,
    file,
    lineOf,
    isFlowDocument: parsed.isFlowDocument,
    isWindowsImage: (image: string) => isWindowsImage(image, run),
  };
  return [...objectsIn(parsed.value, kinds)].map((found) => readObject(found, context));
}

/** True for the text of an image that only runs on Windows. */
export function isWindowsImage(image: string, { lookup }: Pick<Run, 'lookup'>): boolean {
  return windowsImages(lookup)(image);
}

const windowsImages = memo((lookup: ImageLookup) =>
  memoizedByText((image) => {
    const reference = parseImageReference(image);
    return reference !== undefined && lookup(reference)?.os === 'windows';
  }),
);

type Problem = Pick<Finding, 'id' | 'severity' | 'message'> & { readonly offset: number };

/** Why a document is not read as a manifest; undefined when it is. */
function whyNotRead(source: string, parsed: ParsedYaml | ParseProblem): Problem | undefined {
  const template = templateOffset(source, parsed);
  if (template !== undefined) return { ...describe('skipped-template', 'is a template, not a manifest yet'), offset: template };
  if (!isParsed(parsed)) return { ...describe('invalid-yaml', parsed.message), offset: parsed.offset };
  if (member(parsed.value, 'sops') === undefined) return undefined;
  return { ...describe('skipped-encrypted', 'is encrypted with SOPS'), offset: 0 };
}

function textOf({ content }: Input): string | undefined {
  return typeof content === 'string' ? content : decode(content);
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string | undefined {
  try {
    return UTF_8.decode(bytes);
  } catch {
    return undefined;
  }
}

function invalidUtf8(path: string, bytes: Uint8Array): Finding {
  const valid = validPrefix(bytes);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, valid), { stream: true });
  return { ...describe('invalid-utf-8', 'is not UTF-8'), path, ...position(text, text.length) };
}

/** How many bytes at the start are valid UTF-8. */
function validPrefix(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (decodesUpTo(bytes, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** `stream` tolerates a character that is cut off at the end. */
function decodesUpTo(bytes: Uint8Array, length: number): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
    return true;
  } catch {
    return false;
  }
}
