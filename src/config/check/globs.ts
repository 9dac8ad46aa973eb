/** Globs that cannot be used, with the places of their keys. */
import { formatPointer } from '../../patch/index.ts';
import { imageGlobProblem, pathGlobProblem } from '../../util/glob.ts';
import type { Violation } from './validate.ts';

/** The keys of a configuration that hold globs; their values fit the schema. */
interface WithGlobs {
  readonly exclude?: readonly string[];
  readonly images?: readonly { readonly match: readonly string[]; readonly tags?: readonly string[] }[];
  readonly overrides?: readonly { readonly match: Readonly<Record<string, string | readonly string[]>> }[];
  readonly writablePaths?: Readonly<Record<string, unknown>>;
}

type Path = readonly (string | number)[];
type Problem = (glob: string) => string | undefined;

/** One violation for each glob of paths, names, images or tags that cannot be used. */
export function globProblems({ exclude = [], images = [], overrides = [], writablePaths = {} }: WithGlobs): Violation[] {
  return [
    ...inList(exclude, ['exclude'], pathGlobProblem),
    ...overrides.flatMap(({ match }, index) =>
      Object.entries(match).flatMap(([key, globs]) => {
        const at = ['overrides', index, 'match', key];
        return typeof globs === 'string' ? inGlob(globs, at, pathGlobProblem) : inList(globs, at, pathGlobProblem);
      }),
    ),
    ...images.flatMap(({ match, tags = [] }, index) => [
      ...inList(match, ['images', index, 'match'], imageGlobProblem),
      ...inList(tags, ['images', index, 'tags'], imageGlobProblem),
    ]),
    ...Object.keys(writablePaths).flatMap((glob) => inGlob(glob, ['writablePaths', glob], imageGlobProblem)),
  ];
}

function inList(globs: readonly string[], at: Path, problemOf: Problem): Violation[] {
  return globs.flatMap((glob, index) => inGlob(glob, [...at, index], problemOf));
}

function inGlob(glob: string, at: Path, problemOf: Problem): Violation[] {
  const message = problemOf(glob);
  return message === undefined ? [] : [{ at: formatPointer(at), message }];
}
