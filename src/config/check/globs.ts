/** Globs that cannot be used, with the places of their keys. */
import { formatPointer } from '../../patch/index.ts';
import { imageGlobProblem, pathGlobProblem } from '../../util/glob.ts';
import type { Violation } from './validate.ts';

type GlobsByKey = Readonly<Record<string, string | readonly string[]>>;

/** The keys of a configuration that hold globs; their values fit the schema. */
interface WithGlobs {
  readonly exclude?: readonly string[];
  readonly images?: readonly { readonly match: readonly string[]; readonly tags?: readonly string[] }[];
  readonly overrides?: readonly { readonly match: GlobsByKey }[];
  readonly accept?: readonly { readonly match?: GlobsByKey }[];
  readonly writablePaths?: Readonly<Record<string, unknown>>;
}

type Path = readonly (string | number)[];
type Problem = (glob: string) => string | undefined;

/** One violation for each glob of paths, names, images or tags that cannot be used. */
export function globProblems({
  exclude = [],
  images = [],
  overrides = [],
  accept = [],
  writablePaths = {},
}: WithGlobs): Violation[] {
  return [
    ...inList(exclude, ['exclude'], pathGlobProblem),
    ...overrides.flatMap(({ match }, index) => inMatch(match, ['overrides', index, 'match'])),
    ...accept.flatMap(({ match = {} }, index) => inMatch(match, ['accept', index, 'match'])),
    ...images.flatMap(({ match, tags = [] }, index) => [
      ...inList(match, ['images', index, 'match'], imageGlobProblem),
      ...inList(tags, ['images', index, 'tags'], imageGlobProblem),
    ]),
    ...Object.keys(writablePaths).flatMap((glob) => inGlob(glob, ['writablePaths', glob], imageGlobProblem)),
  ];
}

function inMatch(match: GlobsByKey, at: Path): Violation[] {
  return Object.entries(match).flatMap(([key, globs]) =>
    typeof globs === 'string' ? inGlob(globs, [...at, key], pathGlobProblem) : inList(globs, [...at, key], pathGlobProblem),
  );
}

function inList(globs: readonly string[], at: Path, problemOf: Problem): Violation[] {
  return globs.flatMap((glob, index) => inGlob(glob, [...at, index], problemOf));
}

function inGlob(glob: string, at: Path, problemOf: Problem): Violation[] {
  const message = problemOf(glob);
  return message === undefined ? [] : [{ at: formatPointer(at), message }];
}
