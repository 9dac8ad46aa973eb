/** The KRM function contract, as kustomize and kpt speak it: a ResourceList in, the same ResourceList with results out. */
import { readFunctionConfig, spell, type ConfigResult } from '../config/index.ts';
import type { FileResult, Finding } from '../index.ts';
import { rewrite, rewriteText, type Document } from '../rewrite/rewrite.ts';
import { isArray, isObject, itemsAt, member, stringAt, type Json, type JsonObject } from '../util/json.ts';
import { parsePointer, type Op } from '../patch/index.ts';
import { isParsed, mayHoldKind, parseYaml, splitStream } from '../yaml/index.ts';

/** What a function was asked to do. */
export interface FunctionInput {
  /** The ResourceList. */
  readonly list: Json;
  /** What `functionConfig` says; undefined when the list has none. */
  readonly config: ConfigResult | undefined;
  /** Why the list cannot be read. */
  readonly problem: string | undefined;
}

/** A text of a single document of the kind ResourceList; undefined for every other text. */
export function readFunctionInput(text: string): FunctionInput | undefined {
  const document = onlyDocument(text);
  if (!document) return undefined;
  const list = document.parsed.value;
  const functionConfig = member(list, 'functionConfig') ?? undefined;
  const items = member(list, 'items') ?? [];
  return {
    list,
    config:
      functionConfig === undefined
        ? undefined
        : isObject(functionConfig)
          ? readFunctionConfig(functionConfig)
          : readFunctionConfig({}),
    problem:
      isArray(items) && items.every(isObject)
        ? undefined
        : 'items of a ResourceList must be a list of objects: correct the program that made this list',
  };
}

function onlyDocument(text: string): Document | undefined {
  if (!mayHoldKind(text, /\bResourceList\b/)) return undefined;
  const documents = splitStream(text).flatMap((slice) => {
    const parsed = parseYaml(text.slice(slice.start, slice.end));
    return isParsed(parsed) ? [{ slice, parsed }] : [];
  });
  const [document] = documents;
  return document && documents.length === 1 && stringAt(document.parsed.value, 'kind') === 'ResourceList' ? document : undefined;
}

/**
 * The output of a function: the hardened text with the findings as `results`, written with the same care as every change.
 *
 * @throws Error when the text would not read as it should: a bug
 */
export function withResults(file: FileResult, { list }: FunctionInput): string {
  const text = file.output;
  const document = onlyDocument(text);
  if (!document || file.findings.length === 0) return text;
  const results = file.findings.map((finding) => resultOf(finding, list));
  const before = member(document.parsed.value, 'results') ?? undefined;
  const op: Op =
    before === undefined
      ? { op: 'add', path: '/results', value: results }
      : { op: 'replace', path: '/results', was: before, value: [...(isArray(before) ? before : []), ...results] };
  const done = rewrite(text, document, [op], []);
  if (!done) return text;
  const written = rewriteText(text, [done]);
  if ('mistake' in written) throw new Error(`results: ${written.mistake}`);
  return written.output;
}

/** One entry of `results`, as the KRM Functions Specification defines it. */
function resultOf(finding: Finding, list: Json): JsonObject {
  const { id, severity, message, pointer = '', container } = finding;
  const [, index, ...field] = parsePointer(pointer);
  const item = index === undefined ? undefined : itemsAt(list, 'items')[Number(index)];
  const path = annotation(item, 'path');
  const place = annotation(item, 'index');
  return {
    message: container === undefined ? message : `container ${container}: ${message}`,
    severity,
    ...(isObject(item) && { resourceRef: referenceTo(item) }),
    ...(field.length > 0 && { field: { path: spell(field) } }),
    ...(path !== undefined && { file: { path, ...(place !== undefined && { index: Number(place) }) } }),
    tags: { id },
  };
}

function referenceTo(item: JsonObject): JsonObject {
  const namespace = stringAt(item, 'metadata', 'namespace');
  return {
    apiVersion: stringAt(item, 'apiVersion') ?? '',
    kind: stringAt(item, 'kind') ?? '',
    name: stringAt(item, 'metadata', 'name') ?? '',
    ...(namespace !== undefined && { namespace }),
  };
}

/** What the host notes about an item; older hosts leave `internal.` out. */
function annotation(item: Json | undefined, key: 'path' | 'index'): string | undefined {
  const names = [`internal.config.kubernetes.io/${key}`, `config.kubernetes.io/${key}`];
  return names.map((name) => stringAt(item, 'metadata', 'annotations', name)).find((value) => value !== undefined);
}
