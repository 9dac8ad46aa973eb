/** What the invariants look at: the result for a manifest, and the pods in a text. */
import type { FileResult } from '../../src/index.ts';
import { isObject, itemsAt, member, path, stringAt, type JsonObject } from '../../src/util/json.ts';
import { isParsed, splitStream, type ParsedYaml } from '../../src/yaml/index.ts';
import { podSpecKeys } from '../objects.ts';
import { printManifest, type Manifest } from './manifests.ts';
import type { Subject } from './subject.ts';

/** A manifest for a report: as text and as a string. */
export const show = (input: Manifest): string => {
  const { text } = printManifest(input);
  return `${text}\n--- as a string\n${JSON.stringify(text)}`;
};

const results = new WeakMap<Subject, FileResult>();

/** The last result is remembered: several properties look at it. */
export function hardened(text: string, subject: Subject): FileResult {
  const last = results.get(subject);
  if (last?.input === text) return last;
  const [file] = subject.harden([{ path: 'manifest.yaml', content: text }]).files;
  if (!file) throw new Error('no result');
  results.set(subject, file);
  return file;
}

/** Documents of a text, undefined for those that cannot be read. */
export function documentsOf(text: string, { parseYaml }: Subject): (ParsedYaml | undefined)[] {
  return splitStream(text).map(({ start, end }) => {
    const parsed = parseYaml(text.slice(start, end));
    return isParsed(parsed) ? parsed : undefined;
  });
}

/** The pod specs of a text by the name of their workload. */
export function podsOf(text: string, subject: Subject): ReadonlyMap<string, JsonObject> {
  const values = documentsOf(text, subject).flatMap((document) => (document ? [document.value] : []));
  const objects = values.flatMap((value) => (member(value, 'kind') === 'List' ? itemsAt(value, 'items') : [value]));
  const pods = objects.map((object) => {
    const keys = podSpecKeys(stringAt(object, 'kind') ?? '');
    return [stringAt(object, 'metadata', 'name') ?? '', keys && path(object, ...keys)] as const;
  });
  return new Map(pods.flatMap(([name, spec]) => (isObject(spec) ? [[name, spec] as const] : [])));
}

/** Ends a property with a reason and the output. */
export function fail(reason: string, output: string): never {
  throw new Error(`${reason}\n--- output\n${output}`);
}
