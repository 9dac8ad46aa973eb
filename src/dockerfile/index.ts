/** What the Dockerfiles of a repository say about the images that they build; read when an image is asked about. */
import { canonicalName, completeEntry, type BuiltImages, type ImageKnowledge, type ImageLookup } from '../images/index.ts';
import { formatRepository, type ImageReference } from '../kubernetes/image-reference.ts';
import { deepEqual, type Json } from '../util/json.ts';
import { isDockerfile } from '../workspace/build-files.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import { buildImage, type Bases } from './build/build.ts';
import type { Place, Stage } from './build/stage.ts';
import { derive, type Derived } from './derive/derive.ts';
import type { Build } from './names/build.ts';
import { OF_FOLDER, readBuildNames } from './names/names.ts';

/** Images of Dockerfiles that are built on each other. */
const MOST_LEVELS = 10;
const MOST_BUILDS = 20;
const MOST_PLACES = 4;

/**
 * Reads the Dockerfiles of a run.
 *
 * @param files all files of the run, those that name images and the scripts among them
 * @param lookup what is known about images by the configuration and by kharden
 * @param mirrors the user's mirrors of Docker Hub
 */
export function readDockerfiles(
  files: readonly SourceFile[],
  lookup: ImageLookup,
  mirrors: readonly string[],
): BuiltImages | undefined {
  if (!files.some(({ path }) => isDockerfile(path))) return undefined;
  const byPath = new Map(files.map((file) => [file.path, file]));
  const textOf = (path: string): string | undefined => byPath.get(path)?.text;
  const canonical = (name: string): string => canonicalName(name, mirrors);
  const names = readBuildNames(files, canonical);
  const stages = new Map<string, Stage | undefined>();
  const stageOf = (build: Build, level: number): Stage | undefined => {
    const key = JSON.stringify([build.dockerfile, build.context, build.target, [...build.args]]);
    if (!stages.has(key)) {
      // A Dockerfile that is built on itself finds nothing here.
      stages.set(key, undefined);
      stages.set(key, buildImage({ ...build, file: build.dockerfile, text: textOf(build.dockerfile) ?? '' }, basesAt(level + 1)));
    }
    return stages.get(key);
  };
  const basesAt = (level: number): Bases => ({
    canonical: (reference) => canonical(formatRepository(reference)),
    lookup,
    built(reference) {
      const builds = level > MOST_LEVELS || isOfDockerHub(reference, lookup) ? [] : names.named(reference);
      return builds.length === 1 && builds[0] ? stageOf(builds[0], level) : undefined;
    },
  });
  const known = (reference: ImageReference, builds: readonly Build[]): ImageKnowledge | undefined => {
    const all = builds.slice(0, MOST_BUILDS).flatMap((build) => {
      const stage = stageOf(build, 0);
      return stage ? [{ build, ...derive(stage, textOf) }] : [];
    });
    return all.length === 0 ? undefined : together(formatRepository(reference), all);
  };
  return {
    named: (reference) => (isOfDockerHub(reference, lookup) ? undefined : known(reference, names.named(reference))),
    alike(reference) {
      const guessed = lookup(reference) ? undefined : known(reference, names.alike(reference));
      return guessed && withoutDoubt(guessed);
    },
  };
}

/** What a guess leaves open is as if nothing were known: it must not weaken what is done about an unknown image. */
function withoutDoubt({ nonRoot, readOnlyRootFilesystem, built, ...rest }: ImageKnowledge): ImageKnowledge {
  return {
    ...rest,
    ...(nonRoot !== undefined && nonRoot !== 'unknown' && { nonRoot }),
    ...(readOnlyRootFilesystem !== undefined && readOnlyRootFilesystem !== 'unknown' && { readOnlyRootFilesystem }),
    ...(built && { built: { because: built.because } }),
  };
}

/** A cluster pulls `redis` from Docker Hub, whatever a repository calls what it builds. */
function isOfDockerHub(reference: ImageReference, lookup: ImageLookup): boolean {
  return reference.registry === 'docker.io' && reference.repository.startsWith('library/') && lookup(reference) !== undefined;
}

interface Found extends Derived {
  readonly build: Build;
}

/** One build is what it is; where several could have made the image, only what they agree on is known. */
function together(id: string, all: readonly Found[]): ImageKnowledge {
  const [first] = all as [Found];
  const source = [...new Set(all.map(({ build }) => build.dockerfile))];
  const entries = all.map(({ entry }) => entry);
  const entry = agreed(entries);
  const isOpen = entry.nonRoot === 'unknown' && entries.some(({ nonRoot }) => nonRoot !== 'unknown');
  const open = isOpen ? `may be built from ${source.join(' or from ')}, whose users differ` : all.find((one) => one.open)?.open;
  return {
    ...completeEntry({ ...entry, match: [], id, source }),
    built: { because: because(first), ...(open !== undefined && { open }) },
  };
}

type Entry = Derived['entry'];
const LISTS = ['needs', 'privilegedPorts', 'fileCaps', 'fileCapsOn', 'writable', 'doNotMount'] as const;

/** What all entries say; lists are put together, because more mounts and ports harm none of them. */
function agreed(entries: readonly Entry[]): Entry {
  const [first = {}] = entries;
  if (entries.every((entry) => isSame(entry, first))) return first;
  const same = Object.entries(first).filter(([key, value]) => entries.every((entry) => isSame(entry[key as keyof Entry], value)));
  const lists = LISTS.map((key) => [key, distinct(entries.flatMap((entry): readonly unknown[] => entry[key] ?? []))] as const);
  const entry: Entry = { ...Object.fromEntries([...same, ...lists.filter(([, list]) => list.length > 0)]), confidence: 'medium' };
  const isUserOpen = entry.user === undefined || entry.nonRoot === undefined;
  return {
    ...entry,
    ...(isUserOpen && { nonRoot: 'unknown' }),
    readOnlyRootFilesystem: entry.readOnlyRootFilesystem ?? 'unknown',
  };
}

function distinct(items: readonly unknown[]): unknown[] {
  return items.filter((item, index) => items.findIndex((other) => isSame(other, item)) === index);
}

function isSame(left: unknown, right: unknown): boolean {
  return deepEqual(left as Json | undefined, right as Json | undefined);
}

/** `Dockerfile services/cart/Dockerfile:12 says USER 1001, line 14 VOLUME /data, named in skaffold.yaml`. */
function because({ build, places }: Found): string {
  const unique = places.filter((one, index) => places.findIndex((other) => sayOf(other) === sayOf(one)) === index);
  const [first, ...rest] = unique.slice(0, MOST_PLACES);
  const named = build.by === OF_FOLDER ? 'named like its folder' : `named in ${build.by}`;
  if (!first) return `Dockerfile ${build.dockerfile} builds it, ${named}`;
  const more = rest.map((place) =>
    place.file === first.file ? `line ${place.line} ${place.words}` : `${place.file}:${place.line} ${place.words}`,
  );
  return [`Dockerfile ${first.file}:${first.line} says ${first.words}`, ...more, named].join(', ');
}

function sayOf({ file, line, words }: Place): string {
  return `${file}:${line} ${words}`;
}
