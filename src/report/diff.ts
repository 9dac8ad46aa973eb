/** Unified diffs that `git apply` and `patch -p1` take. */
import { formatPatch, OMIT_HEADERS } from 'diff';
import type { FileResult } from '../index.ts';
import type { FormatContext } from './format.ts';
import { hunksOf, type Hunk } from './hunks.ts';
import type { RunResult } from './result.ts';
import { CONTROL, printableLine, type Paint } from './text.ts';

/** Prints the diff of each file. */
export function* printDiff({ files }: RunResult, { paint }: Pick<FormatContext, 'paint'>): Iterable<string> {
  for (const file of files) {
    const diff = fileDiff(file);
    yield paint ? paintLines(diff, paint, true) : diff;
  }
}

/** The header is ours: that of the package lacks the tab which `patch` needs after a name with spaces. */
const NO_NAMES = { oldFileName: undefined, newFileName: undefined, oldHeader: undefined, newHeader: undefined };

/** The diff of one file with `a/` and `b/` before its path; the empty text when nothing changes. */
export function fileDiff(file: FileResult): string {
  if (file.edits.length === 0) return '';
  return diffHeader(file) + hunksOf(file.input, file.edits).map(hunkText).join('');
}

/** The two lines that name a file. */
export function diffHeader({ path }: FileResult): string {
  return `--- ${headerPath('a', path)}\n+++ ${headerPath('b', path)}\n`;
}

/** One hunk with its `@@` line. */
export function hunkText(hunk: Hunk): string {
  return formatPatch({ ...NO_NAMES, hunks: [hunk] }, OMIT_HEADERS);
}

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' };

/** Git quotes a path that holds control characters, quotes or backslashes like a C string; a tab ends one with spaces. */
function headerPath(side: 'a' | 'b', path: string): string {
  const full = `${side}/${path.replace(/^\/+/, '')}`;
  const quoted = full.replace(/["\\]/g, '\\$&').replace(CONTROL, (character) => NAMED[character] ?? octal(character));
  if (quoted !== full) return `"${quoted}"`;
  return full.includes(' ') ? `${full}\t` : full;
}

function octal(character: string): string {
  return Array.from(new TextEncoder().encode(character), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/** Lines of a diff for people: coloured as git does, and without raw control characters. A header begins with two lines of its own. */
export function paintLines(diff: string, paint: Paint, hasHeader = false): string {
  const colourOf = (line: string, index: number): ((text: string) => string) | undefined => {
    if (hasHeader && index < 2) return paint.bold;
    if (line.startsWith('@@')) return paint.cyan;
    if (line.startsWith('+')) return paint.green;
    return line.startsWith('-') ? paint.red : undefined;
  };
  return diff
    .split('\n')
    .map((line, index) => (line === '' ? line : (colourOf(line, index) ?? String)(printableLine(line))))
    .join('\n');
}
