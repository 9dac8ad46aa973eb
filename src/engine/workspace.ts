/**
 * What belongs together. A kustomization is built as one, with everything that it includes and everything that includes it;
 * plain files are applied folder by folder. Facts of one build say nothing about another.
 */
import { itemsAt, stringAt, type Json } from '../json.ts';
import type { Reach } from '../kubernetes/facts.ts';
import { dirname, isBelow, joinPath } from './paths.ts';
import type { ReadFile } from './read.ts';

/** A kustomization: its folder is a boundary. */
interface Kustomization {
  readonly folder: string;
  /** Set by `namespace:`, which overrides that of every resource. */
  readonly namespace: string | undefined;
  /** Files and folders that it includes. */
  readonly includes: readonly string[];
  /** Files that are patches of other manifests. */
  readonly patches: readonly string[];
}

export interface Workspace {
  /** The unit of a file: the folder of its kustomization, or undefined for a plain file. */
  unitOf(file: string): string | undefined;
  /** The units of every build that a unit takes part in, itself among them. */
  unitsBuiltWith(unit: string): ReadonlySet<string>;
  /** A unit and all that it includes: what is there whenever the unit is built. */
  unitsWithin(unit: string): ReadonlySet<string>;
  /** The namespace that a kustomization gives to its resources. */
  namespaceOf(unit: string | undefined): string | undefined;
  isPatch(file: string): boolean;
  /** The folder of the chart whose template a file is. */
  chartOf(file: string): string | undefined;
}

const KUSTOMIZATION = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;
const CHART = /(?:^|\/)Chart\.ya?ml$/;
const INCLUDES = ['resources', 'bases', 'components', 'crds'];

/** True for a file that says how a folder is built, whatever kinds its documents have. */
export function describesFolder(path: string): boolean {
  return KUSTOMIZATION.test(path) || CHART.test(path);
}

/** Finds the kustomizations and charts among files. */
export function readWorkspace(files: readonly ReadFile[]): Workspace {
  const charts = files.filter(({ path }) => CHART.test(path)).map(({ path }) => dirname(path));
  const kustomizations = new Map<string, Kustomization>();
  for (const file of files.filter(({ path }) => KUSTOMIZATION.test(path))) {
    const value = file.documents[0]?.parsed.value;
    if (value !== undefined) kustomizations.set(dirname(file.path), readKustomization(dirname(file.path), value));
  }
  const listedIn = new Map([...kustomizations.values()].flatMap(({ folder, includes }) => includes.map((path) => [path, folder] as const)));
  const patches = new Set([...kustomizations.values()].flatMap((one) => one.patches));
  const children = (unit: string): string[] => (kustomizations.get(unit)?.includes ?? []).filter((path) => kustomizations.has(path));
  const parents = (unit: string): string[] => [...kustomizations.values()].filter(({ includes }) => includes.includes(unit)).map(({ folder }) => folder);

  return {
    unitOf: (file) => listedIn.get(file) ?? nearest(file, (folder) => kustomizations.has(folder)),
    unitsWithin: (unit) => closure([unit], children),
    unitsBuiltWith: (unit) => closure(closure([unit], parents), children),
    namespaceOf(unit) {
      if (unit === undefined) return undefined;
      const named = [...closure([unit], parents)].map((one) => kustomizations.get(one)?.namespace).filter((name) => name !== undefined);
      return new Set(named).size === 1 ? named[0] : undefined;
    },
    isPatch: (file) => patches.has(file),
    chartOf: (file) => charts.find((folder) => isBelow(file, joinPath(folder, 'templates'))),
  };
}

function readKustomization(folder: string, value: Json): Kustomization {
  const texts = (key: string): string[] => itemsAt(value, key).filter((item) => typeof item === 'string');
  const paths = (key: string): string[] => itemsAt(value, key).flatMap((item) => stringAt(item, 'path') ?? []);
  const isFile = (text: string): boolean => !text.includes('\n');
  return {
    folder,
    namespace: stringAt(value, 'namespace'),
    includes: INCLUDES.flatMap(texts).map((path) => joinPath(folder, path)),
    patches: [...texts('patchesStrategicMerge').filter(isFile), ...paths('patches'), ...paths('patchesJson6902'), ...paths('replacements')].map((path) => joinPath(folder, path)),
  };
}

/** The nearest folder above a file that fits. */
function nearest(file: string, fits: (folder: string) => boolean): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (fits(folder)) return folder;
    if (folder === '' || folder === '/' || folder === dirname(folder)) return undefined;
  }
}

function closure(start: Iterable<string>, next: (one: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...start];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (found.has(one)) continue;
    found.add(one);
    open.push(...next(one));
  }
  return found;
}

/** What counts for one file. */
export function reachOf(file: string, workspace: Workspace): Reach {
  const unit = workspace.unitOf(file);
  const folder = dirname(file);
  const namespace = workspace.namespaceOf(unit);
  if (unit === undefined) {
    const isPlain = (other: string): boolean => workspace.unitOf(other) === undefined;
    return {
      isAlongside: (other) => isPlain(other) && dirname(other) === folder,
      isWithin: isPlain,
      isRival: () => false,
      isNear: (other) => areNear(dirname(other), folder),
      namespace,
    };
  }
  const within = workspace.unitsWithin(unit);
  const built = workspace.unitsBuiltWith(unit);
  const isIn = (units: ReadonlySet<string>, other: string): boolean => units.has(workspace.unitOf(other) ?? '\u0000');
  return {
    isAlongside: (other) => isIn(within, other),
    isWithin: (other) => isIn(built, other),
    isRival: (other) => isIn(built, other) && !isIn(within, other),
    isNear: () => true,
    namespace,
  };
}

/** True when two folders of plain files are likely to be applied together: one within the other, or beside each other. */
function areNear(left: string, right: string): boolean {
  return isBelow(left, right) || isBelow(right, left) || (dirname(left) === dirname(right) && dirname(left) !== '');
}
