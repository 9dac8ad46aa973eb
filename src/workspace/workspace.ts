/**
 * What belongs together. A kustomization is built as one, with everything that it includes and everything that includes it;
 * plain files are applied folder by folder. Facts of one build say nothing about another.
 */
import { memoizedByText } from '../util/memo.ts';
import { dirname, isBelow, joinPath } from '../util/paths.ts';
import { buildsOf, type Build } from './kustomize/builds.ts';
import { readKustomization, type Kustomization } from './kustomize/kustomization.ts';
import type { Objects } from './kustomize/replacements.ts';
import { identityOf } from './kustomize/selector.ts';
import type { SourceFile } from './source-file.ts';

/** The kustomizations that a file is part of. */
export interface Membership {
  /** Their folders, each a unit; empty for a plain file. */
  readonly units: readonly string[];
  /** False for a file that no kustomization names: it merely lies below the folder of one. */
  readonly isListed: boolean;
}

export interface Workspace {
  membershipOf(file: string): Membership;
  /** A unit and all that include it. */
  unitsAbove(unit: string): ReadonlySet<string>;
  /** The units of every build that a unit takes part in, itself among them. */
  unitsBuiltWith(unit: string): ReadonlySet<string>;
  /** A unit and all that it includes: what is there whenever the unit is built. */
  unitsWithin(unit: string): ReadonlySet<string>;
  kustomizationOf(unit: string): Kustomization | undefined;
  isPatch(file: string): boolean;
  /** The kustomize builds that hold the objects of a file. */
  buildsOf(file: string): readonly Build[];
  /** The folder of the chart whose template a file is. */
  chartOf(file: string): string | undefined;
  /** True for the values of a chart, which may look like anything. */
  isChartValues(file: string): boolean;
}

const KUSTOMIZATION = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;
const CHART = /(?:^|\/)Chart\.ya?ml$/;
const VALUES = /(?:^|\/)values[^/]*\.(?:ya?ml|json)$/;

/** True for a file that says how a folder is built, whatever kinds its documents have. */
export function describesFolder(path: string): boolean {
  return KUSTOMIZATION.test(path) || CHART.test(path);
}

/** Finds the kustomizations and charts among files; a kustomization is parsed when something in it is asked for. */
export function readWorkspace(files: readonly SourceFile[]): Workspace {
  const charts = new Set(files.filter(({ path }) => CHART.test(path)).map(({ path }) => dirname(path)));
  const byPath = new Map(files.map((file) => [file.path, file]));
  const sources = new Map(files.filter(({ path }) => KUSTOMIZATION.test(path)).map((file) => [dirname(file.path), file]));
  const mentioning = mentionsOf(sources);
  const kustomizationOf = memoizedByText((folder) => {
    const file = sources.get(folder);
    return file && readKustomization(file.path, folder, file.text, (path) => byPath.get(path)?.text);
  });
  const above = memoizedByText((path) => mentioning(path).filter((folder) => kustomizationOf(folder)?.includes.includes(path)));
  const below = (unit: string): readonly string[] => (kustomizationOf(unit)?.includes ?? []).filter((path) => sources.has(path));
  const unitsAbove = memoizedByText((unit: string) => closure([unit], above));
  const unitsWithin = memoizedByText((unit: string) => closure([unit], below));
  const objectsOf = (unit: string): Objects => {
    const paths = [...unitsWithin(unit)].flatMap((one) => kustomizationOf(one)?.includes ?? []);
    return (fits) => {
      const objects = paths.flatMap((path) => byPath.get(path)?.objects() ?? []);
      return objects.find(({ value }) => fits(identityOf(value)))?.value;
    };
  };
  return {
    membershipOf: memoizedByText((file) => {
      const listing = above(file);
      if (listing.length > 0) return { units: listing, isListed: true };
      const unit = nearest(file, (folder) => sources.has(folder));
      return { units: unit === undefined ? [] : [unit], isListed: false };
    }),
    unitsAbove,
    unitsWithin,
    unitsBuiltWith: memoizedByText((unit) => closure(closure([unit], above), below)),
    kustomizationOf,
    isPatch: (file) => mentioning(file).some((folder) => kustomizationOf(folder)?.patches.includes(file)),
    buildsOf: memoizedByText((file) => buildsOf(file, above(file), { kustomizationOf, unitsAbove, objectsOf })),
    chartOf: memoizedByText((file) =>
      nearest(file, (folder) => charts.has(folder) && isBelow(file, joinPath(folder, 'templates'))),
    ),
    isChartValues(file) {
      const folder = dirname(file);
      return (VALUES.test(file) && charts.has(folder)) || (/(?:^|\/)ci$/.test(folder) && charts.has(dirname(folder)));
    },
  };
}

const ALIAS = /[:-]\s+\*\w/;
const HIDING = /\\|(?:["'][^"']* |- \S+ +[^\s#])[^:]*\.ya?ml/;
/** What is longer than a line that people write may hide anything. */
const LONGEST_READ = 300;

/**
 * The folders of the kustomizations whose text may name a path, told from its words. Where a path may be hidden (an escape, an
 * alias, a space in a name), the kustomization counts for every path.
 */
function mentionsOf(sources: ReadonlyMap<string, SourceFile>): (path: string) => readonly string[] {
  const byPath = new Map<string, Set<string>>();
  const hiding: string[] = [];
  for (const [folder, { text }] of sources) {
    if (text.split('\n').some((line) => line.length > LONGEST_READ || HIDING.test(line)) || ALIAS.test(text)) hiding.push(folder);
    for (const [word] of text.matchAll(/[^\s"',[\]{}]+/g)) {
      const path = joinPath(folder, word);
      const folders = byPath.get(path);
      if (folders) folders.add(folder);
      else byPath.set(path, new Set([folder]));
    }
  }
  return (path) => [...new Set([...(byPath.get(path) ?? []), ...hiding])].sort();
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
    for (const other of next(one)) open.push(other);
  }
  return found;
}
