/** What a second implementation of YAML, the one that kubectl uses, says about what kharden did. */
import { isDeepStrictEqual } from 'node:util';
import jsonPatch from 'json-patch';
import type { FileResult } from '../../src/index.ts';
import { itemsAt, path, stringAt, type Json } from '../../src/util/json.ts';
import { KINDS, podSpecKeys } from '../objects.ts';
import { isParsed, parseYaml, splitStream } from '../../src/yaml/index.ts';
import { goValues, type GoDocument } from './go-values.ts';

type Operations = FileResult['patches'][number]['operations'];

/** Documents of a text, each as Go reads it by itself, and all of them together. */
interface Reading {
  readonly whole: readonly GoDocument[];
  readonly single: readonly (readonly GoDocument[])[];
}

/** What Go has to say about a file. */
export interface Verdict {
  readonly objection: string | undefined;
  /** Documents that were changed although Go refuses them: nobody can apply them, before or after. */
  readonly refused: number;
}

/** What Go says about each file. */
export function verdicts(files: readonly FileResult[]): Verdict[] {
  const texts = files.flatMap(({ input, output }) => (input === output ? [input] : [input, output]));
  const slices = texts.map((text) => splitStream(text).map(({ start, end }) => text.slice(start, end)));
  const read = goValues([...texts, ...slices.flat()].map(withoutDirectives));
  let next = texts.length;
  const readings = texts.map(
    (_, index): Reading => ({
      whole: read[index] ?? [],
      single: (slices[index] ?? []).map(() => read[next++] ?? []),
    }),
  );
  let text = 0;
  return files.map((file) => {
    const before = readings[text++] as Reading;
    const after = file.input === file.output ? before : (readings[text++] as Reading);
    const isRefused = ({ document }: { document: number }): boolean => before.single[document]?.[0]?.error !== undefined;
    return { objection: objection(file, before, after), refused: file.patches.filter(isRefused).length };
  });
}

/** kubectl cuts a stream at its markers first, so that it never sees a directive together with its document. */
function withoutDirectives(text: string): string {
  return text.replace(/^(?:%.*\r?\n)+(?=---)/gm, '');
}

function objection(file: FileResult, before: Reading, after: Reading): string | undefined {
  const unseen = before.whole.flatMap(({ json }) => (json === undefined ? [] : workloadsIn(json))).length;
  if (unseen > file.workloads && file.findings.length === 0) return `${unseen} workloads, of which ${file.workloads} are seen`;
  if (file.input === file.output) return undefined;
  return wrongReading(file, before) ?? wrongOutput(file, before, after);
}

/** A document that is changed must read in the same way. */
function wrongReading({ input, patches }: FileResult, before: Reading): string | undefined {
  for (const { document } of patches) {
    const { start, end } = splitStream(input)[document] as { start: number; end: number };
    const [read, ...others] = before.single[document] ?? [];
    if (!read || others.length > 0) return `document ${document} is ${others.length + 1} documents`;
    if (read.error !== undefined) continue;
    const parsed = parseYaml(input.slice(start, end));
    const value = isParsed(parsed) ? asJson(parsed.value) : undefined;
    if (!isDeepStrictEqual(value, asJson(read.json)))
      return `document ${document} reads otherwise: ${difference(value, read.json)}`;
  }
  return undefined;
}

/** The output must read as Go's value of the input with the operations carried out. */
function wrongOutput({ patches }: FileResult, before: Reading, after: Reading): string | undefined {
  const output = after.single.flat();
  let next = 0;
  for (const [index, documents] of before.single.entries()) {
    const operations = patches.find(({ document }) => document === index)?.operations;
    for (const document of documents) {
      const expected = operations && document.json !== undefined ? { json: patched(document.json, operations) } : document;
      while (operations && mayBeNew(output[next]) && !isSame(output[next], expected)) next++;
      if (!isSame(output[next], expected)) {
        const { json, error } = output[next] ?? {};
        return `document ${index} of the output: ${error ?? difference(expected.json, json)}`;
      }
      next++;
    }
  }
  if (next < output.length) return `${output.length - next} documents too many`;
  const isCutAlike = areSame(before.whole, before.single.flat());
  return isCutAlike && !areSame(after.whole, output) ? 'the output is cut otherwise into documents' : undefined;
}

function areSame(left: readonly GoDocument[], right: readonly GoDocument[]): boolean {
  return left.length === right.length && left.every((document, index) => isSame(document, right[index] ?? {}));
}

function patched(value: Json, operations: Operations): Json {
  const copies = structuredClone(operations) as Parameters<typeof jsonPatch.applyPatch>[1] & unknown[];
  return jsonPatch.applyPatch(structuredClone(value), copies, true).newDocument as Json;
}

/** True for an object of a kind that kharden creates. */
function mayBeNew(document: GoDocument | undefined): boolean {
  return ['ServiceAccount', 'NetworkPolicy'].includes(stringAt(document?.json, 'kind') ?? '');
}

/** Errors are compared by their being there: lines are counted in them. */
function isSame(left: GoDocument | undefined, right: GoDocument): boolean {
  if (left?.error !== undefined || right.error !== undefined) return left?.error !== undefined && right.error !== undefined;
  return isDeepStrictEqual(asJson(left?.json), asJson(right.json));
}

/** A value as JSON carries it, without a sign before zero. */
function asJson(value: Json | undefined): Json | undefined {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as Json);
}

/** The first place at which two values differ. */
function difference(left: Json | undefined, right: Json | undefined, at = ''): string {
  const [one, other] = [left, right].map((value) => (typeof value === 'object' && value !== null ? value : undefined));
  if (!one || !other)
    return `${at || 'the value'} is ${JSON.stringify(left)?.slice(0, 80)} and for Go ${JSON.stringify(right)?.slice(0, 80)}`;
  const [inLeft, inRight] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  const key = [...inLeft.keys(), ...inRight.keys()].find((name) => !isDeepStrictEqual(inLeft.get(name), inRight.get(name)));
  return key === undefined ? `${at} is of another kind` : difference(inLeft.get(key), inRight.get(key), `${at}/${key}`);
}

/** The objects that the API server would take for workloads. */
function workloadsIn(value: Json): Json[] {
  const kind = stringAt(value, 'kind') ?? '';
  if (KINDS.isList(kind)) return itemsAt(value, 'items').flatMap(workloadsIn);
  const keys = KINDS.workloadOf(stringAt(value, 'apiVersion') ?? '', kind) && podSpecKeys(kind);
  const containers = keys && itemsAt(path(value, ...keys), 'containers');
  return containers?.length && containers.every((one) => stringAt(one, 'image') !== undefined) ? [value] : [];
}
