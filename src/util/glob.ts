/**
 * Globs in the two meanings that a configuration gives them. In both, `*` and `**` stand for any characters, `?` for one that is
 * no slash, `{a,b}` for one of several texts, and a backslash takes away the meaning of the next character; every other
 * character stands for itself. picomatch turns them into regular expressions.
 *
 * Such an expression tries all lengths of a wildcard in turn, so each further wildcard multiplies the time. The limits below
 * keep the time within a second, unless a glob and a name are made for each other on purpose.
 */
import picomatch from 'picomatch';

/** Tells whether a text matches. */
export type Matcher = (text: string) => boolean;

const MAX_GLOB_LENGTH = 1024;
const MAX_CHOICES = 3;
const MAX_GLOBSTARS = 3;
const MAX_FURTHER_STARS = 2;
const MAX_IMAGE_STARS = 3;

/** The longest path on macOS (PATH_MAX), and the longest name in a path (NAME_MAX); names in Kubernetes are shorter. */
const MAX_TEXT_LENGTH = 1024;
const MAX_SEGMENT = /[^/]{256}/;

const OPTIONS: picomatch.PicomatchOptions = {
  dot: true,
  fastpaths: false,
  nobracket: true,
  noextglob: true,
  nonegate: true,
  strictSlashes: true,
};

/** True for a glob that can match more than one text. */
export function hasWildcard(glob: string): boolean {
  return /[*?{\\]/.test(glob);
}

/**
 * Compiles a glob for paths with slashes, relative to the same folder as the glob, and for names. A `*` stays between two slashes,
 * `**` between two slashes goes across them. Names that begin with a dot are matched like others. A glob whose last segment
 * has no `*` and no `?`, such as `legacy` or `apps/old/`, also matches what lies below it. `*` alone matches the empty text as well.
 *
 * @throws RangeError with the text of `pathGlobProblem`
 */
export function compilePathGlob(glob: string): Matcher {
  refuse(pathGlobProblem(glob));
  const plain = glob.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  const isFolder = !/[*?]/.test(plain.slice(plain.lastIndexOf('/') + 1));
  if (!hasWildcard(plain)) return (text) => text === plain || text.startsWith(`${plain}/`);
  const globs = isFolder ? [plain, `${plain}/**`] : [plain];
  const patterns = globs.map((one) => picomatch.makeRe(escaped(one), OPTIONS));
  const isAnything = /^\*+$/.test(plain);
  return (text) => {
    if (text === '') return isAnything || patterns.some((pattern) => pattern.test(text));
    return text.length <= MAX_TEXT_LENGTH && !MAX_SEGMENT.test(text) && patterns.some((pattern) => pattern.test(text));
  };
}

/**
 * Compiles a glob for repositories or tags of images, in which `*` also matches slashes.
 *
 * @throws RangeError with the text of `imageGlobProblem`
 */
export function compileImageGlob(glob: string): Matcher {
  refuse(imageGlobProblem(glob));
  if (!hasWildcard(glob)) return (text) => text === glob;
  const pattern = picomatch.makeRe(escaped(glob.replace(/\*+/g, '*')), { ...OPTIONS, bash: true });
  return (text) => pattern.test(text);
}

/** Why a glob of paths or names cannot be used, and what to do; undefined for one that can. */
export function pathGlobProblem(glob: string): string | undefined {
  const segments = unescaped(glob).split('/');
  const furtherStars = segments.reduce((sum, segment) => sum + Math.max(0, starsIn(segment) - 1), 0);
  return (
    formProblem(glob) ??
    tooMany(segments.filter((segment) => segment === '**').length, MAX_GLOBSTARS, '**') ??
    tooMany(furtherStars, MAX_FURTHER_STARS, '* after another * between the same slashes')
  );
}

/** Why a glob of images or tags cannot be used, and what to do; undefined for one that can. */
export function imageGlobProblem(glob: string): string | undefined {
  return formProblem(glob) ?? tooMany(starsIn(unescaped(glob)), MAX_IMAGE_STARS, '*');
}

function tooMany(count: number, limit: number, what: string): string | undefined {
  if (count <= limit) return undefined;
  return `too slow to match: ${what} may stand ${limit} times in a glob, not ${count}; write several globs instead`;
}

function formProblem(glob: string): string | undefined {
  const marks = unescaped(glob);
  if (marks.endsWith('\\')) return 'a backslash needs a character after it: write \\\\ for the backslash itself';
  if (hasOpenBrace(marks)) return 'a { has no }: add it, or write \\{ for the character';
  if (glob.length > MAX_GLOB_LENGTH) return `longer than ${MAX_GLOB_LENGTH} characters: write several globs instead`;
  return tooMany(marks.split('{').length - 1, MAX_CHOICES, '{');
}

function hasOpenBrace(marks: string): boolean {
  let depth = 0;
  for (const mark of marks) {
    if (mark === '{') depth++;
    else if (mark === '}' && depth > 0) depth--;
  }
  return depth > 0;
}

function refuse(problem: string | undefined): void {
  if (problem !== undefined) throw new RangeError(problem);
}

function starsIn(text: string): number {
  return text.match(/\*+/g)?.length ?? 0;
}

/** A glob without the characters that a backslash makes ordinary. */
function unescaped(glob: string): string {
  return glob.replace(/\\[^]/g, '');
}

/** A glob in which picomatch sees no more than the wildcards named above. */
function escaped(glob: string): string {
  return glob.replace(/\\([^])|[()[\]|+@!"^$]/g, (text, after: string | undefined) => {
    const character = after ?? text;
    return /\w/.test(character) ? character : `\\${character}`;
  });
}
