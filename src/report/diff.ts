/** Unified diffs that `git apply` and `patch -p1` take. */
import { formatPatch, OMIT_HEADERS } from 'diff';
import type { FileResult } from '../index.ts';
import type { Format } from './format.ts';
import { hunksOf } from './hunks.ts';
import { CONTROL, printableLine, type Paint } from './text.ts';

export const diffFormat: Format = {
  id: 'diff',
  description: 'a unified diff of what would change, for git apply and patch',
  *print({ files }, { paint }) {
    for (const file of files) {
      const diff = fileDiff(file);
      yield paint ? paintDiff(diff, paint) : diff;
    }
  },
};

/** The header is ours: that of the package lacks the tab which `patch` needs after a name with spaces. */
const NO_NAMES = { oldFileName: undefined, newFileName: undefined, oldHeader: undefined, newHeader: undefined };

/** The diff of one file with `a/` and `b/` before its path; the empty text when nothing changes. */
export function fileDiff(file: FileResult): string {
  if (file.edits.length === 0) return '';
  const hunks = hunksOf(file.input, file.edits);
  const patch = formatPatch({ ...NO_NAMES, hunks }, OMIT_HEADERS);
  return `--- ${headerPath('a', file.path)}\n+++ ${headerPath('b', file.path)}\n${patch}`;
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

/** A diff for people: coloured line by line as git does, and without raw control characters. */
function paintDiff(diff: string, paint: Paint): string {
  const colourOf = (line: string, index: number): ((text: string) => string) | undefined => {
    if (index < 2) return paint.bold;
    if (line.startsWith('@@')) return paint.cyan;
    if (line.startsWith('+')) return paint.green;
    return line.startsWith('-') ? paint.red : undefined;
  };
  return diff
    .split('\n')
    .map((line, index) => (colourOf(line, index) ?? String)(printableLine(line)))
    .join('\n');
}
