/** The patches in a text: a file, or a block of a kustomization. */
import { isArray, isObject, member, type Json, type JsonObject } from '../../util/json.ts';
import { isParsed, Lines, locate, parseYaml, splitStream } from '../../yaml/index.ts';
import { applyOperation } from './json6902.ts';
import { fitsObject, fitsTarget } from './selector.ts';
import type { Step } from './step.ts';
import { strategicMerge } from './strategic-merge.ts';

/** A document with the lines of its values. */
export interface Document {
  readonly value: Json;
  /** The line of what a JSON Pointer names, from 1. */
  lineOf(pointer: string): number;
}

/** The documents of a text that can be read. */
export function documentsOf(text: string): Document[] {
  const lines = new Lines(text);
  return splitStream(text).flatMap(({ start, end }) => {
    const parsed = parseYaml(text.slice(start, end));
    if (!isParsed(parsed)) return [];
    return [{ value: parsed.value, lineOf: (pointer: string) => lines.position(start + locate(parsed, pointer)).line }];
  });
}

/** Where patches are written. */
export interface PatchText {
  readonly file: string;
  /** The line of the file on which the text begins, from 1; for a text on one line, all of it stands there. */
  readonly firstLine: number;
  readonly text: string;
  /** The objects that the kustomization names; undefined where the patch itself names its object. */
  readonly target: JsonObject | undefined;
}

/** Each strategic merge patch, and each operation of JSON patches, in order. */
export function readPatches({ file, firstLine, text, target }: PatchText): Step[] {
  return documentsOf(text).flatMap(({ value, lineOf }): Step[] => {
    const place = (pointer: string) => ({ file, line: firstLine - 1 + lineOf(pointer), what: 'the patch' });
    if (isArray(value)) {
      if (!target) return [];
      const fits = fitsTarget(target);
      return value.map((operation, index) => ({
        ...place(`/${index}`),
        fits,
        apply: (object) => applyOperation(object, operation),
      }));
    }
    if (!isObject(value)) return [];
    const fits = target ? fitsTarget(target) : fitsObject(value);
    const apply = (object: JsonObject): JsonObject | undefined => strategicMerge(object, withoutName(value), isBuiltIn(object));
    return [{ ...place(''), fits, apply }];
  });
}

/** A patch does not change by what its object is found. */
function withoutName(patch: JsonObject): JsonObject {
  const { apiVersion: _apiVersion, kind: _kind, metadata, ...rest } = patch;
  if (!isObject(metadata)) return rest;
  const { name: _name, namespace: _namespace, ...others } = metadata;
  return { ...rest, metadata: others };
}

/** kustomize knows the types of Kubernetes itself alone: their API groups have no dot, or end so. */
function isBuiltIn(object: JsonObject): boolean {
  const [group = '', version] = String(member(object, 'apiVersion') ?? '').split('/');
  return version === undefined || !group.includes('.') || group.endsWith('.k8s.io');
}
