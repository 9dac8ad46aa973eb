/** Finds what is known about an image: the user's own entries come before those of kharden. */
import type { ImageReference } from '../kubernetes/image-reference.ts';
import { compileImageGlob, hasWildcard, type Matcher } from '../util/glob.ts';
import { canonicalName, namesOf } from './aliases.ts';
import { knowledge as knowledgeData } from './knowledge-data.ts';
import { completeEntry, type ImageEntry, type ImageKnowledge } from './knowledge.ts';

/** What is known about the image of a reference; undefined when nothing is. */
export type ImageLookup = (reference: ImageReference) => ImageKnowledge | undefined;

/** What the Dockerfiles of the inputs say about images. */
export interface BuiltImages {
  /** An image that is built under this name. */
  named(reference: ImageReference): ImageKnowledge | undefined;
  /** An image of which only the last part of the name is known to be built. */
  alike(reference: ImageReference): ImageKnowledge | undefined;
}

/** One glob of an entry, with its place in the order in which they are tried. Globs are compiled when they are asked about. */
interface Candidate {
  readonly entry: () => ImageEntry;
  readonly glob: string;
  readonly rank: number;
}

/** Candidates by repository, those with a wildcard by the folder before it: a lookup sees those of its own folders only. */
type Index = ReadonlyMap<string, readonly Candidate[]>;

/** An entry that is read when it is asked for. */
interface Source {
  readonly match: readonly string[];
  readonly entry: () => ImageEntry;
}

/** The index of the entries of kharden itself: made once, when the first image is looked up. */
let builtIn: Index | undefined;

let ownSources: readonly Source[] | undefined;
let ownEntries: readonly ImageEntry[] | undefined;

/** Each entry of kharden is a line: its globs, a tab, and the rest as JSON (scripts/image-files.ts). */
function sources(): readonly Source[] {
  return (ownSources ??= knowledgeData()
    .split('\n')
    .map((line) => {
      const tab = line.indexOf('\t');
      const match = line.slice(0, tab).split(' ');
      let entry: ImageEntry | undefined;
      return { match, entry: () => (entry ??= { match, ...(JSON.parse(line.slice(tab + 1)) as Omit<ImageEntry, 'match'>) }) };
    }));
}

/** The entries of kharden itself. Those of one family stand together, in the order in which they are tried. */
export function knownEntries(): readonly ImageEntry[] {
  return (ownEntries ??= sources().map(({ entry }) => entry()));
}

/**
 * A lookup that tries `extraEntries` in their order, then the entries of kharden: those that name the repository in full before
 * those with a wildcard, and the entries of one family in their order.
 *
 * A reference with a digest and no tag does not tell its variant. Where variants of an image differ in their users, it gets
 * the general entry with low confidence.
 *
 * @param mirrors the user's mirrors of Docker Hub, such as `registry.local/dockerhub`
 * @param built what is asked between the two: what the inputs say about images that they build
 * @throws RangeError for a glob of `extraEntries` that cannot be used, when it is first asked about
 */
export function createImageLookup(
  extraEntries: readonly ImageEntry[],
  mirrors: readonly string[] = [],
  built: ImageLookup = () => undefined,
): ImageLookup {
  const given = extraEntries.map((entry) => withCanonicalNames(entry, mirrors));
  const own = createIndex(given.map((entry) => ({ match: entry.match, entry: () => entry })));
  const found = new Map<string, ImageKnowledge | undefined>();
  return (reference) => {
    const { registry, repository, tag = '', digest = '' } = reference;
    const key = `${registry}/${repository}:${tag}@${digest}`;
    const before = found.get(key);
    if (before !== undefined || found.has(key)) return before;
    const names = namesOf(`${registry}/${repository}`, mirrors);
    builtIn ??= createIndex(sources(), true);
    const knowledge = find(own, names, reference) ?? built(reference) ?? find(builtIn, names.slice(0, 1), reference);
    found.set(key, knowledge);
    return knowledge;
  };
}

function withCanonicalNames(entry: ImageEntry, mirrors: readonly string[]): ImageEntry {
  return { ...entry, match: entry.match.map((glob) => canonicalName(glob, mirrors)) };
}

/** @param areFullNamesFirst whether globs without a wildcard come before all others, whatever their order */
function createIndex(entries: readonly Source[], areFullNamesFirst = false): Index {
  const index = new Map<string, Candidate[]>();
  let rank = 0;
  for (const { match, entry } of entries) {
    for (const glob of match) {
      const isOpen = hasWildcard(glob);
      const candidate = { entry, glob, rank: areFullNamesFirst && isOpen ? rank++ + AFTER_FULL_NAMES : rank++ };
      const key = isOpen ? literalFolder(glob) : glob;
      const others = index.get(key);
      if (others) others.push(candidate);
      else index.set(key, [candidate]);
    }
  }
  return index;
}

/** More than there are globs. */
const AFTER_FULL_NAMES = 1e6;

/** The first entry that fits one of the names of a repository. */
function find(index: Index, names: readonly string[], { tag, digest }: ImageReference): ImageKnowledge | undefined {
  const candidates = [...new Set(names.flatMap(foldersOf))]
    .flatMap((key) => index.get(key) ?? [])
    .filter(({ glob }) => names.some(matcherOf(glob)))
    .sort((left, right) => left.rank - right.rank);
  const isVariantHidden = tag === undefined && digest !== undefined;
  const fits = ({ tags }: ImageEntry): boolean =>
    !tags || (!isVariantHidden && tags.some((glob) => compileImageGlob(glob)(tag ?? 'latest')));
  const found = candidates.find(({ entry }) => fits(entry()));
  if (!found) return undefined;
  const entry = found.entry();
  const variants = isVariantHidden ? candidates.filter(({ rank }) => rank < found.rank) : [];
  const isAmbiguous = variants.some((one) => !hasSameUser(one.entry(), entry));
  return completeEntry(isAmbiguous ? { ...entry, confidence: 'low' } : entry);
}

const matchers = new Map<string, Matcher>();

function matcherOf(glob: string): Matcher {
  const matcher = matchers.get(glob) ?? compileImageGlob(glob);
  matchers.set(glob, matcher);
  return matcher;
}

function hasSameUser(left: ImageEntry, right: ImageEntry): boolean {
  return left.nonRoot === right.nonRoot && left.user?.uid === right.user?.uid && left.user?.gid === right.user?.gid;
}

/** The folder before the first wildcard: every text that the glob matches lies below it. Empty when there is none. */
function literalFolder(glob: string): string {
  const literal = /^[^*?{\\]*/.exec(glob)?.[0] ?? '';
  return literal.slice(0, Math.max(literal.lastIndexOf('/'), 0));
}

/** A repository, each folder above it, and the empty key of globs that begin with a wildcard. */
function foldersOf(repository: string): string[] {
  const segments = repository.split('/');
  return segments.map((_, index) => segments.slice(0, index + 1).join('/')).concat('');
}
