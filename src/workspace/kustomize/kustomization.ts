/** What a kustomization says: what it includes, and what it does to the objects. */
import { isObject, itemsAt, member, stringAt, type Json, type JsonObject } from '../../util/json.ts';
import { joinPath } from '../../util/paths.ts';
import { addAnnotations, replaceImages } from './fields.ts';
import { documentsOf, readPatches, type Document, type PatchText } from './patch-text.ts';
import { readReplacement, type Objects } from './replacements.ts';
import { targetOf } from './selector.ts';
import type { Step } from './step.ts';

export interface Kustomization {
  /** Its folder is a boundary. */
  readonly folder: string;
  /** True for a component: it changes what the kustomizations that include it gather. */
  readonly isComponent: boolean;
  /** Set by `namespace:`, which overrides that of every resource. */
  readonly namespace: string | undefined;
  readonly prefix: string;
  readonly suffix: string;
  /** Files and folders that it takes objects from. */
  readonly resources: readonly string[];
  /** Folders of components, which are applied after them. */
  readonly components: readonly string[];
  /** All that it includes. */
  readonly includes: readonly string[];
  /** Files that are patches of other manifests. */
  readonly patches: readonly string[];
  /** What it does to objects, in the order of kustomize ("kusttarget_configplugin.go"). */
  steps(find: Objects): readonly Step[];
}

/** The text of a file in the workspace. */
export type TextOf = (path: string) => string | undefined;

interface Source {
  readonly file: string;
  readonly folder: string;
  readonly text: string;
  readonly document: Document;
  readonly textOf: TextOf;
}

/** Reads a kustomization; undefined when its text is no YAML. */
export function readKustomization(file: string, folder: string, text: string, textOf: TextOf): Kustomization | undefined {
  const [document] = documentsOf(text);
  if (!document) return undefined;
  const source = { file, folder, text, document, textOf };
  const { value } = document;
  const paths = (key: string): string[] =>
    itemsAt(value, key).flatMap((item) => (typeof item === 'string' ? joinPath(folder, item) : []));
  const resources = [...paths('resources'), ...paths('bases')];
  const components = paths('components');
  const patches = ['patchesStrategicMerge', 'patches', 'patchesJson6902'].map((key) => patchesOf(source, key));
  return {
    folder,
    isComponent: stringAt(value, 'kind') === 'Component',
    namespace: stringAt(value, 'namespace') || undefined,
    prefix: stringAt(value, 'namePrefix') ?? '',
    suffix: stringAt(value, 'nameSuffix') ?? '',
    resources,
    components,
    includes: [...resources, ...components, ...paths('crds')],
    patches: patches.flat().flatMap((patch) => (patch.file === file ? [] : [patch.file])),
    steps(find) {
      const [merges = [], mixed = [], operations = []] = patches.map((some) => some.flatMap(readPatches));
      return [
        ...merges,
        ...mixed,
        ...annotationSteps(source),
        ...operations,
        ...imageSteps(source),
        ...replacementSteps(source, find),
      ];
    },
  };
}

/** The patches of one key; of a file that is not there, an empty text. */
function patchesOf(source: Source, key: string): PatchText[] {
  return itemsAt(source.document.value, key).flatMap((item, index): PatchText[] => {
    const at = `/${key}/${index}`;
    const target = targetOf(item);
    if (typeof item === 'string')
      return [item.includes('\n') ? inline(source, at, item, target) : fromFile(source, item, target)];
    const [name, text] = [stringAt(item, 'path'), stringAt(item, 'patch')];
    if (name !== undefined) return [fromFile(source, name, target)];
    return text === undefined ? [] : [inline(source, `${at}/patch`, text, target)];
  });
}

function fromFile({ folder, textOf }: Source, name: string, target: JsonObject | undefined): PatchText {
  const file = joinPath(folder, name);
  return { file, firstLine: 1, text: textOf(file) ?? '', target };
}

/** A block scalar begins on the line after its key. */
function inline({ file, text: whole, document }: Source, at: string, text: string, target: JsonObject | undefined): PatchText {
  const line = document.lineOf(at);
  const isBlock = /[|>][-+\d]*\s*(?:#.*)?$/.test(whole.split('\n')[line - 1] ?? '');
  return { file, firstLine: isBlock ? line + 1 : line, text, target };
}

function annotationSteps({ file, document }: Source): Step[] {
  const annotations = member(document.value, 'commonAnnotations');
  if (!isObject(annotations)) return [];
  const place = { file, line: document.lineOf('/commonAnnotations'), what: 'commonAnnotations' };
  return [{ ...place, fits: () => true, apply: (value) => addAnnotations(value, annotations) }];
}

function imageSteps({ file, document }: Source): Step[] {
  return itemsAt(document.value, 'images').map((entry, index) => ({
    file,
    line: document.lineOf(`/images/${index}`),
    what: 'the image',
    fits: () => true,
    apply: (value) => replaceImages(value, entry),
  }));
}

function replacementSteps({ file, folder, document, textOf }: Source, find: Objects): Step[] {
  return itemsAt(document.value, 'replacements').flatMap((item, index) => {
    const name = stringAt(item, 'path');
    const read = (entry: Json, place: { file: string; line: number }): Step[] =>
      readReplacement(entry, find).map((one) => ({ ...place, what: 'the replacement', ...one }));
    if (name === undefined) return read(item, { file, line: document.lineOf(`/replacements/${index}`) });
    const other = joinPath(folder, name);
    return documentsOf(textOf(other) ?? '').flatMap(({ value, lineOf }) => {
      const entries = Array.isArray(value) ? (value as readonly Json[]) : [value];
      return entries.flatMap((entry, at) => read(entry, { file: other, line: lineOf(`/${at}`) }));
    });
  });
}
