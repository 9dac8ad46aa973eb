/** Finds what is known about an image: the first entry whose repository and tag fit, the user's own before those of kharden. */
import type { ImageReference } from '../kubernetes/image-reference.ts';
import { canonicalName } from './aliases.ts';
import { globMatches, isGlob, literalFolder } from './glob.ts';
import { completeEntry, type ImageEntry, type ImageKnowledge } from './knowledge.ts';
import data from './knowledge.json' with { type: 'json' };

export interface LookupOptions {
  /** The user's mirrors of Docker Hub, such as `registry.local/dockerhub`. */
  readonly prefixes?: readonly string[];
}

export type ImageLookup = (reference: ImageReference) => ImageKnowledge | undefined;

/** One glob of an entry; `order` is the entry's place, the lowest that fits wins. */
interface Candidate {
  readonly order: number;
  readonly entry: ImageEntry;
  readonly glob: string;
}

/** Candidates by repository, those with a wildcard by the folder before it: a lookup sees those of its own folders only. */
type Index = ReadonlyMap<string, readonly Candidate[]>;

let builtIn: Index | undefined;

/** The entries of kharden itself, in the order in which they are tried. */
export function knownEntries(): readonly ImageEntry[] {
  return (data as { readonly entries: readonly unknown[] }).entries as readonly ImageEntry[];
}

/**
 * What kharden knows about an image, undefined when that is nothing.
 *
 * A reference with a digest and no tag does not tell its variant. Where variants of an image differ in their users, it gets
 * the general entry with low confidence.
 */
export function lookupImage(reference: ImageReference, options: LookupOptions = {}): ImageKnowledge | undefined {
  return createImageLookup([], options.prefixes)(reference);
}

/** A lookup that tries the entries of a config file first; see `lookupImage`. */
export function createImageLookup(extraEntries: readonly ImageEntry[], prefixes: readonly string[] = []): ImageLookup {
  const own = createIndex(extraEntries.map((entry) => ({ ...entry, match: entry.match.map((glob) => canonicalName(glob)) })));
  const found = new Map<string, ImageKnowledge | undefined>();
  return (reference) => {
    const key = JSON.stringify([reference.registry, reference.repository, reference.tag, reference.digest]);
    if (found.has(key)) return found.get(key);
    const repository = canonicalName(`${reference.registry}/${reference.repository}`, prefixes);
    builtIn ??= createIndex(knownEntries());
    const knowledge = find(own, repository, reference) ?? find(builtIn, repository, reference);
    found.set(key, knowledge);
    return knowledge;
  };
}

function createIndex(entries: readonly ImageEntry[]): Index {
  const index = new Map<string, Candidate[]>();
  for (const [order, entry] of entries.entries()) {
    for (const glob of entry.match) {
      const key = isGlob(glob) ? literalFolder(glob) : glob;
      const others = index.get(key);
      if (others) others.push({ order, entry, glob });
      else index.set(key, [{ order, entry, glob }]);
    }
  }
  return index;
}

function find(index: Index, repository: string, { tag, digest }: ImageReference): ImageKnowledge | undefined {
  const candidates = foldersOf(repository)
    .flatMap((key) => index.get(key) ?? [])
    .filter(({ glob }) => globMatches(glob, repository))
    .sort((left, right) => left.order - right.order);
  const isVariantHidden = tag === undefined && digest !== undefined;
  const fits = ({ tags }: ImageEntry): boolean =>
    !tags || (!isVariantHidden && tags.some((glob) => globMatches(glob, tag ?? 'latest')));
  const found = candidates.find(({ entry }) => fits(entry));
  if (!found) return undefined;
  const variants = isVariantHidden ? candidates.filter(({ order }) => order < found.order) : [];
  const isAmbiguous = variants.some(({ entry }) => !hasSameUser(entry, found.entry));
  return completeEntry(isAmbiguous ? { ...found.entry, confidence: 'low' } : found.entry);
}

function hasSameUser(left: ImageEntry, right: ImageEntry): boolean {
  return left.nonRoot === right.nonRoot && left.user?.uid === right.user?.uid && left.user?.gid === right.user?.gid;
}

/** A repository, each folder above it, and the empty key of globs that begin with a wildcard. */
function foldersOf(repository: string): string[] {
  const segments = repository.split('/');
  return segments.map((_, index) => segments.slice(0, index + 1).join('/')).concat('');
}
