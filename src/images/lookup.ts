/** Finds what is known about an image: the user's own entries come before those of kharden. */
import type { ImageReference } from '../kubernetes/image-reference.ts';
import { compileImageGlob, hasWildcard, type Matcher } from '../util/glob.ts';
import { canonicalName, namesOf } from './aliases.ts';
import { KNOWLEDGE } from './knowledge-data.ts';
import { completeEntry, type ImageEntry, type ImageKnowledge } from './knowledge.ts';

/** What is known about the image of a reference; undefined when nothing is. */
export type ImageLookup = (reference: ImageReference) => ImageKnowledge | undefined;

/** One glob of an entry. Globs are compiled when they are first asked about. */
interface Candidate {
  readonly entry: ImageEntry;
  readonly glob: string;
  readonly matches: Matcher;
}

/** Candidates with their places in the order in which they are tried. */
type Ranked = Candidate & { readonly rank: number };

/** Candidates by repository, those with a wildcard by the folder before it: a lookup sees those of its own folders only. */
type Index = ReadonlyMap<string, readonly Ranked[]>;

/** The index of the entries of kharden itself: made once, when the first image is looked up. */
let builtIn: Index | undefined;

let ownEntries: readonly ImageEntry[] | undefined;

/** The entries of kharden itself, read once. Those of one family stand together, in the order in which they are tried. */
export function knownEntries(): readonly ImageEntry[] {
  return (ownEntries ??= JSON.parse(KNOWLEDGE) as readonly ImageEntry[]);
}

/**
 * A lookup that tries `extraEntries` in their order, then the entries of kharden: those that name the repository in full before
 * those with a wildcard, and the entries of one family in their order.
 *
 * A reference with a digest and no tag does not tell its variant. Where variants of an image differ in their users, it gets
 * the general entry with low confidence.
 *
 * @param mirrors the user's mirrors of Docker Hub, such as `registry.local/dockerhub`
 * @throws RangeError for a glob of `extraEntries` that cannot be used, when it is first asked about
 */
export function createImageLookup(extraEntries: readonly ImageEntry[], mirrors: readonly string[] = []): ImageLookup {
  const own = createIndex(candidatesOf(extraEntries.map((entry) => withCanonicalNames(entry, mirrors))));
  const found = new Map<string, ImageKnowledge | undefined>();
  return (reference) => {
    const key = JSON.stringify([reference.registry, reference.repository, reference.tag, reference.digest]);
    if (found.has(key)) return found.get(key);
    const names = namesOf(`${reference.registry}/${reference.repository}`, mirrors);
    builtIn ??= createIndex(fullNamesFirst(candidatesOf(knownEntries())));
    const knowledge = find(own, names, reference) ?? find(builtIn, names.slice(0, 1), reference);
    found.set(key, knowledge);
    return knowledge;
  };
}

function withCanonicalNames(entry: ImageEntry, mirrors: readonly string[]): ImageEntry {
  return { ...entry, match: entry.match.map((glob) => canonicalName(glob, mirrors)) };
}

function candidatesOf(entries: readonly ImageEntry[]): Candidate[] {
  return entries.flatMap((entry) =>
    entry.match.map((glob): Candidate => {
      let compiled: Matcher | undefined;
      return { entry, glob, matches: (text) => (compiled ??= compileImageGlob(glob))(text) };
    }),
  );
}

function fullNamesFirst(candidates: readonly Candidate[]): Candidate[] {
  return [...candidates].sort((left, right) => Number(hasWildcard(left.glob)) - Number(hasWildcard(right.glob)));
}

function createIndex(candidates: readonly Candidate[]): Index {
  const index = new Map<string, Ranked[]>();
  for (const [rank, candidate] of candidates.entries()) {
    const key = hasWildcard(candidate.glob) ? literalFolder(candidate.glob) : candidate.glob;
    const others = index.get(key) ?? [];
    others.push({ ...candidate, rank });
    index.set(key, others);
  }
  return index;
}

/** The first entry that fits one of the names of a repository. */
function find(index: Index, names: readonly string[], { tag, digest }: ImageReference): ImageKnowledge | undefined {
  const candidates = [...new Set(names.flatMap(foldersOf))]
    .flatMap((key) => index.get(key) ?? [])
    .filter(({ matches }) => names.some(matches))
    .sort((left, right) => left.rank - right.rank);
  const isVariantHidden = tag === undefined && digest !== undefined;
  const fits = ({ tags }: ImageEntry): boolean =>
    !tags || (!isVariantHidden && tags.some((glob) => compileImageGlob(glob)(tag ?? 'latest')));
  const found = candidates.find(({ entry }) => fits(entry));
  if (!found) return undefined;
  const variants = isVariantHidden ? candidates.filter(({ rank }) => rank < found.rank) : [];
  const isAmbiguous = variants.some(({ entry }) => !hasSameUser(entry, found.entry));
  return completeEntry(isAmbiguous ? { ...found.entry, confidence: 'low' } : found.entry);
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
