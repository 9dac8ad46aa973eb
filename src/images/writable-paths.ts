/** The paths that the user wants to stay writable, by image. */
import { compileImageGlob } from '../util/glob.ts';
import { canonicalName, namesOf } from './aliases.ts';

/** Absolute paths by the globs of the images that write there. */
export type WritablePathsByImage = Readonly<Record<string, readonly string[]>>;

/**
 * The writable paths of an image: those of every glob that matches its repository.
 *
 * @param mirrors the user's mirrors of Docker Hub, such as `registry.local/dockerhub`
 * @returns a function of a repository, however a manifest spells it (`nginx`, `registry.local/dockerhub/library/nginx`)
 * @throws RangeError for a glob that cannot be used
 */
export function writablePathsOf(
  paths: WritablePathsByImage,
  mirrors: readonly string[] = [],
): (repository: string) => readonly string[] {
  const compiled = Object.entries(paths).map(([glob, added]) => ({
    matches: compileImageGlob(canonicalName(glob, mirrors)),
    added,
  }));
  if (compiled.length === 0) return () => [];
  return (repository) => {
    const names = namesOf(repository, mirrors);
    return compiled.filter(({ matches }) => names.some(matches)).flatMap(({ added }) => added);
  };
}
